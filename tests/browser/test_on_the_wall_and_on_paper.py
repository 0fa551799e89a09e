"""The board where nobody touches it: a screen on the wall that keeps itself up to date, and one sheet of A3."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from kata.extensions import db
from tests import growth
from tests.browser.conftest import PageOf
from tests.browser.hands import visit
from tests.browser.long_words import LONG, fill
from tests.cast import Cast
from tests.conftest import SignIn

#: A3 lying, in points.
A3 = (1190.55, 841.89)


def test_the_wall_shows_what_was_written_meanwhile(cast: Cast, page_of: PageOf, as_: SignIn) -> None:
    page = page_of("ben", viewport={"width": 1920, "height": 1080})

    def hurry(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'data-every="\d+"', 'data-every="0.3"', answer.text()))

    page.route("**/wall*", hurry)
    visit(page, f"{cast.board.path}/wall")
    expect(page.locator("nav, .rail, #record form")).to_have_count(0)
    gus = as_("gus")
    gus.fill_in(f"{cast.board.path}/obstacles/new", f"{cast.board.path}/obstacles", text="The list has two owners")
    expect(page.locator("#obstacles")).to_contain_text("The list has two owners")
    gus.fill_in(f"{cast.board.path}/obstacles/new", f"{cast.board.path}/obstacles", text="And a third one")
    expect(page.locator("#obstacles header")).to_contain_text("+1 more waiting")


def _sheets(page: Page) -> list[tuple[float, float]]:
    """The sizes of a printed document's pages."""
    document = page.pdf(prefer_css_page_size=True)
    count = len(re.findall(rb"/Type\s*/Page\b(?!s)", document))
    sizes = [tuple(map(float, box)) for box in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document)]
    assert len(sizes) == count
    return sizes


@pytest.mark.parametrize("many", [0, 60], ids=["few experiments", "many"])
def test_a_board_is_one_sheet_of_a3(many: int, app: Flask, cast: Cast, page_of: PageOf) -> None:
    if many:
        with app.app_context():
            growth.experiments(cast.board, cast, many)
            db.session.commit()
    page = visit(page_of("ana"), f"{cast.board.path}/print")
    (sheet,) = _sheets(page)
    assert sheet == pytest.approx(A3, abs=1)


@pytest.fixture(params=LONG)
def crowded(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> None:
    with app.app_context():
        fill(cast, LONG[request.param])
        db.session.commit()


def _beyond(page: Page, wanted: str, around: str) -> list[str]:
    """Which of the elements are not whole inside the one that holds them."""
    found: list[str] = page.evaluate(
        """([wanted, around]) => [...document.querySelectorAll(wanted)].filter(each => {
            const inner = each.getBoundingClientRect(), outer = document.querySelector(around).getBoundingClientRect();
            return !inner.height || inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1;
        }).map(each => each.outerHTML.slice(0, 80))""",
        [wanted, around],
    )
    return found


@pytest.mark.usefixtures("crowded")
def test_a_wall_always_shows_what_matters_most(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), f"{cast.board.path}/wall")
    most = "#obstacles [data-state=focus], #obstacles [data-state=waiting], #obstacles header p, #challenge, #target"
    for width, height in ((1920, 1080), (3840, 2160), (1080, 1920)):
        page.set_viewport_size({"width": width, "height": height})
        assert _beyond(page, most, "body") == []
        assert _beyond(page, "#record article:first-child", "#record") == []
        assert page.evaluate("document.scrollingElement.scrollHeight - innerHeight") <= 0
    expect(page.locator("#obstacles [data-state=waiting]")).to_have_count(3)
    expect(page.locator("#obstacles header")).to_contain_text("+13 more waiting")
    expect(page.locator("#process header")).to_contain_text("+7 more steps")
    expect(page.locator("#record > header")).to_contain_text("the newest of 64")


@pytest.mark.usefixtures("crowded")
def test_paper_holds_the_longest_board_and_says_where_the_rest_is(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), f"{cast.board.path}/print")
    assert len(_sheets(page)) == 1
    expect(page.locator("#record .earlier")).to_contain_text(
        re.compile(rf"of 64 in all: see the board at http://\S+{cast.board.path}$")
    )
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1527, "height": 1062})  # the sheet between its margins
    assert _beyond(page, "#obstacles > *, #record article:first-child, .earlier", ".a3") == []
