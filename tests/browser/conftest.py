"""What the browser tests stand on: the app on a real port, fresh browser contexts, axe.

A page that logs an error (a refused script or style is one) or asks another host for anything fails its test, so no
test has to look for that itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import chromium
from tests.browser.hands import off_the_network

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe" / "axe.min.js"
# Naming the tags brings in what axe leaves out by itself, such as the size of targets of WCAG 2.2.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)  # two cores are shared: slow is not wrong
# Root may not use the sandbox; the rest keeps the browser from speaking to anybody of its own accord.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=en-US",
    # A page of a test lives for less time than its scripts, axe above all, would take to be compiled for speed.
    "--js-flags=--no-opt,--no-maglev,--single-threaded-gc",
)

OpenContext = Callable[..., BrowserContext]
PageOf = Callable[..., Page]
Look = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser; nobody has to remember the mark."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, started once."""
    found = chromium.find()
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


class Doorkeeper:
    """Counts who is inside: a database must not be replaced below a request that is still being answered."""

    def __init__(self, app: Flask) -> None:
        self.app, self.inside = app, 0
        self.changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        self._count(1)
        try:
            answer = self.app(environ, start_response)
            yield from answer
            if hasattr(answer, "close"):
                answer.close()
        finally:
            self._count(-1)

    def _count(self, one: int) -> None:
        with self.changed:
            self.inside += one
            self.changed.notify_all()

    def wait_until_empty(self) -> None:
        """Until everything that was asked is answered."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.inside == 0, timeout=10), "a request is never answered"


class Answering(WSGIRequestHandler):
    """Answers over connections that stay: a first visit fetches a dozen files, each else over one of its own."""

    protocol_version = "HTTP/1.1"


@pytest.fixture(scope="session")
def served(shared_app: Flask) -> Iterator[tuple[str, Doorkeeper]]:
    """The app on a port of its own for the whole run; the database below it is each test's."""
    keeper = Doorkeeper(shared_app)
    server = make_server("127.0.0.1", 0, keeper, threaded=True, request_handler=Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", keeper
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(app: Flask, served: tuple[str, Doorkeeper]) -> Iterator[str]:
    """Where the app is served, over this test's database."""
    where, keeper = served
    yield where
    keeper.wait_until_empty()


@pytest.fixture
def open_context(browser: Browser, address: str) -> Iterator[OpenContext]:
    """Opens browsers that know nobody yet, with the app's address as their base: ``page.goto("/boards")``."""
    troubles: list[str] = []
    opened: list[BrowserContext] = []

    def start(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=address, locale="en-GB", reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: _note_stranger(request, address, troubles))
        context.on("response", lambda response: _note_failure(response, troubles))
        context.on("console", lambda message: _note_error(message, troubles))
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()
    assert not troubles, "the page had troubles of its own: " + "; ".join(troubles)


def _note_stranger(request: Request, address: str, troubles: list[str]) -> None:
    if not request.url.startswith((f"{address}/", "data:", "blob:")):
        troubles.append(f"asked {request.url}")


def _note_error(message: ConsoleMessage, troubles: list[str]) -> None:
    # Chromium logs a 409 or 422 and a lost network as errors too: the first are the app speaking, the second a test's
    # wish, of which htmx logs a line too. _note_failure sees the answers that are faults.
    lost = message.page is not None and message.page.context in off_the_network
    expected = ("Failed to load resource", "htmx: htmx:error: Failed to fetch") if lost else "Failed to load resource"
    if message.type == "error" and not message.text.startswith(expected):
        troubles.append(message.text)


def _note_failure(response: Response, troubles: list[str]) -> None:
    if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
        troubles.append(f"{response.status} for {response.url}")


@pytest.fixture
def context(open_context: OpenContext) -> BrowserContext:
    """One browser that knows nobody yet."""
    return open_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab of that browser."""
    return context.new_page()


@pytest.fixture
def page_of(app: Flask, open_context: OpenContext, address: str, as_: Callable[[str], Any]) -> PageOf:
    """A tab of a new browser in which somebody of the cast is signed in: ``page_of("ana").goto("/boards")``.

    Keywords are those of a Playwright context: ``page_of("gus", viewport={…}, java_script_enabled=False)``.
    """

    def enter(name: str, **options: Any) -> Page:
        context = open_context(**options)
        cookie = as_(name).get_cookie(app.config["SESSION_COOKIE_NAME"])
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        return context.new_page()

    return enter


@pytest.fixture
def sign_in(page: Page) -> Callable[..., Page]:
    """Signs somebody in through the form, as they would: ``sign_in("ana@demo.example")``."""

    def do(email: str, password: str = "practice-every-day") -> Page:
        page.goto("/sign-in")
        page.locator("input[name=email]").fill(email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    return do


@cache
def _axe() -> str:
    return AXE.read_text()


@pytest.fixture
def expect_accessible() -> Look:
    """Fails with what axe finds wrong on a page, one rule a line, with the elements it names.

    With rules' names it looks for those alone: ``expect_accessible(page, "color-contrast")``.
    """

    def look(page: Page, *rules: str) -> None:
        found = violations(page, *rules)
        assert not found, "\n".join([page.url, *found])

    return look


def in_both_themes(page: Page) -> list[str]:
    """What axe finds wrong in the light, and in the dark of what the theme changes: the colours."""
    page.emulate_media(color_scheme="light")
    found = [f"light: {line}" for line in violations(page)]
    page.emulate_media(color_scheme="dark")
    return [*found, *(f"dark: {line}" for line in violations(page, "color-contrast"))]


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong, a line for each rule."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())  # the debugger's word, which the page's policy does not reach
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": AXE_TAGS}
    found: dict[str, Any] = page.evaluate(
        # Without preload it does not fetch the style sheets again: only a rule about turned screens would read them.
        "only => axe.run(document, {resultTypes: ['violations'], preload: false, runOnly: only})",
        only,
    )
    return [
        f"{rule['id']}: {rule['help']}: {', '.join(str(node['target']) for node in rule['nodes'])}"
        for rule in found["violations"]
    ]
