"""The parking lot by keyboard alone: order, focus, wording, the way back, and two people at one obstacle."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PageOf
from tests.browser.hands import DESK, PHONE, expect_focus_kept, press, reach, saved, visit
from tests.cast import Cast
from tests.conftest import SignIn


@pytest.fixture(params=[DESK, PHONE], ids=["wide", "phone"])
def lot(request: pytest.FixtureRequest, cast: Cast, page_of: PageOf, as_: SignIn) -> Page:
    """Ana's board with three obstacles that wait and nothing open."""
    client = as_("ana")
    client.fill_in(f"/experiments/{cast.board.running}/setting-aside", reason="Another first.")
    client.fill_in(f"{cast.board.path}/obstacles/new", f"{cast.board.path}/obstacles", text="The third one")
    return visit(page_of("ana", **request.param), cast.board.path)


def waiting(page: Page) -> Locator:
    return page.locator("#obstacles li[data-state=waiting] > .text")


def button(page: Page, text: str, way: str) -> Locator:
    return page.get_by_role("button", name=f"Move {way}: {text}")


FIRST, SECOND, THIRD = "Requests lack the system's name", "No rule says who decides", "The third one"


def test_the_focus_stays_on_the_button_of_what_was_moved(lot: Page) -> None:
    up = button(lot, THIRD, "up")
    up.focus()
    lot.keyboard.press("Enter")
    expect(waiting(lot)).to_have_text([FIRST, THIRD, SECOND])
    expect(up).to_be_focused()
    lot.keyboard.press("Enter")
    expect(waiting(lot)).to_have_text([THIRD, FIRST, SECOND])
    expect(button(lot, THIRD, "down")).to_be_focused()  # there is no way further up
    lot.keyboard.press("Enter")
    expect(waiting(lot)).to_have_text([FIRST, THIRD, SECOND])
    expect(button(lot, THIRD, "down")).to_be_focused()
    lot.keyboard.press("Space")
    expect(waiting(lot)).to_have_text([FIRST, SECOND, THIRD])
    expect(up).to_be_focused()


def test_a_move_is_taken_back_by_keyboard(lot: Page) -> None:
    button(lot, THIRD, "up").focus()
    lot.keyboard.press("Enter")
    expect(waiting(lot)).to_have_text([FIRST, THIRD, SECOND])
    press(lot, "#toast form button")
    expect(waiting(lot)).to_have_text([FIRST, SECOND, THIRD])
    expect_focus_kept(lot)


def test_focus_and_its_way_back_keep_the_place(cast: Cast, lot: Page) -> None:
    press(lot, f"form[action='/obstacles/{cast.board.waiting_too}/focus'] button")
    expect(lot.locator("#obstacles [data-state=focus]")).to_contain_text(SECOND)
    saved(lot)
    assert lot.evaluate("document.activeElement.closest('.obstacle').id") == f"obstacle-{cast.board.waiting_too}"
    press(lot, "#toast form button")
    expect(lot.locator("#obstacles [data-state=focus]")).to_contain_text("Approvers see requests once a day")
    expect_focus_kept(lot)


def test_wording_ends_where_it_began(cast: Cast, lot: Page) -> None:
    edit = f"#obstacle-{cast.board.waiting} a[href$='/edit']"
    press(lot, edit)
    expect(lot.locator("#obstacles [name=text]")).to_be_focused()
    lot.keyboard.press("Escape")
    expect(lot.locator(edit)).to_be_focused()
    lot.keyboard.press("Enter")
    expect(lot.locator("#obstacles [name=text]")).to_be_focused()
    lot.keyboard.press("ControlOrMeta+A")
    lot.keyboard.type("Requests lack their owner's name")
    lot.keyboard.press("ControlOrMeta+Enter")
    expect(waiting(lot).first).to_have_text("Requests lack their owner's name")
    expect(lot.locator(edit)).to_be_focused()


def test_two_at_one_obstacle_see_both_texts(cast: Cast, lot: Page, as_: SignIn) -> None:
    path = f"/obstacles/{cast.board.waiting}"
    press(lot, f"a[href='{path}/edit']")
    expect(lot.locator("#obstacles [name=text]")).to_be_focused()
    lot.keyboard.press("End")
    lot.keyboard.type(" again")
    as_("gus").post(f"/obstacles/{cast.board.waiting_too}/position", {"to": "0"})  # the order is no conflict
    as_("gus").fill_in(f"{path}/edit", path, text="What gus wrote")
    lot.keyboard.press("ControlOrMeta+Enter")
    expect(lot.locator("#obstacles .conflict")).to_contain_text("What gus wrote")
    expect(lot.locator("#obstacles [name=text]")).to_have_value(f"{FIRST} again")
    expect_focus_kept(lot)
    reach(lot, "#obstacles [name=text]")
    lot.keyboard.press("ControlOrMeta+Enter")
    expect(waiting(lot).nth(1)).to_have_text(f"{FIRST} again")


def test_without_scripts_the_next_page_offers_the_way_back(cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana", java_script_enabled=False)
    page.goto(cast.board.path)
    button(page, SECOND, "up").click()
    expect(waiting(page)).to_have_text([SECOND, FIRST])
    expect(page.locator("#toast")).to_contain_text("Moved.")
    page.get_by_role("button", name="Undo").click()
    expect(waiting(page)).to_have_text([FIRST, SECOND])
