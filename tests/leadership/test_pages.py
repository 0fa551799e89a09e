"""What leaders are shown of an area, what stands behind it, and what is kept from them."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from kata.extensions import db, writing
from kata.leadership import words
from kata.leadership.actions import refresh
from kata.leadership.pages.behind import LISTS
from kata.measures.models import Measure
from kata.storyboards.models import Storyboard
from kata.teams.models import AreaLeader, Team
from tests.cast import NOW, TODAY, Cast
from tests.cast_boards import keep
from tests.cast_leadership import MORE, Crowd
from tests.client import Client
from tests.conftest import Counting, Frozen, SignIn

DESK, HOUSE = "/leadership/service-desk", "/leadership/northfield"


def test_whoever_leads_one_area_is_shown_it_at_once(dev: Client, crowd: Crowd) -> None:
    page = dev.get("/leadership").text
    assert "<h1>Northfield</h1>" in page
    assert "barrier waits for an answer" in page


def test_whoever_leads_nothing_is_told_whom_it_is_for(as_: SignIn) -> None:
    ana = as_("ana")
    assert "For who leads an area" in ana.get("/leadership").text
    assert 'href="/leadership"' not in ana.get("/boards").text


def test_whoever_leads_two_areas_chooses(dev: Client, as_: SignIn, app: Flask, cast: Cast) -> None:
    with app.app_context():
        token = writing.set(True)
        for area in ("services", "finance"):
            keep(AreaLeader(area_id=cast.areas[area], person_id=cast["fay"].id), "appointed", cast["root"].id)
        db.session.commit()
        writing.reset(token)
    page = as_("fay").get("/leadership").text
    assert "/leadership/it-services" in page
    assert "/leadership/finance" in page
    assert as_("fay").get(HOUSE).status_code == 403
    assert as_("fay").get(DESK).status_code == 200


def test_before_anything_was_counted_the_page_says_so(dev: Client) -> None:
    assert "are being counted for the first time" in dev.get(HOUSE).text


def test_figures_that_nobody_looks_after_say_so(dev: Client, crowd: Crowd, frozen: Frozen) -> None:
    assert "They are behind" not in dev.get(HOUSE).text
    frozen.forward(minutes=3)
    assert "They are behind" in dev.get(HOUSE).text


def test_the_command_counts_them_anew(crowd: Crowd, in_app: Flask) -> None:
    db.session.commit()
    answer = in_app.test_cli_runner().invoke(args=["figures"])
    assert answer.output == "The figures of 2 teams are counted.\n"


def test_practice_is_shown_with_what_is_behind_it(dev: Client, crowd: Crowd) -> None:
    page = dev.get(HOUSE).text
    assert f"{MORE + 2} people practise here" in page
    for what in ("storyboards", "experiments", "targets", "coaches"):
        assert f'href="{HOUSE}/{what}"' in page
        assert dev.get(f"{HOUSE}/{what}").status_code == 200
    behind = dev.get(f"{HOUSE}/experiments").text
    assert behind.count("<tr data-row") == MORE + 2


def test_skills_are_shown_quarter_by_quarter_and_those_of_a_few_are_not(dev: Client, crowd: Crowd) -> None:
    page = dev.get(DESK).text
    assert "Design an experiment" in page
    assert "6 of 6 can do it" in page
    assert "Q4 2025: 0 of 6" in page
    assert "Grasp the current condition" not in page
    rows = [row for row in _table(dev, f"{DESK}/skills.csv") if row["Quarter from"] == "2026-01-01"]
    told = {row["Skill"]: row["Competent"] for row in rows if row["Competent"]}
    assert told == {"Design an experiment": "6"}


def test_nothing_about_practice_is_shown_of_fewer_than_five(dev: Client, crowd: Crowd) -> None:
    page = dev.get("/leadership/finance").text
    assert "Withheld: fewer than five people practise here" in page
    for what in ("storyboards", "experiments", "targets", "coaches"):
        assert "<tr data-row" not in dev.get(f"/leadership/finance/{what}").text
        assert _table(dev, f"/leadership/finance/{what}.csv") == []
    assert _table(dev, "/leadership/finance/practice.csv") == []


def test_an_area_less_the_areas_in_it_tells_of_nobody(dev: Client, crowd: Crowd) -> None:
    """Eve alone practises in finance: the whole is told, so the part that is large enough to be told is withheld."""
    rows = {row["Area"]: row for row in _table(dev, f"{HOUSE}/areas.csv")}
    assert rows["IT services"]["Storyboards"] == rows["Finance"]["Storyboards"] == ""
    assert "people practise here" in dev.get(HOUSE).text


def test_storyboards_of_a_team_alone_are_in_no_list(dev: Client, crowd: Crowd, cast: Cast) -> None:
    for what in LISTS:
        for address in (f"{HOUSE}/{what}", f"{HOUSE}/{what}.csv"):
            text = dev.get(address).text
            assert "Closing leavers" not in text
            assert "Making tea" not in text


def test_no_page_of_leaders_names_who_was_observed(dev: Client, crowd: Crowd) -> None:
    for address in (DESK, HOUSE, f"{DESK}/print", f"{DESK}/skills.csv", f"{HOUSE}/storyboards", f"{HOUSE}/experiments"):
        text = dev.get(address).text
        assert "Lee Number" not in text
        assert "said which of the two was expected" not in text


def test_any_past_day_can_be_looked_at(dev: Client, crowd: Crowd) -> None:
    past = TODAY - timedelta(days=26)
    then, now = dev.get(f"{HOUSE}?on={past}").text, dev.get(HOUSE).text
    assert "Back to today" in then
    assert "Back to today" not in now
    assert _concluded(dev, past) == 1
    assert _concluded(dev, TODAY) == MORE + 2
    assert f'href="{HOUSE}/experiments?on={past}"' in then


def _concluded(dev: Client, on: object) -> int:
    rows = _table(dev, f"{HOUSE}/practice.csv?on={on}")
    return sum(
        int(row["Number"])
        for row in rows
        if row["Figure"] == "From prediction to learning" and row["Thirteen weeks until"] == str(on)
    )


def test_outcomes_of_a_past_day_are_the_measures_that_were_followed_then(
    dev: Client, app: Flask, cast: Cast, crowd: Crowd
) -> None:
    with app.app_context():
        measure = db.session.get_one(Measure, cast.measures["outcome"])
        measure.name = "First-time fix"
        measure.created_at, measure.archived_at = NOW - timedelta(days=40), NOW - timedelta(days=2)
        db.session.commit()
    assert [_has_outcome(dev, days) for days in (60, 39, 3, 1, 0)] == [False, True, True, False, False]


def test_outcomes_of_a_team_that_is_closed_are_those_of_the_past(
    dev: Client, app: Flask, cast: Cast, crowd: Crowd
) -> None:
    with app.app_context():
        db.session.get_one(Measure, cast.measures["outcome"]).name = "First-time fix"
        db.session.get_one(Team, cast.teams["access"]).closed_at = NOW - timedelta(days=2)
        db.session.commit()
    assert [_has_outcome(dev, days) for days in (3, 1, 0)] == [True, False, False]


def _has_outcome(dev: Client, days_ago: int) -> bool:
    return "First-time fix" in dev.get(f"{HOUSE}/outcomes?on={TODAY - timedelta(days=days_ago)}").text


@pytest.mark.parametrize("on", ["2999-01-01", "0001-01-01", "9999-12-31", "yesterday", "2026-02-30", ""])
def test_a_day_that_makes_no_sense_is_no_error(dev: Client, crowd: Crowd, on: str) -> None:
    for address in (DESK, f"{DESK}/experiments", f"{DESK}/outcomes", f"{DESK}/skills.csv", f"{DESK}/print"):
        assert dev.get(f"{address}?on={on}").status_code == 200


def test_an_unknown_list_or_area_is_not_there(dev: Client) -> None:
    assert dev.get(f"{DESK}/secrets").status_code == 404
    assert dev.get(f"{DESK}/secrets.csv").status_code == 404
    assert dev.get("/leadership/nowhere").status_code == 404


def test_each_figure_is_one_click_from_what_it_means(dev: Client, crowd: Crowd) -> None:
    page, defined = dev.get(HOUSE).text, dev.get("/figures").text
    linked = set(re.findall(r'href="/figures#(\w+)"', page))
    assert len(linked) > 9
    for name in linked:
        assert f'id="{name}"' in defined
    for _title, figure in words.DEFINED:
        assert " ".join((figure.__doc__ or "").split()) in html.unescape(defined)


def test_lists_go_on_where_a_page_ends(dev: Client, crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    from kata.leadership.queries import behind

    monkeypatch.setattr(behind, "SIZE", 2)
    for what, rows in (("experiments", MORE + 2), ("storyboards", MORE + 2), ("teams", 2), ("moments", 2)):
        found, address = 0, f"{HOUSE}/{what}"
        while address:
            page = dev.get(address).text
            found += page.count("<tr data-row")
            onward = re.search(r'rel="next" href="([^"]+)"', page)
            address = onward[1].replace("&amp;", "&") if onward else ""
        assert found == rows, what


def test_leaders_find_it_on_today_and_at_the_area(dev: Client, as_: SignIn, crowd: Crowd) -> None:
    assert 'id="areas-led"' in dev.get("/").text
    assert "/leadership/northfield" in dev.get("/teams?area=northfield").text
    assert "areas-led" not in as_("ana").get("/").text
    assert "/leadership/northfield" not in as_("ana").get("/teams?area=northfield").text


def test_a_barrier_is_answered_on_the_page(dev: Client, crowd: Crowd, cast: Cast) -> None:
    assert 'id="barriers-today"' in dev.get(HOUSE).text
    assert 'id="barriers-today"' not in dev.get(f"{HOUSE}?on=2026-05-01").text


def test_the_page_asks_as_much_for_many_as_for_few(
    dev: Client, app: Flask, cast: Cast, statements: Counting, crowd: Crowd
) -> None:
    for address in (HOUSE, f"{HOUSE}?on=2026-05-20", f"{HOUSE}/print", f"{HOUSE}/outcomes", f"{HOUSE}/experiments"):
        with statements() as asked:
            dev.get(address)
        assert len(asked) <= 12, address
    with app.app_context():
        token = writing.set(True)
        for board in db.session.query(Storyboard):
            board.reflection = "Known."
        db.session.commit()
        refresh.refresh()
        writing.reset(token)
    with statements() as again:
        dev.get(HOUSE)
    assert len(again) <= 12


def test_what_was_answered_stands_with_its_first_answer(
    dev: Client, crowd: Crowd, cast: Cast, answer: Callable[..., object]
) -> None:
    assert "<tr data-row" not in dev.get(f"{HOUSE}/answered").text
    answer(dev, cast.raised.board, "cannot", words="The vendor says no.")
    answer(dev, cast.raised.board, "removed", words="They said yes after all.")
    page = dev.get(f"{HOUSE}/answered").text
    assert page.count("<tr data-row") == 1
    assert "The vendor says no." in page
    assert "after all" not in page


def _table(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
