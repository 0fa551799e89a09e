"""An organisation of two thousand teams that have practised for three years: written in bulk, counted by the app."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, select

from kata import clock
from kata.activity.actions import record
from kata.alignment.models import Barrier
from kata.coaching.models import CoachingCycle, ObservedLevel
from kata.customers.models import MomentOfTruth
from kata.extensions import db
from kata.leadership.actions import refresh
from kata.measures import pictures
from kata.measures.models import Measure, Reading
from kata.storyboards.models import Challenge, Experiment, Obstacle, Storyboard, TargetCondition
from kata.teams.models import Area, Team
from tests.cast import NOW, TODAY, Cast

TEAMS, DIVISIONS, DEPARTMENTS, GROUPS = 2_000, 5, 5, 8
YEARS = 3
DAYS = 365 * YEARS
#: Days between two experiments of a team, two cycles, two target conditions.
EXPERIMENT, CYCLE, TARGET = 6, 8, 60
ROWS_AT_ONCE = 20_000


def two_thousand_teams(cast: Cast) -> int:
    """The teams with all that figures are made of, and the figures; how many experiments there are."""
    chance = random.Random(11)  # noqa: S311 - a history to measure with
    groups = _areas(cast)
    since = {"created_at": _ago(DAYS)}
    places = [{"name": f"Team {n}", "slug": f"led-{n}", "area_id": groups[n % len(groups)]} for n in range(TEAMS)]
    teams = _add(Team, [place | since for place in places])
    moments = _add(MomentOfTruth, [{"team_id": team, "name": f"Moment {n}"} for team in teams for n in range(2)])
    felt = {"name": "Felt", "kind": "outcome", "better": "up"} | since
    measures = _add(Measure, [{"team_id": team, **felt} for team in teams])
    began = [_ago(chance.randrange(60, DAYS)) for _team in teams]
    people = [cast[name].id for name in ("ana", "ben", "cleo", "eve", "fay", "gus", "root")]
    boards = _add(
        Storyboard,
        [
            {
                "team_id": team,
                "learner_id": people[n % len(people)],
                "focus_process": f"Process {n}",
                "started_at": began[n],
            }
            for n, team in enumerate(teams)
        ],
    )
    stated = {"statement": "The same day."}
    _bulk(Challenge, ({"board_id": board, "moment_id": moments[2 * n]} | stated for n, board in enumerate(boards)))
    count = _practice(chance, boards, began, people)
    _levels(people)
    _outcomes(chance, measures)
    db.session.commit()
    refresh.rebuild()
    return count


def write_something(cast: Cast) -> None:
    """What one person does: a step on a storyboard, with its event."""
    board = db.session.scalars(select(Storyboard).order_by(Storyboard.id.desc()).limit(1)).one()
    newest = db.session.scalars(
        select(Experiment).where(Experiment.board_id == board.id).order_by(Experiment.number.desc()).limit(1)
    ).one()
    newest.learned, newest.ended_at = "Ask early.", clock.now()
    record("concluded", newest, by=cast["ana"].id)
    db.session.commit()


def _areas(cast: Cast) -> list[int]:
    level, name = [cast.areas["house"]], "Part"
    for each in (DIVISIONS, DEPARTMENTS, GROUPS):
        rows = [
            {"name": f"{name} {n}", "slug": f"{name.lower()}-{above}-{n}", "parent_id": above}
            for above in level
            for n in range(each)
        ]
        level, name = _add(Area, rows), f"{name}s"
    return level


def _practice(chance: random.Random, boards: list[int], began: list[datetime], people: list[int]) -> int:
    """Experiments, cycles, target conditions and barriers, from the day on which each storyboard began."""
    old = {"status": "left", "reflection": "Learned.", "pattern": "At once."}
    places = list(enumerate(zip(boards, began, strict=True)))
    ended = [
        {"board_id": board, "number": n + 1, "achieve_by": at.date(), "created_at": at, "ended_at": at, **old}
        | {"status": chance.choice(("achieved", "not achieved"))}
        for _place, (board, start) in places
        for n, at in enumerate(_days(start, TARGET))
    ]
    _bulk(TargetCondition, ended)
    aim = {"number": 999, "achieve_by": TODAY + timedelta(days=30), "pattern": "At once."}
    targets = _add(TargetCondition, [{"board_id": board, **aim} for board in boards])
    pairs = zip(boards, targets, strict=True)
    focus = [{"board_id": board, "target_id": target, "text": "Two systems", "position": 0} for board, target in pairs]
    obstacles = _add(Obstacle, focus)
    rows = [
        {
            "board_id": board,
            "target_id": targets[place],
            "obstacle_id": obstacles[place],
            "number": n + 1,
            "step": "Ask at noon too",
            "expectation": "Half of them by the evening",
            "happened": "A third",
            "happened_on": at.date(),
            "learned": "Ask early.",
            "created_at": at,
            "started_at": at,
            "ended_at": at + timedelta(days=chance.choice((1, 2, 4, 5))),
        }
        for place, (board, start) in places
        for n, at in enumerate(_days(start, EXPERIMENT))
    ]
    _bulk(Experiment, rows)
    cycles = (
        {
            "board_id": board,
            "learner_id": people[place % len(people)],
            "coach_id": people[(place + 1 + n % 3) % len(people)],
            "held_on": at.date(),
            "status": "held",
            "started_at": at,
            "asked_at": at,
            "ended_at": at,
        }
        for place, (board, start) in places
        for n, at in enumerate(_days(start, CYCLE))
    )
    _bulk(CoachingCycle, cycles)
    said = {"kind": "tool", "text": "No tool", "text_folded": "no tool", "cost": "They wait"}
    areas = dict(
        db.session.execute(select(Storyboard.id, Team.area_id).join(Team, Team.id == Storyboard.team_id)).all()
    )  # type: ignore[arg-type]  # pairs
    barriers = (
        {
            "board_id": board,
            "obstacle_id": obstacles[place],
            "area_id": areas[board],
            "raised_by_id": people[place % len(people)],
        }
        | {"raised_at": NOW - timedelta(days=chance.randrange(60)), **said}
        for place, (board, _start) in places
        if place % 4 == 0
    )
    _bulk(Barrier, barriers)
    return len(rows)


def _levels(people: list[int]) -> None:
    """A few people, seen at every skill again and again: what is shown of them does not hang on their number."""
    rows = (
        {
            "person_id": people[n % len(people)],
            "skill_id": n % 11 + 1,
            "level": min(5, 1 + n // 300),
            "evidence": "Said beforehand what would be counted.",
            "observed_on": (at := _ago(DAYS - n // 2)).date(),
            "by_id": people[(n + 1) % len(people)],
            "at": at,
        }
        for n in range(2 * DAYS - 200)
    )
    _bulk(ObservedLevel, rows)


def _outcomes(chance: random.Random, measures: list[int]) -> None:
    """A reading a month, which gets better for some from the second year on."""
    rows = (
        {
            "measure_id": measure,
            "day": TODAY - timedelta(days=30 * (36 - n)),
            "value": chance.gauss(70, 3) + _gain(measure, n),
        }
        for measure in measures
        for n in range(36)
    )
    _bulk(Reading, rows)
    for measure in db.session.scalars(select(Measure).where(Measure.id.in_(measures))):
        pictures.refresh(measure)


def _gain(measure: int, month: int) -> int:
    return 12 if measure % 3 == 0 and month > 14 else 0


def _ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def _days(start: datetime, every: int) -> Iterator[datetime]:
    """From the start on, up to a week ago."""
    at = start
    while at < NOW - timedelta(days=7):
        yield at
        at += timedelta(days=every)


def _add(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    return list(db.session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows))


def _bulk(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, ROWS_AT_ONCE)):
        db.session.execute(insert(model), some)
