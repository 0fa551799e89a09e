"""The stage itself: what the tests take for granted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.extensions import db
from kata.teams.models import Area, Membership, Team
from tests.cast import NOW, Cast
from tests.conftest import Frozen, SignIn


def test_everybody_has_the_roles_that_their_name_stands_for(cast: Cast, in_app: object) -> None:
    access, invoices = cast.teams["access"], cast.teams["invoices"]
    ana, ben, dev = (cast.viewer(name) for name in ("ana", "ben", "dev"))
    assert ana.member_of == {access}
    assert ben.coach_of == {access}
    assert cast.viewer("eve").teams == {invoices}
    assert cast.viewer("cleo").teams == cast.viewer("fay").teams == frozenset()
    assert dev.areas_led == set(cast.areas.values())
    assert cast.viewer("root").is_administrator


def test_the_clock_stands_where_the_cast_plays(cast: Cast, frozen: Frozen) -> None:
    assert clock.now() == NOW
    assert frozen.forward(days=1) == clock.now() != NOW


@pytest.mark.parametrize("name", ["ana", "root"])
def test_whoever_is_signed_in_need_not_sign_in(as_: SignIn, name: str) -> None:
    assert as_(name).get("/sign-in").location == "/"


@pytest.mark.database
def test_whatever_is_written_each_test_begins_with_the_same_rows(
    app: Flask, cast: Cast, reset: Callable[[], None]
) -> None:
    def rows() -> dict[str, list[str]]:
        with app.app_context():
            tables = db.metadata.sorted_tables
            return {table.name: sorted(map(repr, db.session.execute(sa.select(table)))) for table in tables}

    before = rows()
    for change in (
        sa.delete(Membership),
        sa.update(Team).values(name="Another"),
        sa.update(Team).where(Team.id == cast.teams["access"]).values(name="Another"),
        sa.insert(Area).values(name="Another", slug="another", version=1),
    ):
        with app.app_context():
            db.session.execute(change)
            db.session.commit()
        assert rows() != before
        reset()
        assert rows() == before
