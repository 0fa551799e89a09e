"""Anonymising somebody in a browser: where they are named is seen first, then the name is typed, by keyboard alone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect

from kata.extensions import db
from kata.storyboards.models import Obstacle
from tests.browser.conftest import PageOf, in_both_themes
from tests.browser.hands import DESK, PHONE, visit
from tests.cast import Cast


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["wide", "phone"])
def test_an_administrator_looks_confirms_and_the_name_is_gone(
    app: Flask, cast: Cast, page_of: PageOf, options: dict[str, object]
) -> None:
    with app.app_context():
        for row in db.session.scalars(sa.select(Obstacle).where(Obstacle.board_id == cast.board.id)):
            row.text = "Ana Novak decides alone, and Ana is away. " * 3
        db.session.commit()
    page = visit(page_of("root", **options), f"/admin/people/{cast['ana'].id}/anonymity")
    assert in_both_themes(page) == []
    expect(page.locator("mark").first).to_have_text("Ana Novak")
    expect(page.get_by_label("Ana Novak", exact=True)).to_be_checked()
    page.get_by_label("Ana", exact=True).focus()
    page.keyboard.press("Space")
    name = page.get_by_label("To confirm, type")
    name.focus()
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is not the name.")).to_be_visible()
    expect(page.get_by_label("Ana", exact=True)).to_be_checked()
    page.get_by_label("To confirm, type").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Ana Novak")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Former")
    expect(page.locator("#toast")).to_contain_text("The name is gone for good")
    visit(page, cast.board.path)
    expect(page.locator("body")).not_to_contain_text("Novak")
    expect(page.locator("body")).to_contain_text("[name] decides alone, and [name] is away.")
