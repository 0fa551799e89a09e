"""A learner's whole kata on a new storyboard, to the next experiment: by keyboard alone, and without scripts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf
from tests.browser.hands import DESK, PHONE, press, ready, saved, visit, write
from tests.cast import TODAY, Cast

BOARD = re.compile(r"/boards/\d+$")


def _typed(day: date) -> str:
    """A day as it is typed into a date field, which speaks the browser's own language: American English here."""
    return day.strftime("%m%d%Y")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["wide", "phone"])
def test_the_whole_loop_by_keyboard_alone(screen: dict[str, Any], cast: Cast, page_of: PageOf) -> None:
    page = page_of("gus", **screen)
    _start(visit(page, "/"))
    _direct(page)
    _aim(page)
    _park(page)
    _experiment(page)


def _start(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("new story")
    expect(page.locator("#go-results a")).to_have_text(["New storyboard", "Search everything learned for “new story”"])
    page.wait_for_load_state("networkidle")  # the command box's own script comes when the box is first opened
    page.keyboard.press("Enter")
    page.wait_for_url("**/boards/new")
    write(ready(page), "focus_process", "On-call hand-over")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(BOARD)
    ready(page)


def _direct(page: Page) -> None:
    press(page, "#challenge a[href$='/challenge/edit']")
    expect(page.locator("#challenge [name=statement]")).to_be_focused()
    page.keyboard.type("Partner teams feel supported within the hour, whoever is on call.")
    write(page, "by_date", _typed(TODAY + timedelta(days=365)))
    write(page, "moment", "Nobody answers")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#challenge .saying")).to_contain_text("within the hour")
    saved(page)
    press(page, "#actual a[href$='/conditions/new']")
    expect(page.locator("#actual [name=facts]")).to_be_focused()
    page.keyboard.type("Engineers volunteer. 3 of 8 alerts waited over an hour last week.")
    for number, (name, time) in enumerate([("Alert arrives", "2 min"), ("Somebody volunteers", "40 min")]):
        if number:
            page.keyboard.press("Enter")  # in the last row it makes the next one, as in a sheet
        write(page, f"steps-{number}-name", name)
        write(page, f"steps-{number}-time", time)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#process li")).to_have_count(2)
    expect(page.locator("#actual form")).to_have_count(0)
    saved(page)


def _aim(page: Page) -> None:
    press(page, "#target a[href$='/targets/new']")
    expect(page.locator("#target [name=pattern]")).to_be_focused()
    page.keyboard.type("One named engineer answers every alert within 15 minutes, all week.")
    write(page, "achieve_by", _typed(TODAY + timedelta(days=21)))
    for number, (measure, start, goal) in enumerate([("Access on", "61", "90"), ("Hours waiting", "30", "4,5")]):
        if number:
            press(page, "#target [data-row-add]")
        write(page, f"aims-{number}-measure_id", measure)
        write(page, f"aims-{number}-from_value", start)
        write(page, f"aims-{number}-to_value", goal)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#target .measure")).to_have_count(2)
    saved(page)


def _park(page: Page) -> None:
    for text in ("Nobody knows who is next", "Alerts arrive in three channels"):
        press(page, "#obstacle-new a")
        expect(page.locator("#obstacle-new [name=text]")).to_be_focused()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("#obstacles [data-state=waiting]").filter(has_text=text)).to_have_count(1)
        saved(page)
    press(page, "#obstacles li:first-child form[action$='/focus'] button")
    expect(page.locator("#obstacles [data-state=focus]")).to_contain_text("who is next")
    expect(page.locator("#toast")).to_contain_text("Undo")
    saved(page)


def _experiment(page: Page) -> None:
    page.locator("main").evaluate("main => main.focus()")
    page.keyboard.press("c")
    expect(page.locator("#record [name=step]")).to_be_focused()
    page.keyboard.type("Name a primary for one sprint")
    write(page, "expectation", "8 of 8 alerts answered within 15 minutes")
    write(page, "check_on", _typed(TODAY))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#record [data-stage=due]")).to_contain_text("8 of 8")
    saved(page)
    press(page, "#record a[href$='/conclusion']")
    expect(page.locator("#record [name=happened]")).to_be_focused()
    page.keyboard.type("6 of 8 were; two came in at night")
    write(page, "learned", "Nights are a different process.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#record [data-stage=concluded]")).to_contain_text("a different process")
    saved(page)
    press(page, "#record a[href$='/experiments/new']")
    expect(page.locator("#record [name=step]")).to_be_focused()
    page.keyboard.type("Ask two people to take the nights")
    write(page, "expectation", "Both nights answered within 15 minutes")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#record article")).to_have_count(2)
    expect(page.locator("#record [data-stage=running]")).to_contain_text("Both nights")


def test_the_whole_loop_when_scripts_have_failed(cast: Cast, page_of: PageOf) -> None:
    page = page_of("gus", java_script_enabled=False, **DESK)
    page.goto("/boards/new")
    _send(page, "Start the storyboard", focus_process="On-call hand-over")
    expect(page).to_have_url(BOARD)
    board = page.url
    page.click("#challenge a[href$='/challenge/edit']")
    _send(page, "Save the challenge", statement="Partner teams feel supported within the hour.")
    expect(page.locator("#challenge .saying")).to_contain_text("within the hour")
    page.click("#actual a[href$='/conditions/new']")
    steps = {"steps-0-name": "Alert arrives", "steps-1-name": "Somebody volunteers"}
    _send(page, "Save as the actual condition", facts="3 of 8 alerts waited over an hour.", **steps)
    expect(page.locator("#process li")).to_have_count(2)
    page.click("#target a[href$='/targets/new']")
    outcome, process = (str(cast.measures[name]) for name in ("outcome", "process"))
    page.select_option("[name=aims-0-measure_id]", outcome)
    page.select_option("[name=aims-1-measure_id]", process)
    aims = {"aims-0-to_value": "90", "aims-1-from_value": "30", "aims-1-to_value": "4"}
    by = (TODAY + timedelta(days=21)).isoformat()
    _send(page, "Save", pattern="One named engineer answers within 15 minutes.", achieve_by=by, **aims)
    expect(page.locator("#target .measure")).to_have_count(2)
    for text in ("Nobody knows who is next", "Alerts arrive in three channels"):
        page.click("#obstacle-new a")
        _send(page, "Park it", text=text)
    page.click("#obstacles li >> nth=0 >> text=Focus")
    expect(page.locator("#obstacles [data-state=focus]")).to_contain_text("who is next")
    page.click("#record a[href$='/experiments/new']")
    plan = {"step": "Name a primary", "expectation": "8 of 8 in 15 minutes", "check_on": TODAY.isoformat()}
    _send(page, "Save the plan", **plan)
    page.click("#record >> text=Log what happened")
    _send(page, "Save what happened", happened="6 of 8", learned="Nights are different.")
    expect(page.locator("#record [data-stage=concluded]")).to_contain_text("Nights are different.")
    assert page.url.split("#")[0] == board
    page.goto("/")
    expect(page.locator(".due-card.now")).to_contain_text("On-call hand-over")
    _send(page, "Save the plan", step="Two people take the nights", expectation="Both answered")
    page.goto(board)
    expect(page.locator("#record article")).to_have_count(2)


def _send(page: Page, button: str, **typed: str) -> None:
    for name, text in typed.items():
        page.fill(f'main [name="{name}"]', text)
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("main [aria-invalid=true]")).to_have_count(0)
