"""Rule 8, time is the team's: its zone decides which day it is, for the reader wherever they are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.storyboards import pages
from kata.storyboards.actions import experiments
from kata.storyboards.models import Experiment, TargetCondition
from kata.storyboards.queries import sheets
from kata.teams.models import Team
from tests.cast import Cast
from tests.conftest import Frozen, SignIn
from tests.storyboards.held import a_conclusion, board, experiment, refused

#: One instant: 9 June already in Auckland, 8 June still in Los Angeles.
INSTANT = datetime(2026, 6, 8, 23, 0, tzinfo=UTC)
EIGHTH, NINTH = date(2026, 6, 8), date(2026, 6, 9)
ZONES = {"Pacific/Auckland": NINTH, "America/Los_Angeles": EIGHTH, "Europe/London": NINTH}


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, app: Flask, cast: Cast, frozen: Frozen) -> str:
    """The team sits in this zone, with a check on the eighth and an achieve-by date on the ninth."""
    frozen.at(INSTANT)
    name: str = request.param
    with app.app_context():
        db.session.execute(sa.update(Team.__table__).values(time_zone=name))
        db.session.execute(sa.update(Experiment.__table__).where(Experiment.ended_at.is_(None)).values(check_on=EIGHTH))
        db.session.execute(sa.update(TargetCondition.__table__).values(achieve_by=NINTH))
        db.session.commit()
    return name


def test_the_day_on_the_board_is_the_teams(app: Flask, cast: Cast, zone: str) -> None:
    with app.app_context():
        shown = pages.board(cast.viewer("ana"), sheets.head(cast.board.id))
    assert shown["place"].today == ZONES[zone]
    assert shown["days_left"] == (NINTH - ZONES[zone]).days
    assert shown["entries"][0].late is (ZONES[zone] > EIGHTH)


def test_what_happened_can_be_of_the_teams_today_and_not_of_its_tomorrow(app: Flask, cast: Cast, zone: str) -> None:
    with app.app_context():
        running = experiment(cast, cast.board.running)
        tomorrow = date(2026, 6, ZONES[zone].day + 1)
        with refused("happened_on"):
            experiments.conclude(running, running.version, by=cast["ana"].id, **a_conclusion(happened_on=tomorrow))
        today = a_conclusion(happened_on=ZONES[zone])
        experiments.conclude(running, running.version, by=cast["ana"].id, **today)
        assert running.happened_on == ZONES[zone]
        db.session.rollback()


def test_the_form_offers_the_teams_today(cast: Cast, as_: SignIn, zone: str) -> None:
    page = as_("ana").get(f"/experiments/{cast.board.running}/conclusion").text
    assert f'value="{ZONES[zone]}"' in page


def test_a_past_day_ends_when_it_ends_for_the_team(app: Flask, cast: Cast, as_: SignIn, zone: str) -> None:
    client = as_("ana")
    client.fill_in(f"/obstacles/{cast.board.waiting}/edit", f"/obstacles/{cast.board.waiting}", text="Said at eleven")
    on_the_eighth = client.get(f"{cast.board.path}?on={EIGHTH}").text
    # Where it is the ninth already, this happened after the eighth; where it is still the eighth, that day is now.
    assert ("Said at eleven" in on_the_eighth) is (ZONES[zone] == EIGHTH)


def test_a_moment_is_kept_in_utc(app: Flask, cast: Cast, zone: str) -> None:
    with app.app_context():
        running = experiment(cast, cast.board.running)
        experiments.set_aside(running, running.version, "Late.", by=cast["ana"].id)
        db.session.commit()
        db.session.expire_all()
        assert experiment(cast, cast.board.running).ended_at == INSTANT
        assert board(cast).team.time_zone == zone
