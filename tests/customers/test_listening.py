"""A team may close what it hears to itself: then nobody else learns a word, a number or a source of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import NAMES, Cast
from tests.cast_customers import SECRET_WORDS, WORDS
from tests.client import Client
from tests.conftest import Frozen, SignIn
from tests.customers.conftest import TEAM

pytestmark = pytest.mark.database
INVOICES = "/teams/invoices"


def hushed_pages(cast: Cast) -> list[str]:
    pages = ["/customers", "/customers?team=invoices", f"{INVOICES}/customers", f"/moments/{cast.hushed.moment}"]
    return [*pages, INVOICES, "/go?q=waiting", "/go?q=newest", "/go?q=bill"]


def test_nobody_outside_learns_a_word_a_number_or_a_source(cast: Cast, as_: SignIn) -> None:
    for name in sorted(set(NAMES) - {"eve"}):
        client = as_(name)
        for page in hushed_pages(cast):
            answer = client.get(page)
            assert answer.status_code == 200
            for told in (SECRET_WORDS, "The newest in the house", "1 voice", "hears through", "heard through one"):
                if told != "hears through" or page != "/customers":
                    assert told not in answer.text.replace("\n", " "), (name, page, told)
        for page in (f"{INVOICES}/voices", f"{INVOICES}/voices.csv", f"/voices/{cast.hushed.voice}"):
            assert client.get(page).status_code == 404
        assert client.get(f"/conversations/{cast.hushed.conversation}").status_code == 404


def test_the_team_itself_hears_everything(cast: Cast, as_: SignIn) -> None:
    eve = as_("eve")
    for page in ("/customers", f"/moments/{cast.hushed.moment}", f"{INVOICES}/voices", f"{INVOICES}/voices.csv"):
        assert SECRET_WORDS[:30] in eve.get(page).text, page
    assert "The newest in the house" in eve.get(f"{INVOICES}/customers").text


def test_closing_and_opening_again(cast: Cast, as_: SignIn, verbs: Any) -> None:
    ana, eve = as_("ana"), as_("eve")
    assert WORDS in eve.get(f"{TEAM}/voices").text
    answer = ana.post(f"{TEAM}/listening", {"closed": "y"}, htmx=True)
    assert answer.text.startswith('<hx-partial id="listening"')
    assert "Closed: only the team hears them." in answer.text
    assert eve.get(f"{TEAM}/voices").status_code == 404
    assert WORDS not in eve.get(f"/moments/{cast.moment}").text
    assert WORDS in ana.get(f"{TEAM}/voices").text
    ana.post(f"{TEAM}/listening", {"closed": "y"})
    ana.post(f"{TEAM}/listening", {})
    assert WORDS in eve.get(f"{TEAM}/voices").text
    assert verbs("listening")[-2:] == ["closed the voices to the team", "opened the voices to everyone"]


def test_an_administrators_look_lasts_an_hour_and_is_told_to_the_team(cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    root = as_("root")
    path = f"{INVOICES}/voices/opening"
    assert f'href="{path}"' in root.get(f"{INVOICES}/customers").text
    assert root.fill_in(path, reason=" ").status_code == 422
    assert root.fill_in(path, reason="A complaint reached me.").location == f"{INVOICES}/voices"
    assert SECRET_WORDS in root.get(f"{INVOICES}/voices").text
    assert root.post(f"/voices/{cast.hushed.voice}/archive", {"version": 1}).status_code == 403
    assert as_("dev").get(f"{INVOICES}/voices").status_code == 404
    assert "Root Berger: A complaint reached me." in as_("eve").get(f"{INVOICES}/voices").text
    frozen.forward(minutes=61)
    assert root.get(f"{INVOICES}/voices").status_code == 404


def test_open_voices_need_no_look(as_: SignIn, cast: Cast) -> None:
    answer = as_("root").post(f"{TEAM}/voices/opening", {"reason": "Why not"})
    assert answer.status_code == 422
    assert "nothing has to be opened" in answer.text


def test_fewer_than_three_sources_are_said_aloud_with_what_to_try(ana: Client, cast: Cast, as_: SignIn) -> None:
    page = ana.get(f"{TEAM}/customers").text
    assert "One way of listening in twelve months." in page
    assert "ring one customer a week" in page
    assert "fewer than three ways of listening" in as_("fay").get("/customers").text
    form = {"says": "worked well", "words": "Well.", "heard_on": "2026-06-01"}
    for source in ("letter", "panel"):
        ana.post(f"{TEAM}/voices", {**form, "source": source, "once": source})
    assert "in twelve months" not in ana.get(f"{TEAM}/customers").text
    assert "hears through 3 sources" in ana.get("/customers").text


def test_what_was_heard_more_than_a_year_ago_is_no_source_in_use(as_: SignIn, frozen: Frozen) -> None:
    frozen.forward(days=400)
    assert "Nobody has been heard for twelve months." in as_("ana").get(f"{TEAM}/customers").text
