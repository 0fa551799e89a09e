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
    expect,
    sync_playwright,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import chromium
from tests.browser.hands import off_the_network
from tests.browser.tabs import CLEARED, Tabs

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe" / "axe.min.js"
#: Where pages fetch it: from the app's own host, as their policy asks, so that the browser keeps it, compiled.
AXE_ADDRESS = "/axe-for-the-tests.js"
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
    # No test looks at the picture: pages are laid out and frames go by, but without memory nothing is painted.
    "--force-gpu-mem-available-mb=0",
    # Whoever is not this machine is nowhere, so that asking a stranger fails, and a failure is heard.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # A page of a test lives for less time than its scripts, axe above all, would take to be compiled for speed.
    "--js-flags=--no-opt,--no-maglev,--single-threaded-gc",
)

#: Without preload it does not fetch the style sheets again: only a rule about turned screens would read them. The lines
#: are written in the page, since what axe found right would be most of what it sends.
LOOK = """async ([address, only]) => {
    if (!window.axe) await import(address);
    const found = await axe.run(document, {resultTypes: ['violations'], preload: false, runOnly: only});
    return found.violations.map(({id, help, nodes}) =>
        `${id}: ${help}: ${nodes.map(({target}) => JSON.stringify(target)).join(', ')}`);
}"""

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
    """Counts who is inside: a database must not be replaced below a request that is still being answered.

    It also notes the answers that are faults, and hands out what the app does not have: axe, and an empty page.
    """

    def __init__(self, app: Flask) -> None:
        self.app, self.inside = app, 0
        self.faults: list[str] = []
        self.changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        def note(status: str, *rest: Any) -> Any:
            if status >= "5" or (status >= "4" and "/static/" in environ["PATH_INFO"]):
                self.faults.append(f"{status} for {environ['PATH_INFO']}")
            return start_response(status, *rest)

        self._count(1)
        try:
            answer = OWN.get(environ["PATH_INFO"], self.app)(environ, note)
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


def _hand_out_axe(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
    script = _axe()
    kept = [("Cache-Control", "max-age=86400, immutable"), ("Content-Length", str(len(script)))]
    start_response("200 OK", [("Content-Type", "text/javascript; charset=utf-8"), *kept])
    return [script]


def _hand_out_nothing(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
    # Another word on openers than the app's would end the tab's process.
    said = [("Cross-Origin-Opener-Policy", "same-origin"), ("Content-Length", "0")]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), *said])
    return []


OWN = {AXE_ADDRESS: _hand_out_axe, CLEARED: _hand_out_nothing}


class Answering(WSGIRequestHandler):
    """Answers over connections that stay: a first visit fetches a dozen files, each else over one of its own."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing: the faults are noted, and nobody reads the rest."""


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
    keeper.faults.clear()
    yield where
    keeper.wait_until_empty()
    assert not keeper.faults, "the app had faults: " + "; ".join(keeper.faults)


@pytest.fixture(scope="session")
def heard() -> list[str]:
    """The troubles that pages have had since somebody asked."""
    return []


@pytest.fixture(scope="session")
def start_browser(browser: Browser, served: tuple[str, Doorkeeper], heard: list[str]) -> OpenContext:
    """Starts a browser that knows nobody yet, whose troubles are heard; who starts one closes it."""
    address, _keeper = served

    def start(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=address, locale="en-GB", reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        context.on("requestfailed", lambda request: _note_stranger(request, address, heard))
        context.on("console", lambda message: _note_error(message, heard))
        context.on("weberror", lambda error: heard.append(str(error.error)))
        return context

    return start


@pytest.fixture(scope="session")
def tabs(start_browser: OpenContext) -> Tabs:
    """The tabs of this run; they end with their browser."""
    return Tabs(lambda **options: start_browser(**options).new_page())


@pytest.fixture
def open_context(start_browser: OpenContext, tabs: Tabs, heard: list[str], address: str) -> Iterator[OpenContext]:
    """Opens browsers that know nobody yet, with the app's address as their base: ``page.goto("/boards")``."""
    opened: list[BrowserContext] = []
    heard.clear()

    def start(**options: Any) -> BrowserContext:
        opened.append(start_browser(**options))
        return opened[-1]

    yield start
    tabs.take_back()
    for context in opened:
        context.close()
    assert not heard, "the page had troubles of its own: " + "; ".join(heard)


def _note_stranger(request: Request, address: str, troubles: list[str]) -> None:
    # Strangers are nowhere (FLAGS): to ask one always fails, while to hear of every request takes a tenth of the time.
    if not request.url.startswith((f"{address}/", "data:", "blob:")):
        troubles.append(f"asked {request.url}")


def _note_error(message: ConsoleMessage, troubles: list[str]) -> None:
    # Chromium logs a 409 or 422 and a lost network as errors too: the first are the app speaking, the second a test's
    # wish, of which htmx logs a line too. The doorkeeper sees the answers that are faults.
    lost = message.page is not None and message.page.context in off_the_network
    expected = ("Failed to load resource", "htmx: htmx:error: Failed to fetch") if lost else "Failed to load resource"
    if message.type == "error" and not message.text.startswith(expected):
        troubles.append(message.text)


@pytest.fixture
def context(open_context: OpenContext) -> BrowserContext:
    """One browser that knows nobody yet."""
    return open_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab of that browser."""
    return context.new_page()


@pytest.fixture
def page_of(app: Flask, open_context: OpenContext, tabs: Tabs, address: str, as_: Callable[[str], Any]) -> PageOf:
    """A tab of its own browser in which somebody of the cast is signed in: ``page_of("ana").goto("/boards")``.

    Keywords are those of a Playwright context: ``page_of("gus", viewport={…}, java_script_enabled=False)``. The tab may
    have served another test; ``new=True`` is for tests of what a browser keeps, or that leave a listener behind.
    """

    def enter(name: str, *, new: bool = False, **options: Any) -> Page:
        page = open_context(**options).new_page() if new else tabs.lend(**options)
        cookie = as_(name).get_cookie(app.config["SESSION_COOKIE_NAME"])
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        return page

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
def _axe() -> bytes:
    return AXE.read_bytes()


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
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": AXE_TAGS}
    if not page.url.startswith("http"):
        page.evaluate(_axe().decode())  # a mail stands nowhere from which anything could be fetched
    found: list[str] = page.evaluate(LOOK, [AXE_ADDRESS, only])
    return found
