"""From a service desk's export to an experiment with a number: what a newcomer does on the first day, in one run."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Look
from tests.browser.hands import DESK, PHONE, ready, saved, visit
from tests.cast import INVITATION_TOKEN, TODAY, Cast

FILE = Path(__file__).parent.parent / "data" / "imports" / "incidents.csv"
DAY = re.compile(r"\b(\d{1,2}/\d{1,2}/2016)\b")
SHARE, HOURS = "Resolved within the agreed time", "Hours to resolve"


@pytest.fixture
def export() -> dict[str, Any]:
    """The desk's export of 2016, so many weeks later that its last day is yesterday."""
    later = timedelta(weeks=522)

    def moved(day: re.Match[str]) -> str:
        return f"{_day(day[1]) + later:%d/%m/%Y}"

    text = DAY.sub(moved, FILE.read_text())
    assert f"{TODAY - timedelta(days=1):%d/%m/%Y}" in text
    return {"name": "incidents.csv", "mimeType": "text/csv", "buffer": text.encode()}


def _day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["wide", "phone"])
def test_a_newcomer_comes_from_an_export_to_an_experiment_with_a_number(
    screen: dict[str, Any], cast: Cast, export: dict[str, Any], open_context: Any, expect_accessible: Look
) -> None:
    page = open_context(**screen).new_page()
    _join(page)
    _bring(page, export)
    share = _count_within_time(page)
    _count_hours(page)
    _read_the_chart(page, share)
    board = _start_a_board(page)
    _link(page)
    _try(page)
    expect_accessible(page)
    _see_it_on_the_measure(page, share, board)
    expect_accessible(page)


def _join(page: Page) -> None:
    page.goto(f"/join/{INVITATION_TOKEN}")
    page.locator("[name=name]").fill("Ida Frost")
    page.locator("[name=email]").fill("ida@demo.example")
    page.locator("[name=password]").fill("seven tall oaks in a row")
    page.get_by_role("button", name="Join the team").click()
    page.wait_for_url(lambda url: "/join/" not in url)
    ready(page)


def _bring(page: Page, export: dict[str, Any]) -> None:
    visit(page, "/teams/access-requests")
    page.locator("#team-measures").get_by_role("link", name="Import").click()
    page.wait_for_url("**/measures/import*")
    ready(page).locator("[name=file]").set_input_files(export)
    page.get_by_role("button", name="Look at it").click()
    expect(ready(page).locator("#file-title")).to_have_text("763 rows below the headings")
    page.locator("[name=kind][value=events]").check()
    page.locator("[name=date]").select_option("opened_at")
    page.locator("[name=group]").select_option('["assignment_group", "Group 24"]')
    page.locator("[name=period][value=week]").check()


def _count_within_time(page: Page) -> str:
    page.locator("[name=what][value=share]").check()
    page.locator("[name=share]").select_option('["made_sla", "true"]')
    _save_as(page, SHARE, "up", "outcome", go_on=True)
    share = page.get_by_role("link", name=f"Look at “{SHARE}”").get_attribute("href")
    assert share is not None
    return share


def _count_hours(page: Page) -> None:
    page.get_by_role("link", name="Go on: count something else").click()
    ready(page)
    page.locator("[name=what][value=time]").check()
    page.locator("[name=start]").select_option("opened_at")
    page.locator("[name=end]").select_option("resolved_at")
    page.locator("[name=average]").select_option("median")
    _save_as(page, HOURS, "down", "process")


def _save_as(page: Page, name: str, better: str, kind: str, *, go_on: bool = False) -> None:
    page.locator("[name=measure]").select_option("new")
    page.locator("[name=name]").fill(name)
    page.locator(f"[name=measure_kind][value={kind}]").check()
    page.locator(f"[name=better][value={better}]").check()
    page.locator(".import-choices [type=submit]").click()
    expect(page.locator("#preview-title")).to_have_text("This is what would be saved")
    page.locator("[name=again]").set_checked(go_on)
    page.locator(".import-preview [type=submit]").click()
    expect(page.locator("#done-title")).to_have_text("Saved")


def _read_the_chart(page: Page, share: str) -> None:
    page.get_by_role("link", name=f"Look at “{HOURS}”").click()
    chart = ready(page).locator("#measure-chart")
    expect(chart.locator(".chart-sentence")).not_to_be_empty()
    expect(page.locator("main")).to_contain_text("The median of the time from “opened_at” to “resolved_at”, in hours")
    chart = visit(page, share).locator("#measure-chart")
    expect(chart.locator(".chart-sentence")).not_to_be_empty()
    expect(page.locator("main")).to_contain_text("made_sla")


