"""What every page owes everybody: nothing for axe to find in either theme, and no sideways scroll on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.access import requests
from tests.access.matrix import ROWS, Row
from tests.browser.conftest import OpenContext, PageOf, in_both_themes, violations
from tests.browser.hands import ready, visit
from tests.cast import Cast

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 740}
#: Addresses that answer something else than a page, or one that another row shows already.
NO_PAGES = {
    "/healthz", "/readyz", "/log", "/wording.json", "/welcome", "/learning/tried.json",
    "/photos/<int:photo_id>", "/photos/<int:photo_id>/small", "/measures/<int:measure_id>/about",
    "/measures/<int:measure_id>/rules", "/measures/<int:measure_id>/phases",
    "/boards/<int:board_id>/sheets/<name>", "/moments/<int:moment_id>/measures",
    "/stories/<token>/photos/<int:photo_id>", "/stories/<token>/photos/<int:photo_id>/small",
    "/help/pictures/<picture>", "/admin/import/template.xlsx",
}  # fmt: skip
#: Pages that people look at most, or that are laid out anew where there is room: looked at wide too.
MAIN = {
    "/", "/boards", "/boards/<int:board_id>", "/boards/<int:board_id>/wall", "/experiments/<int:experiment_id>",
    "/measures/<int:measure_id>", "/customers", "/teams/<slug>/customers", "/moments/<int:moment_id>", "/teams",
    "/teams/<slug>", "/settings", "/sign-in", "/barriers", "/barriers/<int:barrier_id>",
    "/learning", "/teams/<slug>/history", "/leadership", "/leadership/<area>", "/challenges", "/challenges/<slug>",
    "/settings/mail", "/settings/mail/next", "/admin/mail", "/admin/audit",
    "/boards/<int:board_id>/story", "/stories/<token>",
    "/help/<slug>", "/admin/import",
}  # fmt: skip
READERS = ("ana", "root", "dev", "nobody")
#: How wide the page is beyond the screen.
SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def _reader(row: Row) -> str | None:
    """Who is shown most there: the learner, else an administrator, a leader, somebody who is not signed in."""
    return next((name for name in READERS if row.answers[name] == "ok"), None)


def _is_page(row: Row) -> bool:
    return (
        row.method == "GET"
        and row.rule not in NO_PAGES
        and not row.rule.endswith((".csv", ".svg", ".png", ".ics"))
        and bool(_reader(row))
    )


PAGES = [row for row in ROWS if _is_page(row)]


def _faults(page: Page, *, wide: bool = True) -> Iterator[str]:
    """On a phone everything in the light, the colours in the dark, the width; whatever comes back is wrong."""
    yield from in_both_themes(page)
    if beyond := page.evaluate(SIDEWAYS):
        yield f"{beyond} px beyond a phone's screen"
    if wide:
        page.set_viewport_size(WIDE)
        yield from (f"dark, wide: {line}" for line in violations(page))
        page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light")


def _walk(page: Page, addresses: dict[str, bool]) -> list[str]:
    found: list[str] = []
    for path, wide in addresses.items():
        answer = page.goto(path)
        if answer is None or answer.status >= 500:
            found.append(f"{path}: no page")
            continue
        ready(page)
        found += [f"{path}: {fault}" for fault in _faults(page, wide=wide)]
    return found


def _addresses(app: Flask, cast: Cast, reader: str) -> dict[str, bool]:
    rules = {rule.rule: rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    rows = [row for row in PAGES if _reader(row) == reader]
    return {requests.address(rules[row.rule], row, cast): row.rule in MAIN for row in rows}


#: Ana is shown by far the most: her walk is cut in three, so that two processes share the work.
WALKS = [("ana", 0, 3), ("ana", 1, 3), ("ana", 2, 3), ("root", 0, 1), ("dev", 0, 1), ("nobody", 0, 1)]


@pytest.mark.parametrize(("name", "first", "each"), WALKS)
def test_every_page_is_accessible_in_both_themes_and_fits_a_phone(
    name: str, first: int, each: int, app: Flask, cast: Cast, page_of: PageOf, open_context: OpenContext
) -> None:
    page = open_context(viewport=NARROW).new_page() if name == "nobody" else page_of(name, viewport=NARROW)
    extra = {
        "ana": {f"{cast.board.path}?on=2026-05-20": True, "/boards?q=nothing": False, "/go?q=a": False, "/none": False},
        "root": {"/settings/components": True},
        "dev": {cast.closed.path: False},
        "nobody": {"/none": False, "/join/gone": False, "/link/gone": False},
    }[name]
    addresses = list({**_addresses(app, cast, name), **extra}.items())
    assert not (found := _walk(page, dict(addresses[first::each]))), "\n".join(found)


def test_a_board_is_accessible_with_its_editors_open(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana", viewport=NARROW), cast.board.path)
    for sheet, opener, field in [
        ("#challenge", "a[href$='/challenge/edit']", "statement"),
        ("#target", "a[href$='/edit']", "pattern"),
        ("#actual", "a[href$='/conditions/new']", "facts"),
        ("#obstacles", "[data-state=focus] a[href$='/edit']", "text"),
        ("#obstacles", "#obstacle-new a", "text"),
        ("#record", "a[href$='/conclusion']", "happened"),
    ]:
        page.locator(f"{sheet} {opener}").first.click()
        expect(page.locator(f"{sheet} [name={field}]").first).to_be_visible()
    assert not (found := list(_faults(page))), "\n".join(found)


def test_other_editors_and_answers_are_accessible(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana", viewport=NARROW), cast.board.path)
    for opener, field in [
        (f"#obstacle-{cast.board.in_focus} a[href$='/edit']", "text"),
        (f"#experiment-{cast.board.running} a[href$='/edit']", "expectation"),
        ("#target a[href$='/ending']", "reflection"),
        ("#obstacle-new a", "text"),
    ]:
        page.locator(opener).first.click()
        expect(page.locator(f"[name={field}]").first).to_be_visible()
    page.locator("#obstacle-new form").get_by_role("button", name="Park it").click()
    expect(page.locator("#obstacle-new [aria-invalid=true]")).to_be_visible()
    found = list(_faults(page))
    page.keyboard.press("Escape")
    for key, dialog in (("?", "#keys"), ("/", "#go")):
        page.locator("main").evaluate("main => main.focus()")
        page.keyboard.press(key)
        expect(page.locator(dialog)).to_be_visible()
        found += [f"{dialog}: {fault}" for fault in _faults(page, wide=False)]
        page.keyboard.press("Escape")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [360, 820, 1024, 1440])
def test_no_choice_of_three_is_left_alone_in_a_row(width: int, cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ana", viewport={"width": width, "height": 800}), cast.board.path)
    page.locator("#target a[href$='/ending']").click()
    choices = page.locator("#target .segments label")
    expect(choices).to_have_count(3)
    places = [box for box in (each.bounding_box() for each in choices.all()) if box]
    assert len({round(box["x"]) for box in places}) == 1 or len({round(box["y"]) for box in places}) == 1


@pytest.mark.parametrize("path", ["/", "board"])
def test_text_at_twice_its_size_needs_no_sideways_scroll(path: str, cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana", viewport=NARROW)
    visit(page, cast.board.path if path == "board" else path)
    for width in (1280, 820, 360):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(SIDEWAYS) <= 0, f"{page.evaluate(SIDEWAYS)} px beyond a screen of {width}"
