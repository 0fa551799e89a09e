"""What a leader does once a week: see what grew, what customers felt and what waits; answer it; look closer. The team
finds the answer on its board, and what was learned ten months ago is found and told as a story.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from kata.extensions import db, writing
from kata.storyboards.models import Experiment, Storyboard
from tests.browser.conftest import PageOf, violations
from tests.browser.hands import DESK, PHONE, press, ready, visit, write
from tests.cast import NOW, Cast
from tests.cast_barriers import WORDS
from tests.cast_leadership import Crowd, practise


@pytest.fixture
def crowd(app: Flask, cast: Cast) -> Crowd:
    with app.app_context():
        token = writing.set(True)
        made = practise(cast)
        _ten_months_ago(cast)
        writing.reset(token)
    return made


def _ten_months_ago(cast: Cast) -> None:
    """Ana's first experiment lies ten months back, and its storyboard has ended."""
    board = db.session.get_one(Storyboard, cast.other.id)
    first = db.session.query(Experiment).filter_by(board_id=board.id).one()
    long_ago = NOW - timedelta(days=300)
    first.step, first.created_at, first.started_at = "Print the delivery note in three colours", long_ago, long_ago
    first.happened, first.happened_on, first.learned = "Two read it.", long_ago.date(), "Colour alone helps nobody."
    first.ended_at = long_ago
    board.end("Ask whoever reads it.", (long_ago + timedelta(days=9)).date())
    db.session.commit()


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_leader_sees_what_grew_and_answers_what_waits(
    screen: dict[str, Any], scheme: str, cast: Cast, crowd: Crowd, page_of: PageOf
) -> None:
    page = visit(page_of("dev", **screen, color_scheme=scheme), "/")
    led = page.locator("#areas-led")
    expect(led).to_contain_text("more people are competent or better than when it was first told")
    expect(led).to_contain_text("waits for an answer")
    led.get_by_role("link", name="Northfield").click()
    expect(ready(page).get_by_role("heading", level=1)).to_have_text("Northfield")
    expect(page.locator("#skills")).to_contain_text("6 of 6 can do it")
    assert violations(page) == []
    press(page, f"#barrier-{cast.raised.board}-work a[href$='/answer']")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.get_by_label("It cannot be removed, and why").check()
    write(page, "words", "The vendor says no until March.")
    press(page, "#barriers-today button[type=submit]")
    expect(page.locator("#barriers-today").get_by_role("link", name=WORDS, exact=True)).to_have_count(0)
    page.get_by_role("link", name=re.compile("From prediction to learning")).click()
    page.locator("tbody a").first.click()
    page.wait_for_url("**/experiments/*")

    board = visit(page_of("ana", **screen, color_scheme=scheme), cast.board.path)
    told = board.locator("#obstacles p", has_text="Cannot be removed, answered")
    told.get_by_role("link", name=re.compile("Barrier")).click()
    expect(ready(board).get_by_text("The vendor says no until March.")).to_be_visible()


def test_a_past_day_and_an_area_within_are_one_step_away(cast: Cast, crowd: Crowd, page_of: PageOf) -> None:
    page = visit(page_of("dev", **DESK), "/leadership")
    page.get_by_label("As of").fill("2026-05-08")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Back to today")).to_be_visible()
    page.locator("#areas").get_by_role("link", name="IT services").click()
    expect(ready(page).get_by_role("heading", level=1)).to_have_text("IT services")
    assert "on=2026-05-08" in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northfield")


def test_what_was_learned_ten_months_ago_is_found_and_told(cast: Cast, crowd: Crowd, page_of: PageOf) -> None:
    page = visit(page_of("ana", **DESK), "/learning?q=delivery+colours")
    page.get_by_role("link", name=re.compile("Read the story")).first.click()
    expect(ready(page).locator("main")).to_contain_text("Colour alone helps nobody.")
    page.emulate_media(media="print")
    expect(page.locator("main")).to_contain_text("Print the delivery note in three colours")
