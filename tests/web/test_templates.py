"""What templates are given to be quick must mean the same as what Jinja does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import UndefinedError, pass_context

from kata.web.language import reading
from kata.web.templates import kept_piece
from tests.conftest import SignIn


@pytest.fixture
def in_request(app: Flask) -> Iterator[Flask]:
    with app.test_request_context():
        yield app


def test_a_kept_piece_follows_what_it_is_told(in_request: Flask) -> None:
    boards, teams = (
        kept_piece("components/_rail.html", room=room, coaches=False, leads=False, logs=True)
        for room in ("boards", "teams")
    )
    assert 'href="/boards" aria-current="page"' in boards
    assert 'href="/teams" aria-current="page"' in teams
    assert 'href="/log"' not in kept_piece(
        "components/_rail.html", room="teams", coaches=False, leads=False, logs=False
    )


def test_a_kept_piece_is_rendered_once_for_each_language(in_request: Flask) -> None:
    first = kept_piece("components/_dialogs.html")
    assert kept_piece("components/_dialogs.html") is first
    with reading("en_US"):
        assert kept_piece("components/_dialogs.html") is not first


def test_a_piece_that_asks_who_is_looking_is_not_kept(in_request: Flask) -> None:
    with pytest.raises(UndefinedError):
        kept_piece("base.html", room="today")


def test_whatever_wants_the_context_gets_it(in_request: Flask) -> None:
    class Asks:
        @pass_context
        def __call__(self, context: object, word: str) -> str:
            return f"{context.get('who')} {word}"

    @pass_context
    def asks(context: object, word: str) -> str:
        return f"{context.get('who')} {word}"

    text = (
        "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{{ asks('a') }}|{{ object('b') }}|{{ m('<') }}|{{ 'c'.upper() }}"
        "{% for n in [1] %}{% set who = 'Ben' %}|{{ asks('d') }}{% endfor %}|{{ dict(e=1).e }}"
    )
    made = in_request.jinja_env.from_string(text).render(who="Ana", asks=asks, object=Asks())
    assert made == "Ana a|Ana b|<b>&lt;</b>|C|Ben d|1"


def test_the_menu_of_a_coach_has_the_order_of_a_coach(as_: SignIn) -> None:
    ana, ben = (as_(name).get("/").text for name in ("ana", "ben"))
    assert ana.index('href="/customers"') < ana.index('href="/coaching"')
    assert ben.index('href="/coaching"') < ben.index('href="/customers"')
