"""The clock is set back by an hour under use, as it is when a machine learns what time it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.extensions import db
from kata.leadership.actions import refresh
from kata.leadership.models import area_figures
from kata.outbox.models import Mail
from kata.storyboards.models import Obstacle
from tests.cast import PASSWORD, TODAY, Cast
from tests.conftest import Frozen, SignIn, browser

pytestmark = pytest.mark.database
HOUR = 3600
DAY = 24 * HOUR
SetClock = Callable[[float], None]


@pytest.fixture
def set_clock(frozen: Frozen, monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Move both clocks that the app asks, its own and the one by which libraries sign, by seconds."""
    true, begun = time.time, clock.now()  # noqa: TID251 - the other clock

    def move(seconds: float) -> None:
        frozen.at(begun + timedelta(seconds=seconds))
        monkeypatch.setattr(time, "time", lambda: true() + seconds)

    return move


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(-HOUR, 200), (-2, 200), (-DAY + 60, 200), (-DAY - 60, 303), (14 * DAY - 60, 200), (14 * DAY + 60, 303)],
)
def test_who_is_signed_in_stays_so_as_long_as_a_clock_may_be_wrong(
    seconds: float, status: int, cast: Cast, as_: SignIn, set_clock: SetClock
) -> None:
    client = as_("ana")
    assert client.get("/").status_code == 200
    set_clock(seconds)
    assert client.get("/").status_code == status


def test_what_is_written_after_the_clock_went_back_is_written_once_and_comes_last(
    app: Flask, cast: Cast, as_: SignIn, set_clock: SetClock
) -> None:
    client, path = as_("ana"), f"{cast.board.path}/obstacles"
    before, after = {"text": "Said before", "once": "one"}, {"text": "Said after", "once": "two"}
    assert client.post(path, before).status_code == 303
    set_clock(-HOUR)
    assert [client.post(path, each).status_code for each in (before, after, after)] == [303] * 3
    with app.app_context():
        query = sa.select(Obstacle.text).where(Obstacle.text.startswith("Said")).order_by(Obstacle.id)
        assert db.session.scalars(query).all() == ["Said before", "Said after"]
    history = client.get(f"{cast.board.path}/history").text
    assert 0 < history.index("Said after") < history.index("Said before"), "the newest comes first"


def test_who_knows_the_password_is_let_in_and_who_guesses_still_is_not(
    app: Flask, cast: Cast, set_clock: SetClock
) -> None:
    def knock(password: str) -> int:
        return browser(app).post("/sign-in", {"email": cast["gus"].email, "password": password}).status_code

    assert [knock("a wrong guess") for _ in range(11)][-1] == 429
    set_clock(-HOUR)
    assert knock(PASSWORD) == 303
    assert [knock("a wrong guess") for _ in range(11)][-1] == 429


def test_figures_and_mails_go_on(app: Flask, cast: Cast, as_: SignIn, set_clock: SetClock) -> None:
    with app.app_context():
        refresh.refresh()
    set_clock(-HOUR)
    client = as_("ana")
    form = {"reason": "Another first.", "version": 1}
    assert client.post(f"/experiments/{cast.board.running}/setting-aside", form).status_code == 303
    with app.app_context():
        assert refresh.refresh() >= 1, "what happened in the hour that came twice is counted"
        kept = _figures()
        refresh.rebuild()
        counted = _figures()
        assert {place: kept[place] for place in counted} == counted
        assert db.session.scalars(sa.select(Mail.key).group_by(Mail.key).having(sa.func.count() > 1)).all() == []


def _figures() -> dict[tuple[int, Any], tuple[int, ...]]:
    """The totals of each area on each day on which any changed: the newest row up to that day."""
    rows = sorted(tuple(row) for row in db.session.execute(sa.select(area_figures)))
    days = {row[1] for row in rows} | {TODAY + timedelta(days=n) for n in range(-60, 60)}
    found = {}
    for area in {row[0] for row in rows}:
        for day in days:
            until = [row for row in rows if row[0] == area and row[1] <= day]
            found[area, day] = until[-1][2:] if until else (0,) * len(rows[0][2:])
    return found
