"""The coaching at a storyboard: a cycle each week, what was said, what was seen of somebody's skill; and barriers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from random import Random

from kata.alignment.models import Barrier, BarrierAnswer, BarrierNews, BarrierStop
from kata.coaching.card import CLOSING, FEEDBACK, KEYS, REFLECTION
from kata.coaching.models import CoachingCycle, CoachingRhythm, CycleNote, Instruction, ObservedLevel
from kata.synth import words
from kata.synth.places import Crew
from kata.synth.practice import Practised
from kata.synth.rows import Row
from kata.synth.telling import Telling, at, days, working

#: Every so many cycles the coach writes down a level, and the second coach gives the coach an instruction.
A_LEVEL, AN_INSTRUCTION = 4, 12
#: From cycles so long ago only the feedback is kept.
NOTES_KEPT = 60
WEDNESDAY = 0b0000100


def coach(story: Telling, crew: Crew, of: Practised, skills: Sequence[int]) -> None:
    """Tell all cycles at a storyboard."""
    chance = story.chance(f"coaching {crew.number} {of.began}")
    day, count = working(of.began + days(3)), 0
    if of.live:
        says = {"days": WEDNESDAY, "at": time(12), "starts_on": of.began}
        planned = at(of.began, 16)
        story.tell(CoachingRhythm, planned, of.board["coach_id"], "set the rhythm", board_id=of.board["id"], **says)
    while day < of.until:
        cycle = _cycle(story, of.board, day)
        _said(story, chance, cycle, day)
        count += 1
        if count % A_LEVEL == 0:
            _seen(story, chance, cycle, day, skills[count // A_LEVEL % len(skills)], count)
        if count % AN_INSTRUCTION == 0:
            _instruct(story, chance, of.board, cycle, day)
        day = working(day + days(7))


def _cycle(story: Telling, board: Row, day: date) -> Row:
    by = board["coach_id"]
    cycle = story.tell(
        CoachingCycle,
        at(day, 12),
        by,
        "began a coaching cycle",
        board_id=board["id"],
        learner_id=board["learner_id"],
        coach_id=by,
        held_on=day,
        started_at=at(day, 12),
        asked_at=at(day, 12, 18),
    )
    cycle |= {"status": "held", "place": CLOSING, "ended_at": at(day, 12, 20)}
    story.record.note(at(day, 12, 20), by, "held a coaching cycle", CoachingCycle, cycle)
    return cycle


def _said(story: Telling, chance: Random, cycle: Row, day: date) -> None:
    young = (story.today - day).days <= NOTES_KEPT
    for part in (*KEYS, FEEDBACK, REFLECTION) if young else (FEEDBACK,):
        seconds = chance.randint(60, 240) if part in KEYS else None
        note = story.rows.add(CycleNote, cycle_id=cycle["id"], part=part, words=words.note(chance), seconds=seconds)
        by = cycle["learner_id"] if part == REFLECTION else cycle["coach_id"]
        story.record.note(at(day, 12, 19), by, "noted", CycleNote, note)


def _seen(story: Telling, chance: Random, cycle: Row, day: date, skill: int, count: int) -> None:
    story.tell(
        ObservedLevel,
        at(day, 12, 25),
        cycle["coach_id"],
        "observed",
        person_id=cycle["learner_id"],
        skill_id=skill,
        level=min(5, 1 + count // 12 + chance.randrange(2)),
        evidence="Said beforehand what would be counted, and counted it.",
        observed_on=day,
        by_id=cycle["coach_id"],
        cycle_id=cycle["id"],
        at=at(day, 12, 25),
    )


def _instruct(story: Telling, chance: Random, board: Row, cycle: Row, day: date) -> None:
    story.tell(
        Instruction,
        at(day, 12, 30),
        board["second_coach_id"],
        "instructed",
        cycle_id=cycle["id"],
        coach_id=cycle["coach_id"],
        by_id=board["second_coach_id"],
        question=chance.choice(KEYS),
        trigger="When the answer names a cause",
        words="Ask how they know, and wait.",
        given_at=at(day, 12, 30),
        habit_at=at(day + days(40), 12) if day + days(40) < story.today else None,
    )


def put_before_leaders(story: Telling, crew: Crew, of: Practised) -> None:
    """Every second team has raised a barrier this month or the one before; every fourth has an answer."""
    if not of.waiting or crew.number % 2:
        return
    chance, obstacle, by = story.chance(f"barrier {crew.number}"), of.waiting[0], of.board["learner_id"]
    raised = max(story.today - days(chance.randint(2, 60)), obstacle["created_at"].date())
    barrier = story.rows.add(
        Barrier,
        board_id=of.board["id"],
        obstacle_id=obstacle["id"],
        area_id=crew.place.area_id,
        kind=chance.choice(("policy", "tool", "procedure")),
        text=obstacle["text"],
        cost=f"They wait {chance.randint(1, 9)} days longer.",
        raised_by_id=by,
        raised_at=at(raised, 14),
    )
    story.record.note(at(raised, 14), by, "raised", Barrier, barrier)
    place = {"barrier_id": barrier["id"], "area_id": crew.place.area_id, "by_id": by, "at": at(raised, 14)}
    stop = story.rows.add(BarrierStop, **place)
    story.record.note(at(raised, 14), by, "brought", BarrierStop, stop, board=of.board["id"])
    if crew.number % 4 == 0 and raised < story.today - days(1):
        _answer(story, crew, of.board, barrier, raised + days(1))


def _answer(story: Telling, crew: Crew, board: Row, barrier: Row, day: date) -> None:
    by, moment = crew.place.leader, at(day, 14)
    said = {"kind": "cannot", "words": "The law asks for both signatures. Ask for them on one sheet."}
    answer = story.rows.add(BarrierAnswer, barrier_id=barrier["id"], by_id=by, at=moment, **said)
    story.record.note(moment, by, "answered: cannot", BarrierAnswer, answer, board=board["id"])
    barrier |= {"status": "cannot", "answered_at": moment, "version": 2}
    story.record.note(moment, by, "was answered", Barrier, barrier)
    story.rows.add(BarrierNews, person_id=board["learner_id"], barrier_id=barrier["id"])
