"""The tree of challenges by keyboard, on a phone, on paper, and from the tree to the board and back."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from kata.extensions import db
from kata.storyboards.models import Challenge
from tests.browser.conftest import PageOf, violations
from tests.browser.hands import DESK, PHONE, press, visit
from tests.cast import Cast


@pytest.fixture
def middle(app: Flask, cast: Cast) -> int:
    """A challenge of the services, which serves that of the house, and which ana's board serves."""
    with app.app_context():
        row = Challenge(
            area_id=cast.areas["services"], statement="Nobody waits for a person", serves_id=cast.area_challenge
        )
        db.session.add(row)
        db.session.flush()
        db.session.get_one(Challenge, cast.board.challenge).serves_id = row.id
        db.session.commit()
        return row.id


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["wide", "phone"])
def test_levels_open_and_close_by_keyboard_and_the_address_keeps_them(
    cast: Cast, page_of: PageOf, middle: int, screen: dict[str, object]
) -> None:
    page = visit(page_of("fay", **screen), "/challenges")
    board = page.get_by_role("link", name="Granting access")
    expect(board).to_have_count(0)
    press(page, f"#challenge-{middle} .toggle")
    expect(board).to_be_visible()
    assert f"open={middle}" in page.url
    assert violations(page) == []
    page.reload()
    expect(board).to_be_visible()
    expect(page.locator("li.given li.given li.serving")).to_have_count(1)
    press(page, f"#challenge-{middle} .toggle")
    expect(board).to_have_count(0)


def test_from_the_tree_to_the_board_and_up_again(cast: Cast, page_of: PageOf, middle: int) -> None:
    page = visit(page_of("fay", **PHONE), f"/challenges?open={middle}")
    page.get_by_role("link", name="Granting access").click()
    page.locator("#challenge").get_by_role("link", name="Nobody waits for a person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Challenges of IT services")
    page.get_by_role("link", name="Whoever needs something from us").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Challenges of Northfield")


def test_on_paper_the_tree_alone_is_left(cast: Cast, page_of: PageOf, middle: int) -> None:
    page = visit(page_of("dev", **DESK), f"/challenges?open={middle}")
    page.emulate_media(media="print")
    expect(page.locator("#below")).to_be_hidden()
    expect(page.locator(".toggle").first).to_be_hidden()
    expect(page.get_by_text("Half of the requests")).to_be_visible()
