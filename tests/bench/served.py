"""What only a served app shows: the processor's time for a page, and how a page arrives in a browser on a poor phone.

The figures of the two peers were measured on the machine on which the plan was made (``LIST_OF_50``, ``A_BOARD``), not
in this run, so their rows are no ratios taken in turns.
"""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from kata.extensions import db
from tests import chromium
from tests.bench import following, stage
from tests.bench.start import free_port
from tests.bench.table import KB, Row

#: Processor time of Healthchecks for its list of 50 checks, and what a first visit of Kanboard's board of 50 cards
#: weighs: milliseconds and kilobytes.
LIST_OF_50, A_BOARD = 52.0, 469.0
PAGES = {"Today": "/", "list of storyboards": "/boards"}
REQUESTS = 300
#: A slow 3G connection: 400 kbit/s each way, and 400 ms until an answer begins; and a processor of a quarter the speed.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
#: So many phones, each with an empty cache, of which the middle is told.
PHONES = 3
SEEN = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""
USABLE = """() => {
  const [page] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return Math.max(page.domContentLoadedEventEnd, paint ? paint.startTime : Infinity) / 1000;
}"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def measure(folder: Path, _turns: int) -> list[Row]:
    """The demo, served by two processes."""
    folder.mkdir(exist_ok=True)
    app = stage.app_with(f"sqlite:///{folder / 'kata.sqlite'}", folder)
    place = stage.play_demo(app)
    client = stage.signed_in(app, place.ana)
    cookies = {cookie.key: cookie.value for cookie in client._cookies.values()}
    with app.app_context():
        db.engine.dispose()
    port = free_port()
    server = following.serve(folder, port)
    try:
        rows = [_processor(name, path, port, cookies, server.pid) for name, path in PAGES.items()]
        return rows + _in_a_browser(app, place, port, cookies)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _processor(name: str, path: str, port: int, cookies: dict[str, str], group: int) -> Row:
    """Processor time of the server for a page, over a connection that stays."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items()), "Accept-Encoding": "gzip"}

    def ask(times: int) -> None:
        for _ in range(times):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, path

    ask(40)
    before = _used(group)
    ask(REQUESTS)
    spent = (_used(group) - before) / REQUESTS * 1000
    said = f"{spent:.1f} ms of processor time; {LIST_OF_50:.0f} ms for theirs, measured when the plan was made"
    return Row(f"{name}: processor against Healthchecks' list", spent / LIST_OF_50, 0.25, " ×", said)


def _used(group: int) -> float:
    """Processor seconds of all processes of a group so far, as Linux tells them."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _in_a_browser(app: Flask, place: stage.Place, port: int, cookies: dict[str, str]) -> list[Row]:
    found = chromium.find()
    if found is None:
        return []
    address, rows = f"http://127.0.0.1:{port}", list[Row]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name, path in {"Today": "/", "storyboard": f"/boards/{place.board}"}.items():
            visits = [_visits(browser, address, cookies, path) for _turn in range(PHONES)]
            first, again, shifted, kilobytes = map(median, zip(*visits, strict=True))
            said = f"{kilobytes:.0f} kB; {A_BOARD:.0f} kB for theirs, measured when the plan was made"
            if name == "storyboard":
                theirs = "storyboard: a cold visit against Kanboard's board"
                rows.append(Row(theirs, kilobytes / A_BOARD, 0.15, " ×", said))
            rows += [
                Row(f"{name}: usable at a first visit, slow 3G, a quarter of the speed", first, 3, " s"),
                Row(f"{name}: usable at a repeat visit, the same", again, 3, " s"),
                Row(f"{name}: layout shift", shifted, 0.02, " of the screen"),
            ]
        browser.close()
    return rows


def _visits(browser: Browser, address: str, cookies: dict[str, str], path: str) -> tuple[float, float, float, float]:
    """Seconds until a page is usable the first time and again, how much of it moved, and kilobytes the first time."""
    with _phone(browser, address, cookies) as (page, wire):
        cold = Weighed(wire)
        first, again = _visit(page, path), _visit(page, path)
        return first, again, float(page.evaluate("window.shifted")), cold.bytes / KB


class Weighed:
    """Counts what comes over the wire until the second visit, as the browser counts it."""

    def __init__(self, wire: Any) -> None:
        self.bytes = 0.0
        self._visits = 0
        wire.on("Network.requestWillBeSent", self._begin)
        wire.on("Network.loadingFinished", self._weigh)

    def _begin(self, event: dict[str, Any]) -> None:
        self._visits += event.get("type") == "Document"

    def _weigh(self, event: dict[str, Any]) -> None:
        if self._visits == 1:
            self.bytes += event["encodedDataLength"]


@contextmanager
def _phone(browser: Browser, address: str, cookies: dict[str, str]) -> Iterator[tuple[Page, Any]]:
    """A phone that knows nothing yet but who is signed in."""
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, device_scale_factor=3)
    context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
    context.add_init_script(SEEN)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW_3G)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page, wire
    context.close()


def _visit(page: Page, path: str) -> float:
    """Seconds until the page is shown and its scripts have run."""
    page.goto(path, wait_until="networkidle", timeout=60_000)
    return float(page.evaluate(USABLE))
