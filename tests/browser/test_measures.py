"""A measure by keyboard alone: a reading entered, the points walked, a sheet pasted, a point's address followed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from kata.extensions import db
from kata.measures import actions, queries
from kata.measures.actions import Given
from kata.measures.models import Reading
from tests.browser.conftest import Look, PageOf
from tests.browser.hands import DESK, PHONE, ready, saved, visit, write
from tests.cast import TODAY, Cast

FIRST = TODAY - timedelta(days=100)


@pytest.fixture
def measure(app: Flask, cast: Cast) -> str:
    """A measure with a hundred days of readings that ended yesterday."""
    with app.app_context():
        made = actions.create(
            cast.teams["access"], name="Hours to the answer", better="down", kind="outcome", unit="h", target=9.0,
            by=cast["ana"].id,
        )  # fmt: skip
        given = [Given(FIRST + timedelta(days=n), 12.0 + n * 7 % 5) for n in range(100)]
        actions.save(made, given, seen=actions.compare(made, given).fingerprint, by=cast["ana"].id)
        db.session.commit()
        return f"/measures/{made.id}"


def readout(page: Page) -> str:
    return page.locator("[data-readout]").inner_text()


def test_a_reading_is_entered_and_the_points_are_walked_by_keyboard_alone(
    page_of: PageOf, measure: str, expect_accessible: Look
) -> None:
    page = visit(page_of("ana", **DESK), measure)
    page.keyboard.press("c")
    expect(page.locator('[name="value"]')).to_be_focused()
    page.keyboard.type("40")
    write(page, "note", "Two approvers away")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator(".chart-sentence")).to_contain_text("for the worse")
    expect(page.locator(".chart-events")).to_contain_text("Two approvers away")
    expect(page.locator("#reading-lines tr").first).to_contain_text("Two approvers away")
    expect(page.locator("#reading-lines tr")).to_have_count(21)
    page.locator(".chart-reach").focus()
    expect(page.locator("[data-readout]")).to_contain_text("3 June 2026")
    assert "40" in readout(page)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-readout]")).to_contain_text("2 June 2026")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-readout]")).to_contain_text("above the expected range")
    page.wait_for_url("**#point-2026-06-03")
    expect_accessible(page)


def test_the_address_of_a_point_shows_it_when_the_newest_have_moved_on(page_of: PageOf, measure: str) -> None:
    page = page_of("ana", **DESK)
    page.goto(f"{measure}#point-{FIRST}")
    page.wait_for_url(f"**{measure}?point={FIRST}#point-{FIRST}")
    ready(page)
    expect(page.locator("[data-readout]")).to_contain_text("23 February 2026")


def test_cells_of_a_spreadsheet_fill_the_grid_and_are_saved_together(
    page_of: PageOf, measure: str, expect_accessible: Look
) -> None:
    page = visit(page_of("ana", **DESK), f"{measure}/readings/edit")
    last = page.locator("[data-line]").count() - 4  # today's row, with three spare ones after it
    field = page.locator(f'[name="readings-{last}-day"]')
    field.focus()
    page.evaluate(
        """([field, text]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            field.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
        }""",
        [field.element_handle(), "2026-06-03\t11\tWhy\n2025-12-01\t9\n2025-12-02\tmany"],
    )
    expect_accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".problems")).to_contain_text(f"Row {last + 3}, Value: That is not a number.")
    write(page, f"readings-{last + 2}-value", "")
    page.keyboard.press("Control+A")
    page.keyboard.type("8")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{measure}")
    expect(page.locator("#toast")).to_contain_text("3 readings added.")


def test_a_phase_is_started_in_place_and_taken_back(page_of: PageOf, measure: str) -> None:
    page = visit(page_of("ana", **DESK), measure)
    page.locator(f'a[href="{measure}/phases/new"]').press("Enter")
    expect(page.locator('[name="reason"]')).to_be_focused()
    page.keyboard.type("The form names the system")
    page.locator('[name="starts_on"]').fill(str(TODAY - timedelta(days=30)))
    page.keyboard.press("Control+Enter")
    saved(page)
    expect(page.locator(".chart-events")).to_contain_text("The form names the system")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("#toast")).to_contain_text("The limits are drawn as before.")
    expect(page.locator(".chart-events")).to_have_count(0)


def test_a_note_is_written_in_its_row_on_a_phone_without_scripts_too(page_of: PageOf, measure: str) -> None:
    page = page_of("ana", **PHONE, java_script_enabled=False)
    page.goto(measure)
    page.locator("#measure-readings .row-tools a").first.click()
    page.locator('form[action*="/note"] [name="note"]').fill("The day after the holiday")
    page.locator('form[action*="/note"] button[type="submit"]').click()
    expect(page.locator("#measure-readings")).to_contain_text("The day after the holiday")


@pytest.mark.parametrize(("screen", "folded"), [(PHONE, True), (DESK, False)], ids=["phone", "wide"])
def test_a_long_story_leaves_the_form_within_reach(
    screen: dict[str, Any], folded: bool, app: Flask, cast: Cast, page_of: PageOf, measure: str, expect_accessible: Look
) -> None:
    with app.app_context():
        days = [FIRST + timedelta(days=60 + 3 * n) for n in range(12)]
        for number in db.session.scalars(sa.select(Reading.id).where(Reading.day.in_(days))).all():
            reading = queries.reading(cast.viewer("ana"), lock=False, reading_id=number)
            assert reading is not None
            note = "Nobody knew who decides, and each of us asked somebody else"
            actions.annotate(reading, reading.version, note=note, by=cast["ana"].id)
        db.session.commit()
    page = visit(page_of("ana", **screen), measure)
    story = page.locator(".chart-events")
    expect(story).to_be_hidden() if folded else expect(story).to_be_visible()
    form = page.locator("#reading-new").bounding_box()
    assert form is not None
    assert form["y"] < 2 * screen["viewport"]["height"]
    expect_accessible(page)
    page.locator(".measure-head .actions a").click()
    expect(page.locator('[name="value"]')).to_be_focused()
    expect(page.locator('[name="value"]')).to_be_in_viewport()
    if folded:
        page.locator(".chart-story > summary").click()
        expect(story).to_be_visible()
