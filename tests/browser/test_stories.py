"""From a search to the printed story of ten months ago; and a story read from outside, by its link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from tests.browser.conftest import OpenContext, PageOf, in_both_themes
from tests.browser.hands import DESK, PHONE, visit
from tests.cast import NOW, TODAY, Cast

TEN_MONTHS = timedelta(days=304)
A4 = (595, 842)


@pytest.fixture
def long_ago(app: Flask, cast: Cast) -> str:
    """Ana's storyboard as it would be, had it ended ten months ago; its path."""
    with app.app_context():
        board = db.session.get_one(Storyboard, cast.board.id)
        board.started_at, board.ended_on = NOW - TEN_MONTHS * 1.3, TODAY - TEN_MONTHS + timedelta(days=9)
        board.reflection = "Ask once, at noon."
        tried = db.session.get_one(Experiment, cast.board.concluded)
        tried.created_at = tried.ended_at = NOW - TEN_MONTHS
        db.session.commit()
    return cast.board.path


def _paper(page: Page) -> list[tuple[int, int]]:
    """The sheets on which the page is printed, by their size in points."""
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", page.pdf(prefer_css_page_size=True))
    return [(round(float(wide)), round(float(high))) for wide, high in sizes]


def test_a_search_finds_an_experiment_from_ten_months_ago_and_prints_its_story(
    cast: Cast, page_of: PageOf, long_ago: str
) -> None:
    page = visit(page_of("eve", **DESK), "/learning")
    page.locator("input[type=search], input[name=q]").first.fill("approvers asked noon")
    page.keyboard.press("Enter")
    found = page.locator(".found-one", has=page.locator(f'a[href="/experiments/{cast.board.concluded}"]'))
    expect(found).to_contain_text("August 2025")
    found.get_by_role("link", name="Read the story").click()
    page.wait_for_url(f"**{long_ago}/story#experiment-{cast.board.concluded}")
    expect(page.locator(f"#experiment-{cast.board.concluded}")).to_be_in_viewport()
    sheets = _paper(page)
    assert len(sheets) > 1
    assert all(abs(wide - A4[0]) <= 1 and abs(high - A4[1]) <= 1 for wide, high in sheets)
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator("#chapter-2 .happened").first).to_be_visible()


def test_a_board_that_ended_leads_to_its_story(cast: Cast, page_of: PageOf, long_ago: str) -> None:
    page = visit(page_of("fay", **PHONE), long_ago)
    page.get_by_role("link", name="Read it as a story").click()
    expect(page.locator("h1")).to_have_text("Granting access")


def test_whoever_has_the_link_reads_the_story_until_it_is_stopped(
    cast: Cast, page_of: PageOf, open_context: OpenContext, long_ago: str
) -> None:
    page = visit(page_of("ben", **DESK), f"{long_ago}/story")
    page.get_by_role("button", name="Make a link").click()
    address = page.locator("#address").inner_text()
    reader = open_context(**PHONE).new_page()
    reader.goto(re.sub(r"^https?://[^/]+", "", address))
    expect(reader.locator("h1")).to_have_text("Granting access")
    expect(reader.locator("body")).not_to_contain_text("Ana Novak")
    expect(reader.locator(".photos img").first).to_be_visible()
    assert in_both_themes(reader) == []
    assert reader.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == 0
    visit(page, f"{long_ago}/story")
    page.get_by_role("button", name="Stop it").click()
    expect(page.locator("#links")).to_contain_text("Stopped by Ben Okafor")
    reader.reload()
    expect(reader.locator("h1")).to_have_text("There is no story here")


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["wide", "phone"])
def test_the_story_is_accessible_and_fits_in_both_themes(
    cast: Cast, page_of: PageOf, long_ago: str, options: dict[str, object]
) -> None:
    page = page_of("ana", **options)
    for path in (f"{long_ago}/story", f"{long_ago}/story/chapters/2"):
        assert in_both_themes(visit(page, path)) == []
        assert page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == 0
