"""Voices: written down in half a minute, listed, worded better with their past, archived, taken along as a file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kata.activity.models import Activity
from kata.customers.models import Voice, VoiceWording
from kata.extensions import db
from tests.cast import TODAY, Cast
from tests.cast_customers import WORDS
from tests.client import Client
from tests.conftest import SignIn
from tests.customers.conftest import TEAM, VOICE

pytestmark = pytest.mark.database
NEW, LIST = f"{TEAM}/voices/new", f"{TEAM}/voices"
NAUGHTY = json.loads((Path(__file__).parents[1] / "data" / "naughty_strings.json").read_text())["strings"]


@pytest.fixture
def voice(cast: Cast) -> str:
    return f"/voices/{cast.heard.voice}"


def say(client: Client, **fields: Any) -> Any:
    return client.fill_in(NEW, LIST, **{**VOICE, **fields})


def text(client: Client, **query: str) -> str:
    return client.get(LIST, query_string=query).text


# Writing one down -----------------------------------------------------------------------------------------------------


def test_a_voice_belongs_to_its_moment_and_that_moments_customer(ana: Client, rows: Any, cast: Cast) -> None:
    answer = say(ana, moment_id=cast.moment, why="The list was full.")
    assert answer.location == f"/moments/{cast.moment}#voices"
    made = rows(Voice)[-1]
    assert (made.customer_id, made.by_id, made.why) == (cast.heard.customer, cast["ana"].id, "The list was full.")
    assert "It took all day." in ana.get(f"/moments/{cast.moment}").text


def test_a_voice_needs_no_moment(ana: Client, rows: Any) -> None:
    assert say(ana).location == LIST
    assert rows(Voice)[-1].moment_id is None


def test_the_form_knows_the_day_and_the_moment_that_it_was_opened_at(ana: Client, cast: Cast) -> None:
    page = ana.get(f"{NEW}?moment={cast.moment}").text
    assert f'selected value="{cast.moment}"' in page
    assert 'value="2026-06-03"' in page


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("words", "  ", "Write down what the customer said."),
        ("words", "x" * 4001, "longer than 4000 characters"),
        ("says", "", "Say what kind of voice it is."),
        ("says", "nonsense", "Say what kind of voice it is."),
        ("source", "", "Say how it reached you."),
        ("source", "gossip", "Say how it reached you."),
        ("heard_on", "", "Pick the day on which it was heard."),
        ("heard_on", "2026-06-04", "That day has not come yet."),
        ("moment_id", "999999", "Not a valid choice"),
    ],
)
def test_each_field_says_what_is_wrong_and_keeps_the_rest(
    ana: Client, rows: Any, field: str, typed: str, words: str
) -> None:
    answer = say(ana, why="Kept why", **{field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Kept why" in answer.text
    assert len(rows(Voice)) == 2


def test_the_same_submission_twice_is_one_voice(ana: Client, rows: Any) -> None:
    for _ in range(2):
        assert ana.post(LIST, {**VOICE, "once": "5c5c"}).status_code == 303
    assert len(rows(Voice, words="It took all day.")) == 1


def test_who_has_one_team_is_led_straight_to_its_form(as_: SignIn, cast: Cast) -> None:
    assert as_("ana").get("/voices/new").location == NEW
    assert "You belong to no team yet" in as_("fay").get("/voices/new").text


def test_hostile_words_are_only_words(ana: Client, rows: Any, cast: Cast) -> None:
    for number, hostile in enumerate(NAUGHTY):
        form = {**VOICE, "words": hostile, "why": hostile, "moment_id": cast.moment, "once": f"n{number}"}
        assert ana.post(LIST, form).status_code in {303, 422}
    assert len(rows(Voice)) > 40
    ana.lint = False  # some of the strings look like what a template leaves behind
    for page in ("/customers", *pages_of(ana, LIST), *pages_of(ana, f"/moments/{cast.moment}")):
        shown = ana.get(page).text
        for dangerous in ("<script>", "<script ", "<img", "<svg onload", 'href="javascript'):
            assert dangerous not in shown.partition("<main")[2].replace('<script type="application/json"', "")


# Lists ----------------------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_source_kind_and_words(ana: Client) -> None:
    say(ana)
    for query in ({"source": "letter"}, {"says": "needs to change"}, {"q": "ALL day"}):
        page = text(ana, **query)
        assert "It took all day." in page
        assert WORDS not in page
    assert "No voice is like that" in text(ana, q="%")
    assert WORDS in text(ana, source="gossip", before="yesterday", moment="x")


def test_the_list_is_paged_by_day_and_id(ana: Client, app: Flask, cast: Cast) -> None:
    with app.app_context():
        for n in range(65):
            db.session.add(Voice(team_id=cast.teams["access"], moment_id=cast.moment, **_row(f"Voice {n:02}.")))
        db.session.commit()
    for base in (LIST, f"/moments/{cast.moment}"):
        pages = pages_of(ana, f"{base}?source=letter")
        assert len(pages) == 3
        assert sum(ana.get(page).text.count("<blockquote>") for page in pages) == 65


def pages_of(client: Client, address: str) -> list[str]:
    """The address and those of the pages after it."""
    found = [address]
    while older := client.get(found[-1]).text.partition('class="button small end" href="')[2].partition('"')[0]:
        found.append(older.replace("&amp;", "&"))
    return found


def _row(words: str) -> dict[str, Any]:
    return {"words": words, "source": "letter", "says": "worked well", "heard_on": TODAY}


def test_the_file_holds_what_the_filter_asks_for_and_no_formula(ana: Client) -> None:
    say(ana, words="=1+1", why="")
    answer = ana.get(f"{LIST}.csv?source=letter")
    found = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [each["What they said"] for each in found] == ["'=1+1"]
    assert found[0]["Heard on"] == "2026-06-02"


# Wording --------------------------------------------------------------------------------------------------------------


def test_what_it_said_before_is_kept_and_shown(as_: SignIn, rows: Any, voice: str) -> None:
    as_("ben").fill_in(f"{voice}/edit", voice, words="Two days without mail.", htmx=True)
    page = as_("eve").get(voice).text
    assert "Two days without mail." in page
    assert WORDS in page
    assert "when Ben Okafor reworded it" in page
    assert [each.words for each in rows(VoiceWording)] == [WORDS]


def test_putting_it_elsewhere_is_no_new_wording(ana: Client, rows: Any, voice: str) -> None:
    ana.fill_in(f"{voice}/edit", voice, moment_id="", source="panel")
    assert rows(VoiceWording) == []
    assert rows(Voice, source="panel")[0].moment_id is None


def test_another_teams_moment_is_refused(ana: Client, cast: Cast, voice: str) -> None:
    assert ana.fill_in(f"{voice}/edit", voice, moment_id=cast.hushed.moment).status_code == 422


def test_rewording_leaves_it_at_its_archived_moment(ana: Client, rows: Any, cast: Cast, voice: str) -> None:
    ana.fill_in(f"/moments/{cast.moment}", f"/moments/{cast.moment}/archive")
    ana.fill_in(f"{voice}/edit", voice, words="Two days without mail.")
    assert rows(Voice, words="Two days without mail.")[0].moment_id == cast.moment


def test_two_who_reword_are_shown_both_texts(as_: SignIn, rows: Any, voice: str) -> None:
    as_("ben").fill_in(f"{voice}/edit", voice, words="Ben’s words")
    for htmx in (False, True):
        answer = as_("ana").post(voice, {**VOICE, "words": "Ana’s words", "version": 1}, htmx=htmx)
        assert answer.status_code == 409
        assert "Ben’s words" in answer.text
        assert "Ana’s words" in answer.text
    assert len(rows(VoiceWording)) == 1


def test_the_record_never_holds_the_words(ana: Client, app: Flask, voice: str) -> None:
    say(ana, words="Nobody told me", why="No list")
    ana.fill_in(f"{voice}/edit", voice, words="Two days without mail.")
    with app.app_context():
        told = json.dumps([each.snapshot for each in db.session.query(Activity)])
    assert "Nobody told me" not in told
    assert "Two days" not in told


def test_archiving_takes_it_out_of_lists_and_counts_and_back(ana: Client, voice: str) -> None:
    answer = ana.post(f"{voice}/archive", {"version": 1}, htmx=True)
    assert f'action="{voice}/restoration"' in answer.text
    assert WORDS not in text(ana)
    assert WORDS in text(ana, show="archived")
    assert WORDS not in ana.get("/customers").text
    assert ana.post(f"{voice}/archive", {"version": 1}).status_code == 303
    ana.post(f"{voice}/restoration", {"version": 2})
    assert WORDS in text(ana)
