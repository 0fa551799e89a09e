"""The frame around every answer: static files, languages, errors in words, sizes, an order that no clock disturbs."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from kata import clock
from kata.activity.queries import of_subject
from kata.extensions import db
from kata.storyboards.models import Obstacle
from kata.web import assets
from tests.cast import NOW, Cast
from tests.client import Client
from tests.conftest import Frozen, MakeApp, SignIn

ROOT = Path(__file__).resolve().parent.parent


def _stylesheet(client: Client) -> str:
    found = re.search(r'href="(/static/[^"]+app\.css)"', client.get("/sign-in").text)
    assert found
    return found.group(1)


def test_a_static_file_may_be_kept_for_a_year(client: Client) -> None:
    answer = client.get(_stylesheet(client))
    assert answer.status_code == 200
    age = re.search(r"max-age=(\d+), public, immutable", answer.headers["Cache-Control"])
    assert age
    assert int(age.group(1)) >= 365 * 24 * 3600
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "text/css"


def test_static_files_leave_compressed(client: Client) -> None:
    path = _stylesheet(client)
    small = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert gzip.decompress(small.data) == client.get(path).data
    assert len(small.data) < len(client.get(path).data) / 3


def test_the_one_stylesheet_begins_with_what_the_others_stand_on() -> None:
    sheet = assets.bundle(ROOT / "static" / "css")
    assert re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).lstrip().startswith("@layer tokens, base, layout")
    assert sheet.index("@layer tokens {") < sheet.index("@layer base {") < sheet.index("@layer components {")


def test_the_address_of_static_files_changes_with_their_content(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    before = assets._digest(tmp_path)
    (tmp_path / "a.js").write_text("2")
    assert assets._digest(tmp_path) != before


@pytest.mark.parametrize("path", ["/static/../config.py", "/static/%2e%2e/config.py", "/static/secret", "/static/"])
def test_nothing_else_is_served_as_a_file(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_leave_compressed_for_who_takes_it(as_: SignIn, cast: Cast) -> None:
    client = as_("ana")
    page = client.get(cast.board.path, headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"Granting access" in gzip.decompress(page.data)
    assert "Content-Encoding" not in client.get(cast.board.path).headers


@pytest.mark.parametrize("path", ["/boards/999999", "/boards/x", "/teams/nowhere", "/nothing", "/experiments/0"])
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_an_address_of_nothing_is_answered_in_words(as_: SignIn, path: str, htmx: bool) -> None:
    answer = as_("ana").get(path, htmx=htmx)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_a_method_that_an_address_does_not_know_is_answered_in_words(as_: SignIn) -> None:
    answer = as_("ana").post("/teams")
    assert answer.status_code == 405
    assert "That cannot be done here" in answer.text


def test_an_unknown_id_larger_than_any_database_knows_is_nothing(as_: SignIn) -> None:
    assert as_("ana").get(f"/boards/{10**30}").status_code == 404


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a_fault_of_ours_says_that_it_is_ours(
    make_app: MakeApp, as_: SignIn, cast: Cast, monkeypatch: pytest.MonkeyPatch, htmx: bool
) -> None:
    app = make_app(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setattr(app.logger, "disabled", True)  # every app of this name shares it
    app.view_functions["dashboards.today"] = _break
    client = app.test_client()
    assert isinstance(client, Client)
    answer = client.get("/", htmx=htmx)
    assert answer.status_code == 500
    assert "our fault" in answer.text
    assert "ZeroDivisionError" not in answer.text
    with app.app_context():
        db.engine.dispose()


def _break() -> str:
    return str(1 / 0)


def test_more_than_a_form_may_hold_is_refused_in_words(as_: SignIn, cast: Cast) -> None:
    form = {"text": "x" * (3 * 1024 * 1024), "once": "a"}
    answer = as_("ana").post(f"{cast.board.path}/obstacles", form)
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_text_over_its_length_is_kept_and_counted_out(as_: SignIn, cast: Cast) -> None:
    answer = as_("ana").post(f"{cast.board.path}/obstacles", {"text": "long " * 200, "once": "a"})
    assert answer.status_code == 422
    assert "longer than 400 characters" in answer.text
    assert "long long long" in answer.text


def test_a_page_says_in_which_language_it_is_and_dates_follow_it(app: Flask, as_: SignIn, cast: Cast) -> None:
    client = as_("ana")
    assert 'lang="en-GB"' in client.get("/").text
    client.fill_in("/settings", "/settings/profile", language="en_US")
    page = client.get(cast.board.path).text
    assert 'lang="en-US"' in page
    assert "June 18" in page


def test_an_answer_depends_on_whether_htmx_asked(as_: SignIn, cast: Cast) -> None:
    client = as_("ana")
    for htmx in (False, True):
        assert "HX-Request" in client.get(f"/obstacles/{cast.board.waiting}/edit", htmx=htmx).headers["Vary"]


def test_a_clock_that_is_set_back_does_not_turn_the_order_round(
    app: Flask, as_: SignIn, cast: Cast, frozen: Frozen
) -> None:
    path, client = f"/obstacles/{cast.board.waiting}", as_("ana")
    assert client.post(path, {"text": "Said first", "version": 1}).status_code == 303
    frozen.at(NOW - timedelta(hours=1))
    assert client.post(path, {"text": "Said last", "version": 2}).status_code == 303
    assert client.post(f"{cast.board.path}/obstacles", {"text": "Added last", "once": "b"}).status_code == 303
    with app.app_context():
        newest = of_subject("obstacle", cast.board.waiting or 0)[0]
        assert newest.snapshot is not None
        assert newest.snapshot["text"] == "Said last"
        last = db.session.scalars(db.select(Obstacle).order_by(Obstacle.position.desc()).limit(1)).one()
        assert last.text == "Added last"
    assert clock.now() < NOW
    assert "Said last" in client.get(cast.board.path).text
