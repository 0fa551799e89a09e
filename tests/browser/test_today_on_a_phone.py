"""The promise of Today: a result and the next plan are logged with one thumb, in three taps from opening the app."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf
from tests.browser.hands import PHONE, visit
from tests.cast import Cast
from tests.conftest import SignIn


class Thumb:
    """Taps, and counts them. Going to the next field is the phone keyboard's own *next*, a part of typing."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, selector: str) -> None:
        # As a person does: only what can be seen and is not covered by anything.
        self.page.locator(selector).tap()
        self.taps += 1

    def types(self, name: str, text: str) -> None:
        expect(self.page.locator(f'.due-card.now [name="{name}"]')).to_be_focused()
        self.page.keyboard.type(text)

    def next_field(self, name: str) -> None:
        for _field in range(4):  # a number to step over
            self.page.keyboard.press("Tab")
            if self.page.evaluate("name => document.activeElement.name === name", name):
                return


@pytest.fixture
def one_board(cast: Cast, as_: SignIn) -> None:
    """Only ana's whole storyboard lives, so that it is the one that Today asks for first."""
    for board in (cast.closed, cast.practice):
        as_("ana").post(f"{board.path}/archiving")


@pytest.mark.usefixtures("one_board")
def test_a_result_and_the_next_plan_take_three_taps(cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana", **PHONE)
    thumb = Thumb(page)
    started = time.monotonic()
    visit(page, "/")
    thumb.tap(".due-card.now [name=happened]")
    thumb.types("happened", "Two of five were decided before the evening.")
    thumb.next_field("learned")
    thumb.types("learned", "Noon is when they eat.")
    thumb.tap(".due-card.now button[type=submit]:has-text('plan the next')")
    expect(page.locator(".due-card.now [name=step]")).to_be_focused()
    thumb.types("step", "Ask them at ten instead")
    thumb.next_field("expectation")
    thumb.types("expectation", "Four of five before the evening")
    thumb.tap(".due-card.now button[type=submit]:has-text('Save the plan')")
    expect(page.locator(".due-card [name=expectation]")).to_have_count(0)
    assert thumb.taps <= 3
    assert time.monotonic() - started < 20, "the app itself takes a good part of the minute"
    visit(page, cast.board.path)
    expect(page.locator("#record [data-stage=running]")).to_contain_text("Four of five before the evening")
    expect(page.locator("#record [data-stage=concluded]").first).to_contain_text("Noon is when they eat.")


def test_each_thing_due_can_be_done_without_leaving_today(cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana", **PHONE)
    visit(page, "/")
    expect(page.locator(".due-card [hx-get]").first).to_be_visible()
    page.locator(".due-card [hx-get]").first.tap()
    expect(page.locator(".due-card.now")).to_have_count(2)
    card = page.locator(".due-card.now").nth(1)
    expect(card.locator("[name=happened]")).to_be_focused()
    page.keyboard.type("It took a day.")
    card.locator("[name=learned]").fill("The form asks for what nobody knows.")
    card.get_by_role("button", name="Save, then plan the next").tap()
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(page.locator(".due-card.now")).to_have_count(1)
    assert page.url.endswith("/")


def test_what_must_be_filled_in_is_said_at_the_field(cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana", **PHONE)
    visit(page, "/").locator(".due-card.now button[type=submit]").tap()
    wrong = page.locator(".due-card [name=happened]")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_be_focused()
    expect(page.locator("#saved")).to_be_empty()
