"""Takes the pictures of the documents from the demo: ``bin/screenshots``, or with names ``bin/screenshots today``.

The clock stands still, of the app and of the browser, so that a picture changes only when its page does. Pictures are
taken for screens of twice as many pixels and kept as WebP; the one of README, which every reader must know, as PNG.
"""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from config import from_environment
from kata import clock, create_app
from kata.cli import bring_up_to_date
from kata.extensions import db, writing
from kata.help.catalogue import PICTURES
from kata.identity import passwords
from tests import chromium

NOW = datetime(2026, 11, 25, 9, 20, tzinfo=UTC)  # a Wednesday
PASSWORD = "practice-every-day"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--lang=en-GB", "--font-render-hinting=none")
PHONE, TABLET, DESK = (360, 700), (1024, 720), (1280, 800)
MOST_BYTES = 1_000_000


class Shot(NamedTuple):
    """``prepare`` brings the page into the state that is shown."""

    name: str
    who: str
    path: str
    size: tuple[int, int]
    prepare: Callable[[Page], None] = lambda _page: None


SHOTS = (Shot("today", "ana", "/", PHONE),)


def take(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
    wanted = [shot for shot in SHOTS if shot.name in names or not names]
    program = chromium.find()
    if program is None:
        sys.exit("No Chromium was found.")
    PICTURES.mkdir(exist_ok=True)
    with clock.standing_at(NOW), _demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        pages = {who: _signed_in(browser, address, who) for who in {shot.who for shot in wanted}}
        for shot in wanted:
            _take(pages[shot.who], shot)
        browser.close()
    total = sum(picture.stat().st_size for picture in PICTURES.iterdir())
    sys.stdout.write(f"{len(wanted)} pictures; all of them have {total / 1000:.0f} KB.\n")
    if total > MOST_BYTES:
        sys.exit("The pictures are too heavy for a page of help.")


def _take(page: Page, shot: Shot) -> None:
    page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
    page.goto(shot.path)
    page.wait_for_selector("html[data-scripted]", state="attached")
    shot.prepare(page)
    page.add_style_tag(content=".demo, #toast { display: none !important } * { caret-color: transparent !important }")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    picture.save(PICTURES / f"{shot.name}.webp", quality=72, method=6)


def _signed_in(browser: Browser, address: str, who: str) -> Page:
    context = browser.new_context(
        base_url=address, locale="en-GB", reduced_motion="reduce", device_scale_factor=2, bypass_csp=True
    )
    context.clock.set_fixed_time(NOW)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("#email").fill(f"{who}@demo.example")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


class Silent(WSGIRequestHandler):
    """Answers and says nothing of it."""

    def log(self, *_said: object) -> None:
        pass


@contextmanager
def _demo() -> Iterator[str]:
    """The demo organisation, loaded into a folder of its own and served on a free port."""
    with TemporaryDirectory(prefix="kata-pictures-") as folder:
        app = create_app(from_environment({"KATA_DEMO": "1", "KATA_DATA": folder}, serving=True))
        _load(app)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _load(app: Flask) -> None:
    passwords.configure(light=True)
    with app.app_context():
        token = writing.set(True)
        bring_up_to_date(with_demo=True)
        writing.reset(token)
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    take(sys.argv[1:])
