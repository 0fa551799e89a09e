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
    expect(page.locator("#obstacles")).to_contain_text("And a third one")


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
