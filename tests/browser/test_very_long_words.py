"""Whatever people write, nothing leaves its sheet and no page scrolls sideways."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from kata.extensions import db
from tests.browser.conftest import PageOf
from tests.browser.hands import visit
from tests.browser.long_words import LONG, fill
from tests.cast import Cast

WIDTHS = (360, 820, 1440)
BOXES = ".sheet, .card, .obstacle, .due-card, .process > li, .expected, .happened, .row"
#: What stands out of its box, or the page out of the screen; what lies out of sight on purpose is left out.
OUTSIDE = """boxes => {
    const page = document.scrollingElement, found = [];
    if (page.scrollWidth > page.clientWidth) found.push(`the page, by ${page.scrollWidth - page.clientWidth} px`);
    for (const each of document.querySelectorAll('main *')) {
        const box = each.parentElement.closest(boxes), own = each.getBoundingClientRect();
        if (!box || !own.height || each.closest('.visually-hidden, svg, [hidden], .entries, .scroll')) continue;
        const outer = box.getBoundingClientRect();
        if (own.right > outer.right + 2 || own.left < outer.left - 2) found.push(`${each.tagName}.${each.className}`);
    }
    return [...new Set(found)];
}"""


def _outside(page: Page, path: str) -> list[str]:
    visit(page, path)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{path} at {width}: {each}" for each in page.evaluate(OUTSIDE, BOXES)]
    return found


@pytest.mark.parametrize("words", LONG)
def test_nothing_leaves_its_sheet(words: str, app: Flask, cast: Cast, page_of: PageOf) -> None:
    with app.app_context():
        fill(cast, LONG[words])
        db.session.commit()
    page, board = page_of("ana"), cast.board.path
    paths = ("/", "/boards", board, f"{board}/wall", f"{board}/print", f"{board}/history", f"{board}/record?before=60")
    assert [line for path in paths for line in _outside(page, path)] == []
