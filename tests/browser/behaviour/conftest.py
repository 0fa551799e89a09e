"""A browser on the harness instead of the app: nothing here needs a database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.behaviour.harness import Server, Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Server() as running:
        yield running


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Faults and lost connections are wished for here, so that a logged error is no trouble."""
    opened = browser.new_context(base_url=site.address, viewport={"width": 900, "height": 600}, locale="en-GB")
    opened.set_default_timeout(5000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which a broken or refused script does not go unnoticed."""
    wrong: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda line: "Content Security Policy" in line.text and wrong.append(line.text))
    yield opened
    assert not wrong
