"""Ways to use a page as a person would: by keyboard alone, and waiting for what the page itself says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, expect

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1440, "height": 900}}

#: The browsers that a test has taken off the network; what their pages log about it is no fault.
off_the_network: set[BrowserContext] = set()


@contextmanager
def without_connection(page: Page) -> Iterator[None]:
    """Let the block happen while the browser reaches nobody."""
    off_the_network.add(page.context)
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)
    off_the_network.remove(page.context)


def visit(page: Page, path: str) -> Page:
    """Open an address and wait until its scripts listen."""
    page.goto(path)
    return ready(page)


def ready(page: Page) -> Page:
    """Its scripts listen; a page for readers from outside has none."""
    page.wait_for_selector("html[data-scripted], body.outside", state="attached")
    return page


def reach(page: Page, selector: str, *, most: int = 90) -> None:
    """Press Tab until what has the focus is the one; fails when it cannot be reached so."""
    for _press in range(most):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab at {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Reach a control and press it."""
    reach(page, selector)
    page.keyboard.press(key)


def write(page: Page, name: str, text: str) -> None:
    """Reach the field of that name and type into it."""
    reach(page, f'[name="{name}"]')
    page.keyboard.type(text)


def expect_focus_kept(page: Page) -> None:
    """After a part was replaced, a person at the keyboard must not start again at the top."""
    lost = page.evaluate("document.activeElement === document.body || document.activeElement === null")
    assert not lost, "the focus is lost"


def saved(page: Page) -> None:
    """Wait for the word that it is saved, and forget it, so that the next one can be waited for."""
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect_focus_kept(page)
    page.evaluate("document.getElementById('saved').textContent = ''")
