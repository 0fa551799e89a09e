"""What ben and ana said at her board last week, what cleo made of it, and when they mean to meet again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from sqlalchemy import select

from kata import clock
from kata.coaching.models import (
    CalendarFeed,
    CoachingCycle,
    CoachingObservation,
    CoachingRhythm,
    CycleNote,
    Instruction,
    ObservedLevel,
    Skill,
)
from kata.extensions import db
from kata.identity.secrets import hashed
from kata.storyboards.models import Storyboard
from tests.cast_boards import NOW, TODAY, days_ago, keep

#: The secret part of the address of ana's calendar.
FEED_TOKEN = "a-calendar-of-the-cast"

#: What was written at the cycle, by its part; each is a sentence that nobody else may ever read.
SAID = {
    "target": "Knows the pattern by heart, and said the date without looking.",
    "actual": "“I think most of them” – asked for the count.",
    "obstacles": "Stayed with the approvers, though the form tempted her.",
    "feedback": "You wrote the number down before you looked. Keep that.",
    "practice": "Wait five seconds before I ask again.",
    "reflection": "I noticed that I explain instead of counting.",
}
#: For the coach and the second coach alone.
COACH_SAID, LEARNER_SAID = "Isn’t it the form, then?", "Yes, perhaps it is."
TRIGGER, INSTRUCTION = "When you hear “most”", "Ask “how many, out of how many?” and wait."
EVIDENCE = {"ana": "Predicted two of nine, counted four, and said what that changes.", "ben": "Gave the answer twice."}


@dataclass(frozen=True)
class Coached:
    """Ids of what was written when ben coached ana."""

    cycle: int
    observation: int
    instruction: int
    skill: int
    coaching_skill: int
    level: int
    coach_level: int
    rhythm: int
    feed: int


def coach(board_id: int, ids: dict[str, int]) -> Coached:
    """A cycle held eight days ago, watched by the second coach; the rhythm of the next ones, and ana's calendar."""
    skills = {
        name: db.session.scalars(select(Skill).where(Skill.name == name)).one()
        for name in ("Predict and learn", "Follow up")
    }
    with days_ago(8):
        cycle = keep(
            CoachingCycle(
                board_id=board_id,
                board=db.session.get_one(Storyboard, board_id),
                learner_id=ids["ana"],
                coach_id=ids["ben"],
                held_on=TODAY - timedelta(days=8),
                status="held",
                place="closing",
                threshold="actual",
                ended_at=clock.now() + timedelta(minutes=18),
            ),
            "held a coaching cycle",
            ids["ben"],
        )
        for part, words in SAID.items():
            by = "ana" if part == "reflection" else "ben"
            seconds = 180 if part in {"target", "actual", "obstacles"} else None
            keep(CycleNote(cycle_id=cycle.id, part=part, words=words, seconds=seconds), "noted", ids[by])
        watched = CoachingObservation(
            cycle_id=cycle.id,
            question="obstacles",
            coach_id=ids["ben"],
            by_id=ids["cleo"],
            coach_said=COACH_SAID,
            learner_said=LEARNER_SAID,
        )
        keep(watched, "watched", ids["cleo"])
        told = Instruction(
            cycle_id=cycle.id,
            coach_id=ids["ben"],
            by_id=ids["cleo"],
            question="actual",
            trigger=TRIGGER,
            words=INSTRUCTION,
        )
        keep(told, "instructed", ids["cleo"])
        level = _seen("ana", skills["Predict and learn"], 2, "ben", ids, cycle.id)
        coach_level = _seen("ben", skills["Follow up"], 2, "cleo", ids, cycle.id)
        rhythm = CoachingRhythm(board_id=board_id, days=0b0011111, at=time(9, 15), starts_on=TODAY - timedelta(days=8))
        keep(rhythm, "set the rhythm", ids["ben"])
        feed = keep(CalendarFeed(person_id=ids["ana"], token_hash=hashed(FEED_TOKEN)), "made a calendar", ids["ana"])
    assert feed.made_at < NOW
    return Coached(
        cycle=cycle.id,
        observation=watched.id,
        instruction=told.id,
        skill=skills["Predict and learn"].id,
        coaching_skill=skills["Follow up"].id,
        level=level.id,
        coach_level=coach_level.id,
        rhythm=rhythm.id,
        feed=feed.id,
    )


def _seen(who: str, skill: Skill, level: int, by: str, ids: dict[str, int], cycle: int) -> ObservedLevel:
    row = ObservedLevel(
        person_id=ids[who],
        skill_id=skill.id,
        level=level,
        evidence=EVIDENCE[who],
        observed_on=TODAY - timedelta(days=8),
        by_id=ids[by],
        cycle_id=cycle,
    )
    seen: ObservedLevel = keep(row, "observed", ids[by])
    return seen
