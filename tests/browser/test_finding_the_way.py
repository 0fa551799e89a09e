"""Getting about: the keys, the command box, addresses that lead to the very thing, back and forward."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenContext, PageOf
from tests.browser.hands import ready, visit
from tests.cast import Cast


def test_the_keys_of_a_board(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), cast.board.path)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("c")
    happened = page.locator("#record [name=happened]")
    expect(happened).to_be_focused()
    page.keyboard.type("c is a letter here, and so are ? and / and j")
    expect(happened).to_have_value("c is a letter here, and so are ? and / and j")
    page.keyboard.press("Escape")
    expect(happened).to_have_count(0)
    expect(page.locator(f"#experiment-{cast.board.running} a[href$='/conclusion']")).to_be_focused()


def test_rows_are_walked_and_opened_with_the_keys(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), "/boards")
    rows = page.locator("[data-row]")
    assert rows.count() > 2
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    expect(rows.nth(1)).to_be_focused()
    wanted = rows.nth(1).locator("a[href]").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")
    page.go_back()
    expect(page).to_have_url(re.compile("/boards$"))
    page.go_forward()
    expect(page).to_have_url(re.compile(f"{wanted}$"))


def test_the_experiments_of_a_board_are_walked_with_the_same_keys(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), f"/experiments/{cast.board.running}")
    page.keyboard.press("k")
    page.wait_for_url(f"**/experiments/{cast.board.concluded}")
    ready(page)
    page.keyboard.press("j")
    page.wait_for_url(f"**/experiments/{cast.board.running}")
    ready(page)
    page.keyboard.press("j")  # the newest leads nowhere: the key is the row's again
    expect(page.locator("[data-row]")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(f"/experiments/{cast.board.concluded}$"))


def test_the_command_box_goes_anywhere(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), "/teams")
    for opener, words, where in (
        ("/", "granting", cast.board.path),
        ("Control+k", "eve", f"/people/{cast['eve'].id}"),
        ("/", "invoices", "/teams/invoices"),
        ("/", "settings", "/settings"),
    ):
        page.keyboard.press(opener)
        # In one go: Enter takes the first result only when the results are those of the whole text.
        page.keyboard.insert_text(words)
        expect(page.locator("#go-results a").first).to_have_attribute("href", where)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{where}")
        ready(page)


def test_a_link_leads_to_the_very_experiment(cast: Cast, page_of: PageOf) -> None:
    page = page_of("gus", viewport={"width": 360, "height": 740})
    visit(page, f"{cast.board.path}#experiment-{cast.board.concluded}")
    expect(page.locator(f"#experiment-{cast.board.concluded}")).to_be_in_viewport()
    page.locator(f"#experiment-{cast.board.concluded} h3 a").click()
    page.wait_for_url(f"**/experiments/{cast.board.concluded}")
    page.go_back()
    expect(page.locator(f"#experiment-{cast.board.concluded}")).to_be_in_viewport()


def test_a_link_to_the_very_experiment_survives_signing_in(cast: Cast, open_context: OpenContext) -> None:
    page = open_context().new_page()
    page.goto(f"/experiments/{cast.board.concluded}")
    page.fill("[name=email]", cast["gus"].email)
    page.fill("[name=password]", "practice-every-day")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/experiments/{cast.board.concluded}")


def test_an_editor_can_be_left_and_the_page_can_be_reloaded(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), cast.board.path)
    page.locator("#challenge a[href$='/challenge/edit']").click()
    expect(page.locator("#challenge [name=statement]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#challenge [name=statement]")).to_have_count(0)
    expect(page.locator("#challenge a[href$='/challenge/edit']")).to_be_focused()
    page.reload()
    expect(page.locator("#challenge .saying")).to_be_visible()


def test_the_past_of_a_board_has_an_address_and_no_editors(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), f"{cast.board.path}?on=2026-05-20")
    expect(page.locator(".timeline")).to_contain_text("20 May 2026")
    expect(page.locator("#board form, #board a[href$='/edit']")).to_have_count(0)
    page.get_by_role("link", name="A day before").click()
    expect(page).to_have_url(re.compile("on=2026-05-19"))
    page.go_back()
    expect(page).to_have_url(re.compile("on=2026-05-20"))
    page.get_by_role("link", name="Back to today").click()
    expect(page).to_have_url(re.compile(f"{cast.board.path}$"))
