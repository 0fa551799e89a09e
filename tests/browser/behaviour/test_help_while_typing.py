"""What makes typing lighter: hints, numbers, rows, photos, undo, and a wall that follows."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.behaviour.harness import Site, visit


def test_hints_show_and_stay_away_once_dismissed(page: Page) -> None:
    visit(page, "/words").get_by_label("Target").click()
    page.keyboard.type("No lack of staff")
    expect(page.locator(".hints li")).to_have_count(2)
    page.get_by_role("button", name="Hide this hint: Says what is missing.").click()
    expect(page.locator(".hints li")).to_have_text(re.compile("Has no number."))
    expect(page.get_by_label("Target")).to_be_focused()
    page.keyboard.type(" 10")
    expect(page.locator(".hints li")).to_have_count(0)
    visit(page, "/words").get_by_label("Target").fill("lack of 3 things")
    page.wait_for_timeout(800)
    expect(page.locator(".hints li")).to_have_count(0)


def test_a_number_steps_with_buttons_arrows_and_a_comma(page: Page) -> None:
    visit(page, "/words").get_by_role("button", name="more").click()
    field = page.get_by_label("Minutes")
    expect(field).to_have_value("2,0")
    field.press("ArrowUp")
    expect(field).to_have_value("2,5")
    for _ in range(7):
        page.get_by_role("button", name="less").click()
    expect(field).to_have_value("0,0")


def test_a_link_is_copied_and_the_page_says_so(page: Page, context: BrowserContext, site: Site) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, "/words").get_by_role("button", name="Copy link").click()
    expect(page.locator("#saved")).to_have_text("Address copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == f"{site.address}/words#w"


def test_rows_grow_with_enter_and_spare_ones_hide(page: Page) -> None:
    visit(page, "/steps")
    expect(page.locator("[data-line]:visible")).to_have_count(2)
    page.get_by_label("Step 1").fill("Pack")
    for _ in range(4):
        page.keyboard.press("Enter")
    expect(page.get_by_label("Step 5")).to_be_focused()
    expect(page.locator("[name=steps-5-name]")).to_have_count(1)


def test_rows_move_and_go_and_come_back(page: Page, site: Site) -> None:
    visit(page, "/steps").get_by_label("Step 1").fill("Pack")
    page.locator("[data-line]").nth(1).get_by_role("button", name="Up").click()
    expect(page.get_by_label("Step 0")).to_have_value("Pack")
    expect(page.locator("[data-line]").nth(0).get_by_role("button", name="Up")).to_be_focused()
    page.get_by_role("button", name="Remove 0").click()
    expect(page.get_by_label("Step 0")).to_have_value("Pick")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Step 0")).to_have_value("Pack")
    page.get_by_role("button", name="Save steps").click()
    page.wait_for_load_state()
    assert (site.last()["steps-0-name"], site.last()["steps-1-name"]) == ("Pack", "Pick")


def test_a_pasted_sheet_fills_rows_and_the_draft_brings_them_all_back(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, "/steps").evaluate("() => navigator.clipboard.writeText('A\\t1\\nB\\t2\\nC\\t3\\nD\\t4\\nE\\t5\\n')")
    page.get_by_label("Step 1").click()
    page.keyboard.press("Control+v")
    expect(page.get_by_label("Step 5")).to_have_value("E")
    expect(page.get_by_label("Time 4")).to_have_value("4")
    page.wait_for_timeout(400)
    visit(page, "/steps")
    expect(page.get_by_label("Step 5")).to_have_value("E")
    expect(page.get_by_label("Step 0")).to_have_value("Pick")


def test_a_large_photo_is_made_smaller_before_it_is_sent(page: Page, site: Site) -> None:
    shot = io.BytesIO()
    Image.effect_noise((3000, 1500), 60).save(shot, "JPEG", quality=95)
    visit(page, "/photos")
    photo = {"name": "board.jpeg", "mimeType": "image/jpeg", "buffer": shot.getvalue()}
    page.get_by_label("Photos").set_input_files([photo])
    expect(page.locator("[data-photos-for] li")).to_have_count(1)
    page.get_by_label("Photos").set_input_files([{"name": "odd.heic", "mimeType": "image/heic", "buffer": b"not read"}])
    expect(page.locator("[data-photos-for] li")).to_have_count(2)
    page.get_by_role("button", name="Send").click()
    page.wait_for_load_state()
    (first, kind, size), (second, _, original) = site.last()["sizes"]
    assert (first, kind, second, original) == ("board.jpg", "image/jpeg", "odd.heic", 8)
    assert size < len(photo["buffer"])


def test_an_undo_stays_ten_seconds_and_while_it_has_the_focus(page: Page) -> None:
    page.clock.install()
    visit(page, "/undo")
    undo = page.get_by_role("button", name="Undo")
    page.clock.run_for(10_500)
    expect(undo).to_be_visible()
    undo.focus()
    page.clock.run_for(30_000)
    expect(undo).to_be_visible()
    undo.blur()
    page.clock.run_for(3_000)
    expect(undo).to_have_count(0)


@pytest.mark.parametrize("address", ["/wall", "/wall-whole"])
def test_a_wall_follows_what_changes(page: Page, site: Site, address: str) -> None:
    visit(page, address)
    expect(page.locator("#board")).to_have_text("Quiet")
    for count, words in enumerate(["Changed", "Changed again"], start=1):
        site.wall, site.seen = words, count
        expect(page.locator("#board")).to_have_text(words)
    expect(page.locator("body[data-unreached]")).to_have_count(0)


def test_a_wall_that_cannot_reach_the_server_says_so_quietly(page: Page, context: BrowserContext) -> None:
    visit(page, "/wall")
    context.set_offline(True)
    expect(page.locator("body[data-unreached]")).to_have_count(1)
    expect(page.locator("#problem")).to_be_empty()
    context.set_offline(False)
    expect(page.locator("body[data-unreached]")).to_have_count(0)
