"""From an experiment that expects a number of the customer's measure to both numbers on the chart, on both pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from kata.extensions import db
from tests.browser.conftest import Look, PageOf
from tests.browser.hands import DESK, PHONE, ready, saved, visit
from tests.cast import TODAY, Cast
from tests.storyboards.shift import show_a_shift


def _fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"#record [name={name}]").fill(text)
    page.keyboard.press("Control+Enter")
    saved(page)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["wide", "phone"])
def test_what_was_expected_stands_beside_what_happened(
    screen: dict[str, object], app: Flask, cast: Cast, page_of: PageOf, expect_accessible: Look
) -> None:
    with app.app_context():
        show_a_shift(cast.measures["outcome"])
        db.session.commit()
    page = visit(page_of("ana", **screen), cast.board.path)
    chart = page.locator("#felt")
    expect(chart).to_contain_text("Something has changed for the better")
    page.locator("#record a[href$='/conclusion']").click()
    _fill(page, happened="Four of six came back within the hour.", learned="Noon is the right time.")

    page.locator("#record a[href$='/experiments/new']").click()
    page.locator("#record summary", has_text="Expect a number").click()
    page.locator("#record [name=measure_id]").select_option(str(cast.measures["outcome"]))
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    _fill(page, step="Ask at two", expectation="More get in at once.", expected_value="70", check_on=tomorrow)
    expect(chart.locator(".expectation .box")).to_have_count(1)
    expect(chart.locator(".expectation .seen")).to_have_count(0)

    page.locator("#record a[href$='/conclusion']").click()
    _fill(page, happened="Sixty-seven of a hundred.", happened_value="67", learned="Two is better than noon.")
    expect(chart.locator(".expectation .seen")).to_have_count(1)
    expect(page.locator("#record")).to_contain_text("3 % less than expected")
    expect_accessible(page)

    visit(page, f"/measures/{cast.measures['outcome']}")
    expect(ready(page).locator("#measure-chart .expectation .seen")).to_have_count(1)
    if screen is PHONE:  # where a long story is folded
        page.locator("#measure-chart .chart-story > summary").click()
    page.locator("#measure-chart .chart-events a", has_text="Ask at two").click()
    expect(page.locator("h1")).to_have_text("Experiment 4")