def _start_a_board(page: Page) -> str:
    visit(page, "/")
    page.get_by_role("link", name="Start a storyboard").click()
    page.wait_for_url("**/boards/new")
    ready(page).locator("[name=focus_process]").fill("Passing incidents on")
    page.get_by_role("button", name="Start the storyboard").click()
    page.wait_for_url(re.compile(r"/boards/\d+$"))
    ready(page)
    return page.url


def _link(page: Page) -> None:
    page.locator("#challenge a[href$='/challenge/edit']").click()
    challenge = page.locator("#challenge")
    challenge.locator("[name=statement]").fill("Whoever calls us works again on the day that we agreed.")
    challenge.locator("[name=by_date]").fill((TODAY + timedelta(days=365)).isoformat())
    challenge.locator("[name=moment]").fill("I can’t get in")
    _choose(challenge.locator("[name=measure_id]"), SHARE)
    challenge.locator("[name=from_value]").fill("60")
    challenge.locator("[name=to_value]").fill("95")
    _send(page, "#challenge")
    expect(page.locator("#felt .chart-sentence")).not_to_be_empty()
    page.locator("#actual a[href$='/conditions/new']").click()
    page.locator("#actual [name=facts]").fill(
        "Six of ten incidents are resolved in time; the rest wait to be passed on."
    )
    _send(page, "#actual")
    page.locator("#target a[href$='/targets/new']").click()
    target = page.locator("#target")
    target.locator("[name=pattern]").fill("Each incident reaches its group within the hour.")
    target.locator("[name=achieve_by]").fill((TODAY + timedelta(days=21)).isoformat())
    _choose(target.locator("[name=aims-0-measure_id]"), SHARE)
    target.locator("[name=aims-0-to_value]").fill("80")
    target.locator("[data-row-add]").click()
    _choose(target.locator("[name=aims-1-measure_id]"), HOURS)
    target.locator("[name=aims-1-to_value]").fill("24")
    _send(page, "#target")
    expect(page.locator("#target .measure")).to_have_count(2)


def _try(page: Page) -> None:
    page.locator("#obstacle-new a").click()
    page.locator("#obstacle-new [name=text]").fill("Nobody knows which group an incident belongs to")
    _send(page, "#obstacle-new")
    page.locator("#obstacles form[action$='/focus'] button").first.click()
    saved(page)
    page.locator("#record a[href$='/experiments/new']").first.click()
    record = page.locator("#record")
    record.locator("[name=step]").fill("Sort the morning’s incidents together")
    record.locator("[name=expectation]").fill("More of them are resolved in time.")
    record.locator("summary", has_text="Expect a number").click()
    _choose(record.locator("[name=measure_id]"), SHARE)
    record.locator("[name=expected_value]").fill("75")
    record.locator("[name=check_on]").fill((TODAY + timedelta(days=2)).isoformat())
    _send(page, "#record")
    expect(page.locator("#felt .expectation .box")).to_have_count(1)
    page.locator("#record a[href$='/conclusion']").first.click()
    record.locator("[name=happened]").fill("Seven of ten.")
    record.locator("[name=happened_value]").fill("70")
    record.locator("[name=learned]").fill("Sorting helps; the passwords still wait.")
    _send(page, "#record")
    expect(page.locator("#felt .expectation .seen")).to_have_count(1)
    expect(record).to_contain_text("less than expected")


def _choose(field: Locator, measure: str) -> None:
    field.select_option(field.locator("option", has_text=measure).get_attribute("value"))


def _send(page: Page, sheet: str) -> None:
    page.locator(f"{sheet} form[data-draft] [type=submit]").first.click()
    saved(page)


def _see_it_on_the_measure(page: Page, share: str, board: str) -> None:
    page.get_by_role("link", name="The measure with all its readings").click()
    page.wait_for_url(f"**{share}")
    chart = ready(page).locator("#measure-chart")
    expect(chart.locator(".expectation .seen")).to_have_count(1)
    expect(chart.locator(".chart-events")).to_contain_text("Sort the morning’s incidents together")
    page.locator("#boards a", has_text="Passing incidents on").click()
    expect(page).to_have_url(board)
