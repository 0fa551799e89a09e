"""The lists behind the figures hold what the figures count: in each team's own days, whatever its time zone."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from kata.alignment.models import Barrier, BarrierAnswer
from kata.customers.models import MomentOfTruth
from kata.extensions import db
from kata.leadership.figures import WINDOW
from kata.leadership.pages.behind import LISTS
from kata.leadership.queries import behind
from kata.storyboards.models import Challenge, Experiment, Storyboard, TargetCondition
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast
from tests.cast_leadership import Crowd
from tests.conftest import Counting
from tests.leadership import oracle

pytestmark = pytest.mark.database

#: Where a day begins first and last, and where the two meet in the clock of neither.
ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns")
MOMENTS = {
    Experiment: ("ended_at",),
    TargetCondition: ("ended_at",),
    Barrier: ("raised_at", "back_at"),
    BarrierAnswer: ("at",),
    MomentOfTruth: ("created_at", "archived_at"),
    Challenge: ("ended_at",),
    Storyboard: ("started_at", "archived_at"),
    Team: ("created_at", "closed_at"),
}
EVERYTHING = 10_000
DAYS = (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=WINDOW - 1))


@pytest.mark.parametrize("seed", range(3))
def test_each_holds_as_many_as_its_figure_counts(crowd: Crowd, cast: Cast, in_app: Flask, seed: int) -> None:
    _scatter(random.Random(seed))  # noqa: S311 - which moment is moved decides no secret
    for area in cast.areas.values():
        for day in DAYS:
            assert _listed(area, day) == _counted(area, day), (area, day)


def test_of_an_area_without_teams_there_is_nothing(cast: Cast, in_app: Flask) -> None:
    for team in db.session.scalars(select(Team)):
        team.area_id = cast.areas["house"]
    db.session.flush()
    assert [behind.rows(what, cast.areas["finance"], TODAY, None) for what in LISTS] == [[]] * len(LISTS)


def test_what_came_last_is_told_as_of_the_day(crowd: Crowd, cast: Cast, in_app: Flask) -> None:
    concluded = db.session.scalars(select(Experiment).where(Experiment.board_id == crowd.boards[0])).one()
    day = concluded.ended_at.date() - timedelta(days=1)
    then = {row.id: row.tried for row in behind.rows("storyboards", cast.areas["house"], day, None)}
    assert then[crowd.boards[0]] == concluded.started_at


def test_a_list_asks_as_much_in_three_zones_as_in_one(
    crowd: Crowd, cast: Cast, in_app: Flask, statements: Counting
) -> None:
    def asked() -> list[int]:
        found = []
        for what in LISTS:
            with statements() as asked:
                behind.rows(what, cast.areas["house"], TODAY, None)
            found.append(len(asked))
        return found

    one = asked()
    _scatter(random.Random(0))  # noqa: S311 - likewise
    assert asked() == one
    assert max(one) <= 2


def _scatter(chance: random.Random) -> None:
    """Put each team into a zone of its own, and what happened within a day of where one of the days or windows ends."""
    for at, team in enumerate(db.session.scalars(select(Team).order_by(Team.id))):
        team.time_zone = ZONES[at % len(ZONES)]
        team.closed_at = chance.choice((None, None, NOW))
    edges = [NOW, NOW - timedelta(days=WINDOW), NOW - timedelta(days=2), NOW - timedelta(days=2 * WINDOW)]
    for model, columns in MOMENTS.items():
        for row in db.session.scalars(select(model).order_by(model.id)):
            began = chance.randrange(len(edges))
            for column in columns:
                if getattr(row, column) is not None:
                    moment = edges[began] + timedelta(minutes=chance.randrange(-1500, 1500))
                    db.session.execute(update(model).where(model.id == row.id).values({column: moment}))
    # No challenge is older than its storyboard.
    start = select(Storyboard.started_at).where(Storyboard.id == Challenge.board_id).scalar_subquery()
    db.session.execute(update(Challenge).values(created_at=func.coalesce(start, Challenge.created_at)))
    db.session.expire_all()


def _listed(area: int, day: date) -> Counter[str]:
    found = {what: behind.rows(what, area, day, None, EVERYTHING) for what in LISTS}
    works = sum(bool(row.works) for row in found["moments"])
    return +Counter({what: len(rows) for what, rows in found.items()} | {"worked on": works})


def _counted(area: int, day: date) -> Counter[str]:
    now = oracle.count(area, day)
    lately = now.copy()
    lately.subtract(oracle.count(area, day - timedelta(days=WINDOW)))
    return +Counter(
        {
            "teams": now["teams"],
            "storyboards": now["boards"],
            "experiments": lately["experiments"],
            "targets": sum(lately[how] for how in ("in_time", "late", "not_achieved", "left")),
            "coaches": lately["new_coaches"],
            "barriers": now["waiting"],
            "answered": lately["answered"],
            "moments": now["moments"],
            "worked on": now["moments_worked"],
        }
    )
