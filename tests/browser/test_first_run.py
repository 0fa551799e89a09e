"""From an empty installation to the first team's first finished experiment, as three people would do it."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Page, expect

from kata import clock
from tests.browser.conftest import Look, OpenContext
from tests.browser.hands import DESK, PHONE, ready, visit

PASSWORD = "seven tall oaks"
ROWS = (
    "Area\tTeam\tPerson\tRole\tE-mail\n"
    "Service > Desk\tAccess requests\tAna Novak\tlearner\t\n"
    "\t\tBen Okafor\tcoach\tben@example.org\n"
    "Service\t\tDev Rao\tleader\tdev@example.org\n"
)


def test_from_setup_to_the_first_finished_experiment(
    app: Flask, open_context: OpenContext, expect_accessible: Look
) -> None:
    root = open_context(**DESK).new_page()
    _settle_in(root, _setup(app), name="Robin Amery", email="robin@example.org", password=PASSWORD)
    expect(root.locator("#first-steps [aria-current=step]")).to_contain_text("Areas and teams")
    links = _bring_everybody(root, expect_accessible)
    expect(visit(root, "/").locator("#first-steps")).to_have_count(0)
    ana = open_context(**PHONE).new_page()
    _settle_in(ana, links["Ana Novak"])
    board = _start(ana)
    _practise(ana)
    ben = open_context(**DESK).new_page()
    _settle_in(ben, links["Ben Okafor"], password=PASSWORD)
    expect(ben.locator("main")).to_contain_text("Ana Novak · Granting access")
    expect(visit(ben, board).get_by_role("link", name="Coaching cycle")).to_be_visible()


def _setup(app: Flask) -> str:
    """The path of the link that ``flask setup`` prints."""
    with app.app_context():
        printed: str = app.test_cli_runner().invoke(args=["setup"]).output
    return printed.strip().removeprefix("http://localhost")


def _settle_in(page: Page, link: str, **given: str) -> None:
    visit(page, link).get_by_role("button", name="Sign in").click()
    for name, value in given.items():
        page.locator(f"main [name={name}]").fill(value)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("h1")).to_contain_text("Today")
    ready(page)


def _bring_everybody(page: Page, expect_accessible: Look) -> dict[str, str]:
    """The link of each person, by their name."""
    page.get_by_role("link", name="From a file").first.click()
    ready(page).get_by_text("Or paste rows").first.click()
    page.locator("[name=pasted]").fill(ROWS)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("h1")).to_have_text("This is what would be made")
    expect_accessible(page)
    page.get_by_role("button", name="Make all of it").click()
    slips = page.locator(".slips > li")
    expect(slips).to_have_count(3)
    expect_accessible(page)
    return {
        slip.locator("b").inner_text(): str(slip.locator("a").get_attribute("href")).removeprefix("http://localhost")
        for slip in slips.all()
    }


def _start(page: Page) -> str:
    page.get_by_role("link", name="Start a storyboard").click()
    ready(page).locator("[name=focus_process]").fill("Granting access on the first day")
    expect(page.locator("[name=coach_id] option:checked")).to_have_text("Ben Okafor")
    page.get_by_role("button", name="Start the storyboard").click()
    page.wait_for_url(re.compile(r"/boards/\d+$"))
    return page.url


def _practise(page: Page) -> None:
    """Nothing but what Today asks for next."""
    today = clock.now().date()
    by = today.replace(year=today.year + 1) if (today.month, today.day) != (2, 29) else today
    _do(page, "State it", "Save the challenge", statement="Everybody has what they need.", by_date=by.isoformat())
    _do(page, "Describe it", "Save as the actual condition", facts="3 of 9 starters waited past noon.")
    week = clock.now().date().toordinal() + 14
    _do(page, "Set it", "Save", pattern="Each is decided by ten.", achieve_by=type(today).fromordinal(week).isoformat())
    _next(page, "Choose")
    page.get_by_role("link", name="Add an obstacle").click()
    page.locator("[name=text]").fill("Nobody knows who approves")
    page.get_by_role("button", name="Park it").click()
    page.get_by_role("button", name="Focus").click()
    expect(page.locator("#obstacles [data-state=focus]")).to_contain_text("who approves")
    visit(page, "/").locator("[name=step]").fill("Stand beside the desk")
    page.locator("[name=expectation]").fill("4 of 5 know")
    page.locator("[name=check_on]").fill(today.isoformat())
    page.get_by_role("button", name="Save the plan").click()
    page.locator("[name=happened]").fill("2 of 5 knew")
    page.locator("[name=learned]").fill("The list is old.")
    page.get_by_role("button", name="Save, then plan the next").click()
    expect(page.locator(".due-card h2").first).to_have_text("Plan the next experiment")


def _next(page: Page, ask: str) -> None:
    visit(page, "/").get_by_role("link", name=ask, exact=True).click()
    ready(page)


def _do(page: Page, ask: str, save: str, **typed: str) -> None:
    _next(page, ask)
    for name, value in typed.items():
        page.locator(f"main [name={name}]").fill(value)
    page.get_by_role("button", name=save, exact=True).click()
    page.wait_for_url(re.compile(r"/boards/\d+(#.*)?$"))
