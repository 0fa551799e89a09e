"""A barrier from the obstacle to the answer, as a team and its leader do it, by keyboard and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageOf, in_both_themes
from tests.browser.hands import DESK, PHONE, expect_focus_kept, press, visit, write
from tests.cast import Cast
from tests.cast_barriers import HIDDEN_WORDS, WORDS


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["wide", "phone"])
def test_a_leader_answers_in_place_on_today(cast: Cast, page_of: PageOf, screen: dict[str, object]) -> None:
    page = visit(page_of("dev", **screen), "/")
    section = page.locator("#barriers-today")
    expect(section.locator("li")).to_have_count(2)
    assert in_both_themes(page) == []
    press(page, f"#barrier-{cast.raised.board}-work a[href$='/answer']")
    expect(page.get_by_role("radio").first).to_be_focused()
    assert in_both_themes(page) == []
    page.get_by_label("It cannot be removed, and why").check()
    press(page, "#barriers-today button[type=submit]")
    expect(section.get_by_text("Say why it cannot be removed")).to_be_visible()
    write(page, "words", "The vendor says no.")
    press(page, "#barriers-today button[type=submit]")
    expect(section.locator("li")).to_have_count(1)
    expect(section.get_by_role("link", name=HIDDEN_WORDS, exact=True)).to_be_visible()
    expect(section.get_by_role("link", name=WORDS, exact=True)).to_have_count(0)
    expect_focus_kept(page)


def test_a_cancelled_answer_leaves_the_two_ways(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("dev", **PHONE), "/")
    press(page, f"#barrier-{cast.raised.board}-work a[href$='/passing']")
    expect(page.get_by_label("Why can it not be answered here?")).to_be_focused()
    page.get_by_role("link", name="Cancel").click()
    work = page.locator(f"#barrier-{cast.raised.board}-work")
    expect(work.get_by_role("link", name="Answer")).to_be_visible()
    expect(work.locator("form")).to_have_count(0)


def test_from_the_obstacle_to_the_barrier_and_back(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana", **PHONE), cast.board.path)
    page.locator(f"#obstacle-{cast.board.waiting_too}").get_by_role("link", name="Raise it as a barrier").click()
    page.get_by_label("policy").check()
    page.get_by_label("What does it cost the customer?").fill("Three days.")
    page.get_by_role("button", name="Raise it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No rule says who decides")
    page.get_by_role("link", name="No rule says who decides").click()
    shown = page.locator(f"#obstacle-{cast.board.waiting_too}")
    expect(shown.get_by_text(f"Waiting since today for {cast['dev'].name}")).to_be_visible()


def test_a_draft_comes_back_when_the_tab_was_closed(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana", **DESK), f"/obstacles/{cast.board.waiting_too}/barrier")
    page.get_by_label("What does it cost the customer?").fill("Nine people wait.")
    page.wait_for_timeout(600)
    visit(page, "/boards")
    visit(page, f"/obstacles/{cast.board.waiting_too}/barrier")
    expect(page.get_by_label("What does it cost the customer?")).to_have_value("Nine people wait.")
