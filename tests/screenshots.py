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
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from config import from_environment
from kata import clock, create_app
from kata.cli import bring_up_to_date
from kata.extensions import db, writing
from kata.help.catalogue import FOLDER, PICTURES
from kata.identity import passwords
from kata.storyboards.models import Challenge, Storyboard
from tests import chromium

NOW = datetime(2026, 11, 25, 9, 20, tzinfo=UTC)  # a Wednesday
PASSWORD = "practice-every-day"
BOARD = "Access on the first working day"
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--lang=en-GB", "--font-render-hinting=none")
PHONE, TABLET, DESK = (360, 700), (1024, 720), (1280, 800)
MOST_BYTES = 1_000_000
EDGES = 80


class Shot(NamedTuple):
    """``path`` may name ``{board}`` and its like; ``prepare`` brings the page into the state that is shown."""

    name: str
    who: str
    path: str
    size: tuple[int, int]
    prepare: Callable[[Page], object] = lambda _page: None


def _write_result(page: Page) -> None:
    page.locator("[name=happened]").fill("At 10:00 two still waited: both needed a system that Hana may not open.")
    page.locator("[name=happened_value]").fill("2")
    page.locator("[name=learned]").fill("The order is right. What is left waits for a right, not for time.")
    page.locator("main").evaluate("main => main.focus()")


def _reach_obstacles(page: Page) -> None:
    page.get_by_role("button", name="Begin the cycle").click()
    for _question in range(3):
        page.locator("body.coach").wait_for()
        before = page.locator(".asks").inner_text()
        page.get_by_role("button", name="Next question").click()
        page.wait_for_function("was => document.querySelector('.asks').innerText !== was", arg=before)
    page.evaluate("scrollTo(0, 0)")


def _answer(page: Page) -> None:
    page.locator("main a[href^='/barriers/']").first.click()
    page.locator(".barrier-work a.primary").click()
    page.get_by_role("button", name="Give this answer").wait_for()


SHOTS = (
    Shot("today", "ana", "/", PHONE),
    Shot("log", "ana", "/", PHONE, _write_result),
    Shot("board", "ana", "/boards/{board}", DESK),
    Shot("measure", "ana", "/measures/{measure}", TABLET),
    Shot("coaching", "ben", "/coaching", TABLET),
    Shot("cycle", "ben", "/boards/{board}/coach", DESK, _reach_obstacles),
    Shot("leadership", "dev", "/leadership", DESK),
    Shot("barrier", "dev", "/barriers?show=mine", TABLET, _answer),
)
FIRST_DAY = Shot("first-day", "robin", "/", (820, 760))
README = Shot("storyboard", "ana", "/boards/{board}", (1440, 1500))


def take(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
    program = chromium.find()
    if program is None:
        sys.exit("No Chromium was found.")
    wanted = [shot for shot in (*SHOTS, FIRST_DAY, README) if shot.name in names or not names]
    PICTURES.mkdir(exist_ok=True)
    with clock.standing_at(NOW), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        if FIRST_DAY in wanted:
            with _served(demo=False) as (app, address):
                _keep(FIRST_DAY, _taken(_founded(browser, app, address), FIRST_DAY, {}))
        with _served(demo=True) as (app, address):
            places = _places(app)
            for shot in wanted:
                if shot is not FIRST_DAY:
                    scale = 1 if shot is README else 2
                    _keep(shot, _taken(_entered(browser, address, shot.who, scale), shot, places))
        browser.close()
    total = sum(picture.stat().st_size for picture in PICTURES.iterdir())
    sys.stdout.write(f"The pictures of the help have {total / 1000:.0f} KB.\n")
    if total > MOST_BYTES:
        sys.exit("They are too heavy.")


def _taken(page: Page, shot: Shot, places: dict[str, int]) -> Image.Image:
    page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
    page.goto(shot.path.format(**places))
    page.wait_for_selector("html[data-scripted]", state="attached")
    shot.prepare(page)
    page.add_style_tag(content=".demo, #toast { display: none !important } * { caret-color: transparent !important }")
    return Image.open(io.BytesIO(page.screenshot(animations="disabled")))


def _keep(shot: Shot, picture: Image.Image) -> None:
    """README's in 256 colours, since a page of paper and two inks has hardly more. One that shows the same stays."""
    page, file = io.BytesIO(), PICTURES / f"{shot.name}.webp"
    if shot is README:
        file = FOLDER / f"{shot.name}.png"
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(page, "PNG", optimize=True)
    else:
        picture.save(page, "WEBP", quality=72, method=6)
    if not file.exists() or _shows_another(Image.open(file), Image.open(page)):
        file.write_bytes(page.getvalue())


def _shows_another(old: Image.Image, new: Image.Image) -> bool:
    """Whether more differs than the edges of letters, which no two runs of a browser draw quite alike."""
    if old.size != new.size:
        return True
    difference = ImageChops.difference(old.convert("RGB"), new.convert("RGB"))
    return max(high for _low, high in difference.getextrema()) > EDGES


def _places(app: Flask) -> dict[str, int]:
    """Where the story is that the documents tell of: the board at the desk, and its outcome."""
    with app.app_context():
        board = db.session.scalars(select(Storyboard).where(Storyboard.focus_process == BOARD)).one()
        outcome = select(Challenge.measure_id).where(Challenge.board_id == board.id)
        return {"board": board.id, "measure": db.session.scalar(outcome) or 0}


def _context(browser: Browser, address: str, scale: int = 2) -> Page:
    context = browser.new_context(
        base_url=address, locale="en-GB", reduced_motion="reduce", device_scale_factor=scale, bypass_csp=True
    )
    context.clock.set_fixed_time(NOW)
    return context.new_page()


def _entered(browser: Browser, address: str, who: str, scale: int = 2) -> Page:
    page = _context(browser, address, scale)
    page.goto("/sign-in")
    page.locator("#email").fill(f"{who}@demo.example")
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def _founded(browser: Browser, app: Flask, address: str) -> Page:
    """The first administrator of an empty installation, who has just said who they are."""
    with app.app_context():
        link = app.test_cli_runner().invoke(args=["setup"]).output.strip().partition("/link/")[2]
    page = _context(browser, address)
    page.goto(f"/link/{link}")
    page.get_by_role("button", name="Sign in").click()
    for name, value in (("name", "Robin Amery"), ("email", "robin@example.org"), ("password", PASSWORD)):
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url(f"{address}/")
    return page


class Silent(WSGIRequestHandler):
    """Answers and says nothing of it."""

    def log(self, *_said: object) -> None:
        pass


@contextmanager
def _served(*, demo: bool) -> Iterator[tuple[Flask, str]]:
    """The demo organisation, or an empty installation, in a folder of its own and on a free port."""
    with TemporaryDirectory(prefix="kata-pictures-") as folder:
        app = create_app(from_environment({"KATA_DEMO": "1" if demo else "0", "KATA_DATA": folder}, serving=demo))
        _load(app, demo=demo)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield app, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _load(app: Flask, *, demo: bool) -> None:
    passwords.configure(light=True)
    with app.app_context():
        token = writing.set(True)
        bring_up_to_date(with_demo=demo)
        writing.reset(token)
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    take(sys.argv[1:])
