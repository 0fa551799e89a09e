"""The tables of coaching, a noun a file, each with the rules that it can keep by itself."""

from kata.coaching.models.cadence import CalendarFeed, CoachingRhythm
from kata.coaching.models.cycles import CoachingCycle, CycleNote
from kata.coaching.models.second import CoachingObservation, Instruction
from kata.coaching.models.skills import ObservedLevel, Skill
from kata.coaching.models.visits import CoachingVisit

__all__ = [
    "CalendarFeed",
    "CoachingCycle",
    "CoachingObservation",
    "CoachingRhythm",
    "CoachingVisit",
    "CycleNote",
    "Instruction",
    "ObservedLevel",
    "Skill",
]
