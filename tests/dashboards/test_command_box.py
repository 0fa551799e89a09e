"""The command box: places and actions by the words in their names, and only those that the reader may see."""

from __future__ import annotations

import re

import pytest

from kata.customers.words import excerpt
from tests.cast import Cast
from tests.client import Client
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


# Voices ---------------------------------------------------------------------------------------------------------------


def say(client: Client, slug: str, words: str, why: str = "") -> None:
    voice = {"words": words, "why": why, "says": "needs to change", "source": "letter", "heard_on": "2026-06-02"}
    assert client.post(f"/teams/{slug}/voices", {**voice, "once": words[:30]}).status_code == 303


@pytest.mark.parametrize("words", ["caretaker", "CARETAKER", "spare key"])
def test_a_voice_is_found_by_its_words_and_by_how_it_was_understood(cast: Cast, as_: SignIn, words: str) -> None:
    say(as_("ana"), cast.heard.slug, "The caretaker had gone home.", why="Nobody else has the spare key.")
    box = found(as_, "fay", words)
    assert re.search(r'href="/voices/\d+">“[^<]*(caretaker|spare key)[^<]*”', box)


@pytest.mark.parametrize(("name", "told"), [("eve", True), ("ana", False), ("dev", False), ("root", False)])
def test_a_closed_voice_is_found_by_its_team_alone(cast: Cast, as_: SignIn, name: str, told: bool) -> None:
    say(as_("eve"), cast.hushed.slug, "The invoice came twice, says Quast.")
    assert ("Quast" in found(as_, name, "quast")) is told


def test_what_was_struck_out_or_archived_is_found_no_more(cast: Cast, as_: SignIn) -> None:
    ana = as_("ana")
    say(ana, cast.heard.slug, "Mrs Quast rang.")
    path = re.findall(r'href="(/voices/\d+)"', found(as_, "ana", "quast"))[0]
    struck = {"words": "She rang.", "why": "", "reason": "a name", "version": 1, "sure": "yes"}
    assert ana.post(f"{path}/strike", struck).status_code == 303
    assert "Nothing has these words" in found(as_, "ana", "quast")
    assert path in found(as_, "ana", "she rang")
    ana.post(f"{path}/archive", {"version": 2})
    assert path not in found(as_, "ana", "she rang")


def test_six_voices_at_most_the_newest_first(cast: Cast, as_: SignIn) -> None:
    for n in range(8):
        say(as_("ana"), cast.heard.slug, f"Time {n}: the doorbell is broken.")
    told = re.findall(r"Time (\d)", found(as_, "fay", "doorbell"))
    assert told == ["7", "6", "5", "4", "3", "2"]


@pytest.mark.parametrize(
    ("words", "why", "wanted", "told"),
    [
        ("Short and good.", "", "good", "“Short and good.”"),
        ("No match here.", "It is the door.", "door", "“It is the door.”"),
        (f"{'well ' * 40}the door", "", "door", "“… well well well well well well the door”"),
        (f"The door {'well ' * 40}", "", "door", f"“The door {'well ' * 16}…”"),
        ("w" * 200, "", "w", f"“{'w' * 90} …”"),
    ],
)
def test_a_long_voice_is_told_around_the_words(words: str, why: str, wanted: str, told: str) -> None:
    assert excerpt(words, why, wanted) == told
