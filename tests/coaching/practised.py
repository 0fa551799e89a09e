"""Long practice around the cast, written in bulk: cycles with reflections, levels seen at them, predicted numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from kata.coaching.models import CoachingCycle, CycleNote, ObservedLevel, Skill
from kata.extensions import db
from kata.storyboards.models import Experiment
from tests.cast import NOW, TODAY, Cast


def practise(cast: Cast, count: int) -> list[int]:
    """Let ben coach ana ``count`` times more, one day after the other up to yesterday, and see two skills each time.

    The caller commits. Answers the ids of the cycles, the oldest first.
    """
    days = [TODAY - timedelta(days=count - n) for n in range(count)]
    cycle = {
        "board_id": cast.board.id,
        "learner_id": cast["ana"].id,
        "coach_id": cast["ben"].id,
        "status": "held",
        "place": "closing",
        "started_at": NOW - timedelta(days=1),
        "ended_at": NOW - timedelta(days=1),
    }
    cycles = _add(CoachingCycle, [{**cycle, "held_on": day} for day in days])
    _add(CycleNote, [{"cycle_id": each, "part": "reflection", "words": f"Reflection {each}."} for each in cycles])
    level = [1 + min(n * 5 // max(count, 1) + n // 60 % 2, 4) for n in range(count)]
    observe(cast, list(zip(days, cycles, level, strict=True)))
    return cycles


def observe(cast: Cast, seen: list[tuple[Any, int | None, int]]) -> None:
    """Let ben see two of ana's skills on each day, in turns: triples of day, cycle and level."""
    skills = list(db.session.scalars(select(Skill.id).where(Skill.kata == "improvement").order_by(Skill.position)))
    rows = [
        {
            "person_id": cast["ana"].id,
            "by_id": cast["ben"].id,
            "skill_id": skills[(n * 2 + which) % len(skills)],
            "level": level,
            "evidence": f"Evidence {n}, in a line of some words.",
            "observed_on": day,
            "cycle_id": cycle,
        }
        for n, (day, cycle, level) in enumerate(seen)
        for which in (0, 1)
    ]
    _add(ObservedLevel, rows)


def predict(cast: Cast, pairs: list[tuple[float, float]], measure: str = "process") -> list[int]:
    """Conclude experiments of ana's that expected and found these numbers, a day apart up to yesterday."""
    board = cast.board
    last = db.session.scalar(select(func.max(Experiment.number)).where(Experiment.board_id == board.id)) or 0
    rows = [
        {
            "board_id": board.id,
            "target_id": board.target,
            "obstacle_id": board.in_focus,
            "number": last + 1 + n,
            "step": f"Ask at noon, time {n}",
            "expectation": f"It takes {expected} hours.",
            "measure_id": cast.measures[measure],
            "expected_value": expected,
            "happened_value": happened,
            "happened": f"It took {happened} hours.",
            "happened_on": TODAY - timedelta(days=len(pairs) - n),
            "learned": "Noon is when they eat.",
            "ended_at": NOW,
        }
        for n, (expected, happened) in enumerate(pairs)
    ]
    return _add(Experiment, rows)


def _add(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    return list(db.session.scalars(insert(model).returning(model.id), rows)) if rows else []


def write(app: Flask, what: Any) -> None:
    """Let ``what`` write to the database, and commit."""
    with app.app_context():
        what()
        db.session.commit()


def next_page(page: str, start: str) -> str:
    """The address of the link that begins so; empty where there is none."""
    return start + page.split(f'href="{start}')[1].split('"')[0].split("#")[0] if f'href="{start}' in page else ""
