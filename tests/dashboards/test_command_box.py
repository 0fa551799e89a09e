"""The command box: places and actions by the words in their names, and only those that the reader may see."""

from __future__ import annotations

import re

import pytest

from tests.cast import Cast
from tests.conftest import SignIn


def found(as_: SignIn, name: str, words: str) -> str:
    return as_(name).get("/go", query_string={"q": words}, htmx=True).text


@pytest.mark.parametrize(
    ("words", "href"),
    [("granting", "/boards/"), ("invoices", "/teams/invoices"), ("gus", "/people/"), ("waiting", "/measures/")],
)
def test_it_finds_boards_teams_people_and_measures(cast: Cast, as_: SignIn, words: str, href: str) -> None:
    assert f'href="{href}' in found(as_, "fay", words)


def test_htmx_gets_the_results_alone_and_everyone_else_a_page(cast: Cast, as_: SignIn) -> None:
    assert found(as_, "ana", "granting").startswith('<hx-partial id="go-results"')
    page = as_("ana").get("/go?q=granting").text
    assert "<title>" in page
    assert "Granting access" in page


def test_without_words_it_offers_actions_only(cast: Cast, as_: SignIn) -> None:
    box = found(as_, "ana", "")
    assert "Log what happened" in box
    assert "Granting access" not in box


@pytest.mark.parametrize(("name", "offered"), [("ana", True), ("fay", False), ("root", False)])
def test_starting_a_board_is_offered_to_who_may(cast: Cast, as_: SignIn, name: str, offered: bool) -> None:
    assert ("/boards/new" in found(as_, name, "new")) is offered


@pytest.mark.parametrize("name", ["ana", "root"])
def test_administration_is_offered_to_administrators(cast: Cast, as_: SignIn, name: str) -> None:
    assert ("/admin/people" in found(as_, name, "manage")) is (name == "root")


@pytest.mark.parametrize("words", ["%", "_", "\\", "<b>", "zzzz", '"'])
def test_signs_are_only_signs(cast: Cast, as_: SignIn, words: str) -> None:
    box = found(as_, "ana", words)
    assert "Granting access" not in box
    assert "Nothing has these words" in box


def test_an_archived_board_is_found_no_more(cast: Cast, as_: SignIn) -> None:
    as_("ana").post(f"{cast.board.path}/archiving", {})
    assert "Granting access" not in found(as_, "ana", "granting")


def test_every_action_that_is_offered_answers(cast: Cast, as_: SignIn) -> None:
    client = as_("root")
    for href in set(re.findall(r'href="(/[^"]*)"', found(as_, "root", ""))):
        assert client.get(href).status_code in {200, 303}, href
