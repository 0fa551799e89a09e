"""Mails as a mail program shows them, and the way from choosing a day to seeing what would come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from kata import clock
from kata.extensions import only_reading
from kata.notifications.mails import letter as digest_letter
from kata.notifications.queries import readers
from kata.notifications.queries.happenings import Span
from kata.notifications.rounds import made_for
from kata.outbox.letters import letter
from kata.teams.queries import viewer_of
from tests.browser.conftest import OpenContext, PageOf, violations
from tests.browser.hands import visit
from tests.browser.test_nothing_wrong_to_look_at import SIDEWAYS
from tests.cast import Cast


def _digest(app: Flask, person_id: int) -> str:
    with app.app_context(), only_reading():
        row = readers.reader(person_id)
        assert row is not None
        made = made_for(viewer_of(row), Span(clock.now() - timedelta(days=28), clock.now()), {})
        return digest_letter(made, readers.wish_of(row)).html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_mail_is_accessible_and_fits_a_phone(theme: str, app: Flask, cast: Cast, open_context: OpenContext) -> None:
    with app.app_context(), only_reading():
        short = letter("A subject", ["A sentence.", "w" * 200], "/link/abcde", "Sign in").html
    page = open_context(color_scheme=theme).new_page()
    for name, html in {**{name: _digest(app, cast[name].id) for name in ("ana", "ben", "dev")}, "short": short}.items():
        for width in (360, 820):
            page.set_viewport_size({"width": width, "height": 800})
            page.set_content(html)
            assert page.evaluate(SIDEWAYS) <= 0, f"{name} at {width} px"
        assert violations(page) == [], name


def test_a_day_is_chosen_and_the_next_one_looked_at(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana"), "/settings")
    page.get_by_role("link", name="When it comes").click()
    page.get_by_label("Day of the week").select_option(label="Friday")
    page.get_by_label("Hour", exact=True).select_option(label="16:00")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#mail")).to_contain_text("It comes every Friday at 16:00 (Europe, London)")
    page.get_by_role("link", name="Show me the next one").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What changed since")
    page.get_by_role("link", name="What happened?").first.click()
    expect(page.locator("[name=happened]")).to_be_visible()
