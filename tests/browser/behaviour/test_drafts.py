"""Never lose a word: what was typed comes back, and goes when the server has it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.behaviour.harness import Site, drafts, visit


def test_a_draft_survives_a_closed_tab(page: Page, context: BrowserContext) -> None:
    visit(page, "/note").get_by_label("Text").fill("Half a thought")
    page.get_by_label("Done").check()
    page.get_by_label("Secret").fill("never kept")
    page.close()
    again = visit(context.new_page(), "/note")
    expect(again.get_by_label("Text")).to_have_value("Half a thought")
    expect(again.get_by_label("Done")).to_be_checked()
    expect(again.get_by_text("Your unsaved text from")).to_be_visible()
    expect(again.locator("[data-draft-at]")).to_have_text(re.compile(r"\d+:\d\d"))
    expect(again.get_by_label("Secret")).to_have_value("")
    assert "never kept" not in drafts(again)


def test_a_draft_goes_when_the_server_has_saved_it(page: Page) -> None:
    visit(page, "/note").get_by_label("Text").fill("A whole thought")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    expect(page.get_by_label("Text")).to_have_value("")
    assert "thought" not in drafts(page)


def test_a_draft_goes_when_a_plain_form_was_saved(page: Page) -> None:
    page.route("**/htmx.min.js", lambda route: route.abort())
    visit(page, "/note").get_by_label("Text").fill("A whole thought")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/note?saved=1")
    expect(page.get_by_label("Text")).to_have_value("")
    assert "thought" not in drafts(page)


def test_a_draft_is_restored_only_into_untouched_fields(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("Mine")
    page.get_by_label("Title").fill("My title")
    page.wait_for_timeout(400)
    site.note["title"] = "Somebody's title"
    visit(page, "/note")
    expect(page.get_by_label("Text")).to_have_value("Mine")
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { document.querySelector('#text').value = 'Earlier'; })"
    )
    visit(page, "/note")
    expect(page.get_by_label("Title")).to_have_value("My title")
    expect(page.get_by_label("Text")).to_have_value("Earlier")


def test_a_restored_draft_carries_the_version_it_was_typed_on(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("On version 1")
    page.wait_for_timeout(400)
    site.note = {"title": "First", "text": "Somebody's", "version": "2"}
    visit(page, "/note").get_by_role("button", name="Save").click()
    expect(page.locator("form[data-conflict]")).to_have_count(1)
    assert site.last()["version"] == "1"
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    assert (site.last()["version"], site.last()["text"]) == ("2", "On version 1")


def test_typed_text_keeps_its_version_when_the_part_around_it_is_replaced(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("On version 1")
    site.note = {"title": "First", "text": "Somebody's", "version": "2"}
    with page.expect_response("**/again"):
        page.get_by_role("link", name="Again").click()
    expect(page.get_by_label("Text")).to_have_value("On version 1")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("form[data-conflict]")).to_have_count(1)


def test_a_discarded_draft_can_be_brought_back(page: Page) -> None:
    visit(page, "/note").get_by_label("Text").fill("Think twice")
    page.wait_for_timeout(400)
    visit(page, "/note").get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Text")).to_have_value("")
    assert "twice" not in drafts(page)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("Text")).to_have_value("Think twice")


def test_a_closed_editor_says_that_unsaved_text_waits(page: Page) -> None:
    visit(page, "/panel").get_by_role("link", name="Edit").click()
    page.get_by_label("Panel text").fill("Not finished")
    page.keyboard.press("Escape")
    link = page.get_by_role("link", name="Edit")
    expect(link).to_have_attribute("data-unsaved", re.compile("Unsaved text from"))
    visit(page, "/panel")
    expect(link).to_have_attribute("data-unsaved", re.compile("Unsaved text from"))
    link.click()
    expect(page.get_by_label("Panel text")).to_have_value("Not finished")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Not finished")).to_be_visible()
    expect(link).not_to_have_attribute("data-unsaved", re.compile("."))


def test_text_typed_while_a_save_is_under_way_is_kept(page: Page) -> None:
    visit(page, "/note")
    page.route("**/note", lambda route: (page.wait_for_timeout(300), route.continue_())[1])
    page.get_by_label("Text").fill("Sent")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Text").fill("Typed meanwhile")
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    expect(page.get_by_label("Text")).to_have_value("Typed meanwhile")
    assert "Typed meanwhile" in drafts(page)


@pytest.mark.parametrize("storage", ["blocked", "full"])
def test_without_storage_all_works_and_leaving_warns(page: Page, storage: str) -> None:
    block = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    page.add_init_script(block if storage == "blocked" else full)
    visit(page, "/note").get_by_label("Text").click()
    page.keyboard.type("Would be lost")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto("/items")
    assert asked == ["beforeunload"]


def test_leaving_does_not_warn_when_the_draft_is_kept(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    visit(page, "/note").get_by_label("Text").click()
    page.keyboard.type("Is kept")
    page.goto("/items")
    assert not asked


def test_a_discarded_draft_takes_its_version_along(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("On version 1")
    page.wait_for_timeout(400)
    site.note["version"] = "2"
    visit(page, "/note").get_by_role("button", name="Discard").click()
    page.get_by_label("Text").fill("On version 2")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    assert site.last()["version"] == "2"
