"""What was learned, in a browser: tried before below what is being written, and the search by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf, in_both_themes
from tests.browser.hands import DESK, PHONE, visit
from tests.cast import Cast

LIKE_ANAS = "Ask the two approvers to look twice a day"


@pytest.fixture
def asked() -> list[str]:
    """The addresses that were asked for what was tried before."""
    return []


def writing(page: Page, cast: Cast, asked: list[str]) -> Page:
    """Eve's board with the editor of an obstacle open."""
    page.on("request", lambda each: asked.append(each.url) if "/learning/tried.json" in each.url else None)
    visit(page, cast.other.path)
    page.locator("#obstacle-new a").click()
    expect(page.locator("#obstacle-new [name=text]")).to_be_focused()
    return page


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["wide", "phone"])
def test_what_was_tried_before_comes_quietly_and_goes(
    cast: Cast, page_of: PageOf, asked: list[str], options: dict[str, object]
) -> None:
    page = writing(page_of("eve", new=True, **options), cast, asked)
    page.keyboard.type(LIKE_ANAS)
    shown = page.locator("#obstacle-new .tried")
    expect(shown).to_contain_text("Being asked once is enough.")
    expect(shown.get_by_role("link", name="Ana Novak").first).to_be_visible()
    expect(page.locator("#obstacle-new [name=text]")).to_be_focused()
    assert len(asked) == 1, "one question a pause, not one a key"
    assert in_both_themes(page) == []
    shown.get_by_role("button").press("Enter")
    expect(shown).to_have_count(0)
    expect(page.locator("#obstacle-new [name=text]")).to_be_focused()
    page.keyboard.type(" and write it down")
    page.wait_for_timeout(1600)
    assert len(asked) == 1, "whoever closed it has their peace"


def test_nothing_is_asked_below_three_words(cast: Cast, page_of: PageOf, asked: list[str]) -> None:
    page = writing(page_of("eve", new=True, **DESK), cast, asked)
    page.keyboard.type("Approvers look")
    page.wait_for_timeout(1600)
    assert asked == []


def test_it_stands_in_nobodys_way_where_no_answer_comes(cast: Cast, page_of: PageOf, asked: list[str]) -> None:
    page = writing(page_of("eve", new=True, **DESK), cast, asked)
    page.route("**/learning/tried.json*", lambda route: route.abort())
    page.keyboard.type(LIKE_ANAS)
    page.wait_for_timeout(1600)
    page.keyboard.press("Enter")
    expect(page.locator("#obstacles")).to_contain_text(LIKE_ANAS)


def test_from_the_command_box_to_what_was_learned(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("eve", **DESK), "/")
    page.locator("main").evaluate("main => main.focus()")
    page.keyboard.press("/")
    expect(page.locator("#go")).to_be_visible()
    page.keyboard.type("asked enough")
    found = page.locator("#go-results").get_by_role("link", name="Search everything learned for “asked enough”")
    expect(found).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/learning?q=asked%20enough")
    expect(page.locator(".found-one mark").first).to_be_visible()
    page.locator(".found-one h3 a").first.press("Enter")
    page.wait_for_url("**/experiments/*")


PATHS = (
    "/learning?q=approvers+noon",
    "/learning?kind=obstacle&area=northfield&team=access-requests&measure=1&moment=1",
    "/learning?q=nothing+of+the+kind",
    "/teams/access-requests/history",
    "/teams/access-requests/history?kind=cycle&since=2030-01-01",
)


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["wide", "phone"])
def test_pages_are_accessible_and_fit_in_both_themes(cast: Cast, page_of: PageOf, options: dict[str, object]) -> None:
    page = page_of("ana", **options)
    for path in PATHS:
        assert in_both_themes(visit(page, path)) == []
        assert page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth") == 0
