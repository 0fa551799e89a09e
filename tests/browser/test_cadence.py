"""The cadence in a real browser: planned by keyboard, read on a phone, and all of it without scripts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf, in_both_themes
from tests.browser.hands import DESK, PHONE, press, reach, visit
from tests.cast import Cast

TEAM = "/teams/access-requests"
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "wide"])


@SCREENS
def test_a_rhythm_is_set_by_keyboard_and_leads_to_the_calendar_of_the_team(
    cast: Cast, page_of: PageOf, screen: dict[str, Any]
) -> None:
    page = visit(page_of("ana", **screen), f"{cast.closed.path}/edit")
    press(page, f"#rhythm a[href='{cast.closed.path}/rhythm']")
    page.wait_for_url("**/rhythm")
    reach(page, "[name=days][value='0']")
    for _day in range(5):
        page.keyboard.press("Space")  # Monday to Friday off
        page.keyboard.press("Tab")
    page.keyboard.press("Space")  # Saturday on
    reach(page, "[name=at]")
    page.locator("[name=at]").fill("10:30")
    reach(page, "[name=starts_on]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit#rhythm")
    expect(page.locator("#rhythm")).to_contain_text("Planned: Saturday, 10:30, for 20 minutes.")
    visit(page, TEAM)
    mark = page.get_by_role("link", name="Saturday 6 June, 10:30: planned")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{cast.closed.path}")


@SCREENS
def test_the_calendar_is_a_table_to_a_screen_reader_on_every_screen(
    cast: Cast, page_of: PageOf, screen: dict[str, Any]
) -> None:
    page = visit(page_of("cleo", **screen), TEAM)
    table = page.get_by_role("table", name=re.compile("Coaching cycles planned and held"))
    expect(table.get_by_role("row")).to_have_count(3)
    expect(table.get_by_role("rowheader")).to_have_text([re.compile("Granting access")])
    expect(table.get_by_role("columnheader", name="Wednesday 3 June, today")).to_have_count(1)
    expect(table.get_by_role("cell")).to_have_count(25)
    expect(table.get_by_role("link", name="Tuesday 26 May: held")).to_have_attribute("href", re.compile("/cycles/"))
    boxes = [mark.bounding_box() for mark in table.locator("td a").all()]
    middles = sorted((round(box["y"]), box["x"] + box["width"] / 2) for box in boxes if box)
    near = [other[1] - one[1] for one, other in pairwise(middles) if one[0] == other[0]]
    assert near
    assert min(near) >= 24, "fingers need room between two marks"
    assert in_both_themes(page) == []


def test_a_country_and_then_its_region_are_chosen_without_scripts(cast: Cast, page_of: PageOf) -> None:
    page = page_of("dev", java_script_enabled=False)
    page.goto(f"{TEAM}/edit")
    expect(page.get_by_label("Region")).to_have_count(0)
    page.get_by_label("Country").select_option(label="Germany")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Region").select_option(label="Bayern")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("header.head")).to_contain_text("Germany, Bayern")
    expect(page.locator(".mark.holiday[title='Thursday 4 June: Corpus Christi']")).to_have_count(1)


def test_the_address_of_the_calendar_is_copied_from_the_one_page_that_shows_it(cast: Cast, page_of: PageOf) -> None:
    page: Page = visit(page_of("ben", **PHONE, permissions=["clipboard-read", "clipboard-write"]), "/settings")
    page.get_by_role("button", name="Make the address").click()
    page.get_by_role("button", name="Copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://localhost/calendar/[\w-]+\.ics", copied)
    page.get_by_role("link", name="Done").click()
    expect(page.locator("#calendar")).to_contain_text("An address was made on")
    assert copied.rsplit("/", 1)[1] not in page.content()
