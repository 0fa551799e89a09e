"""The outcome measures that changed last are the same by either way to them, and are found without reading them all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.extensions import db
from kata.leadership.models import OutcomeChange, TeamFigures
from kata.leadership.queries import outcomes
from kata.measures.models import Measure
from kata.teams.models import Area
from tests.cast import Cast
from tests.cast_leadership import Crowd
from tests.database import ON_POSTGRES

pytestmark = pytest.mark.database


@pytest.fixture
def today(in_app: Flask, cast: Cast, crowd: Crowd) -> date:
    """Outcome measures of two teams with changes of every nature, the newest of some later than what is asked for."""
    day = clock.today("UTC")
    db.session.execute(sa.delete(OutcomeChange))
    began = day - timedelta(days=200)
    db.session.execute(sa.update(TeamFigures).values(practising_since=began))
    made = [
        Measure(team_id=team, name=f"Measure {n}", kind="outcome", unit="h", better="down", created_at=clock.now())
        for team in (cast.teams["access"], cast.teams["invoices"])
        for n in range(12)
    ]
    db.session.add_all(made)
    db.session.flush()
    natures = ("better", "worse", "neither", "better")
    db.session.add_all(
        OutcomeChange(
            measure_id=each.id, day=day - timedelta(days=(n * 7 + back * 40) % 260 - 3), nature=natures[(n + back) % 4]
        )
        for n, each in enumerate(made)
        for back in range(3)
    )
    db.session.commit()
    return day


def test_a_few_teams_and_many_give_the_same(today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for few in (0, 50):
        monkeypatch.setattr(outcomes, "FEW_TEAMS", few)
        outcomes._changed.cache_clear()
        found[few] = {
            (area, back): [tuple(row) for row in outcomes.changed(area, today - timedelta(days=back))]
            for area in db.session.scalars(sa.select(Area.id))
            for back in (0, 30, 150, 400)
        }
    outcomes._changed.cache_clear()
    assert found[0] == found[50]
    assert max(len(rows) for rows in found[0].values()) == outcomes.SHOWN
    days = [row[-2] for row in found[0][1, 0]]
    assert days == sorted(days, reverse=True)


def test_in_a_large_area_changes_are_come_to_from_the_newest_on(today: date) -> None:
    """By the index of their days: what is older than the six that are shown is not read."""
    compiled = outcomes._changed().compile(db.engine)
    values = compiled.construct_params({**outcomes._as_of(1, today), "most": outcomes.SHOWN})
    connection = db.session.connection()
    if ON_POSTGRES:
        connection.exec_driver_sql("set local enable_seqscan = off")  # a table of ten rows is read whole otherwise
        rows = connection.exec_driver_sql(f"explain {compiled}", values)
    else:
        asked = tuple(values[name] for name in compiled.positiontup or ())
        rows = connection.exec_driver_sql(f"explain query plan {compiled}", asked)
    assert "ix_outcome_change_day" in "\n".join(str(row[-1]) for row in rows)
