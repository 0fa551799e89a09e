"""The stage itself: what the tests take for granted."""

from __future__ import annotations

import pytest

from kata import clock
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
