"""What people typed stays: when two write the same text, when a tab is closed, when the session ends, after a slip."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf
from tests.browser.hands import ready, saved, visit
from tests.cast import PASSWORD, Cast
from tests.conftest import SignIn

DRAFT = "Two of five, one of them by telephone."


@pytest.mark.parametrize(
    ("sheet", "editor", "field"),
    [
        ("#obstacles", "/obstacles/{in_focus}/edit", "text"),
        ("#target", "/targets/{target}/edit", "pattern"),
        ("#record", "/experiments/{running}/edit", "expectation"),
    ],
    ids=["obstacle", "target", "plan"],
)
def test_of_two_texts_neither_is_lost(sheet: str, editor: str, field: str, cast: Cast, page_of: PageOf) -> None:
    opener = f"{sheet} a[href='{editor.format(**vars(cast.board))}']"
    ana, gus = page_of("ana"), page_of("gus")
    for page, text in ((ana, "At ten in the morning."), (gus, "At two in the afternoon.")):
        visit(page, cast.board.path).locator(opener).first.click()
        page.fill(f"{sheet} [name={field}]", text)
    ana.keyboard.press("Control+Enter")
    saved(ana)
    gus.keyboard.press("Control+Enter")
    both = gus.locator(f"{sheet} .conflict")
    expect(both).to_contain_text("At ten in the morning.")
    expect(both).to_contain_text("At two in the afternoon.")
    expect(gus.locator(f"{sheet} [name={field}]")).to_have_value("At two in the afternoon.")
    expect(gus.locator("#saved")).to_be_empty()
    expect(ready(gus).locator(f"{sheet} [data-draft-note]:visible")).to_have_count(0)
    gus.fill(f"{sheet} [name={field}]", "At ten in the morning, and again at two.")
    gus.keyboard.press("Control+Enter")
    saved(gus)
    expect(visit(ana, cast.board.path).locator(sheet)).to_contain_text("and again at two")


def test_a_draft_returns_after_the_tab_was_closed(cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana")
    _conclude(page, cast)
    tab = page.context.new_page()
    page.close()
    visit(tab, cast.board.path).locator("#record a[href$='/conclusion']").click()
    _expect_back(tab)
    tab.keyboard.press("Control+Enter")
    saved(tab)
    expect(tab.locator("#record [data-draft]")).to_have_count(0)
    assert not [key for key in tab.evaluate("Object.keys(localStorage)") if "conclusion" in key]


def _sign_out_in_another_tab(page: Page, _as: SignIn) -> None:
    other = visit(page.context.new_page(), "/")
    other.locator(".me summary").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in*")


def _end_from_another_device(_page: Page, as_: SignIn) -> None:
    assert as_("ana").post("/settings/sessions/end").status_code == 303


@pytest.mark.parametrize("end", [_sign_out_in_another_tab, _end_from_another_device])
def test_text_survives_a_session_that_ended_meanwhile(
    end: Callable[[Page, SignIn], None], cast: Cast, page_of: PageOf, as_: SignIn
) -> None:
    page = page_of("ana")
    _conclude(page, cast)
    end(page, as_)
    page.keyboard.press("Control+Enter")
    page.get_by_role("alert").get_by_role("link", name="Sign in").click()
    page.wait_for_url(re.compile("/sign-in"))
    page.fill("[name=email]", cast["ana"].email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{cast.board.path}*")
    ready(page).locator("#record a[href$='/conclusion']").click()
    _expect_back(page)


def _conclude(page: Page, cast: Cast) -> None:
    visit(page, cast.board.path).locator("#record a[href$='/conclusion']").click()
    expect(page.locator("#record [name=happened]")).to_be_focused()
    page.keyboard.type(DRAFT)
    page.wait_for_function("key => Object.keys(localStorage).some(each => each.includes(key))", arg="conclusion")


def _expect_back(page: Page) -> None:
    expect(page.locator("#record [name=happened]")).to_have_value(DRAFT)
    expect(page.locator("#record [data-draft-note]")).to_be_visible()


def test_an_editor_that_is_closed_tells_of_the_text_waiting_in_it(cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana")
    _conclude(page, cast)
    visit(page, cast.board.path)
    expect(page.locator("#record a[href$='/conclusion']")).to_have_attribute(
        "data-unsaved", re.compile("Unsaved text from")
    )


def test_putting_an_obstacle_in_focus_can_be_undone(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), cast.board.path)
    page.locator("#record a[href$='/conclusion']").click()
    page.fill("#record [name=happened]", "Two of five.")
    page.fill("#record [name=learned]", "They eat at noon.")
    page.keyboard.press("Control+Enter")
    saved(page)
    chosen = page.locator(f"#obstacle-{cast.board.waiting}")
    before = page.locator("#obstacles [data-state=focus] .text").inner_text()
    chosen.get_by_role("button", name="Focus").click()
    expect(chosen).to_have_attribute("data-state", "focus")
    expect(page.locator("#obstacles [data-state=focus]")).to_have_count(1)
    page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(page.locator("#obstacles [data-state=focus]")).to_contain_text(before)
    expect(chosen).to_have_attribute("data-state", "waiting")


def test_an_obstacle_taken_out_can_be_put_back(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), cast.board.path)
    page.goto(f"/obstacles/{cast.board.waiting}/ending")
    ready(page).get_by_text("Removed").first.click()
    page.get_by_role("main").get_by_role("button", name="Take it out of the parking lot").click()
    page.wait_for_url(f"**{cast.board.path}*")  # the editor's own page leads back to the board
    ready(page).locator("#obstacles details summary").click()
    page.get_by_role("button", name="Put back").last.click()
    expect(page.locator(f"#obstacle-{cast.board.waiting}")).to_have_attribute("data-state", "waiting")
