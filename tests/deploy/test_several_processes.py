"""Two processes of the app on one database behind a real nginx behave as one: nothing is known to one of them alone."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Flask

from config import from_environment
from tests.cast import Cast
from tests.client import form_fields
from tests.deploy.conftest import Site
from tests.deploy.nginx import SITE
from tests.deploy.serving import Answer, Browser, end, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.database]
SECRET = "a-secret-word"


@pytest.fixture
def ana(site: Site) -> Browser:
    """Ana, signed in through nginx."""
    browser = site.through()
    assert browser.sign_in("ana").status == 303
    return browser


def _forms(browser: Browser, board: str) -> dict[str, str]:
    return form_fields(browser.get(f"{board}/obstacles/new").text, f"{board}/obstacles")


def _park(browser: Browser, board: str, text: str, fields: dict[str, str]) -> Answer:
    return browser.post(f"{board}/obstacles", {**fields, "text": text, "once": text})


def test_the_file_is_one_that_nginx_takes(site: Site) -> None:
    assert re.findall(r"\[(?:warn|emerg)\].*", site.nginx.check()) == []


def test_a_session_is_the_same_at_both_and_ended_at_one_is_ended_at_the_other(site: Site) -> None:
    browser = site.through()
    opened = browser.sign_in("ana")
    cookie = opened.headers["Set-Cookie"]
    assert cookie.startswith("__Host-kata=")
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    one, other = site.at(0, dict(browser.cookies)), site.at(1, dict(browser.cookies))
    assert [each.get("/").status for each in (one, other)] == [200, 200]
    assert one.fill_in("/", "/sign-out").status == 303
    gone = other.get("/")
    assert (gone.status, gone.headers["Location"]) == (303, "/sign-in?next=/")


def test_tries_at_a_password_are_counted_over_both_whatever_address_they_claim(site: Site) -> None:
    fields = form_fields(site.through().get("/sign-in").text, "/sign-in")
    browser, statuses = site.through(), []
    fields = form_fields(browser.get("/sign-in").text, "/sign-in")
    for number in range(11):
        claimed = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
        wrong = {**fields, "email": "gus@demo.example", "password": "wrong-every-day"}
        statuses.append(browser.post("/sign-in", wrong, **claimed).status)
    assert statuses == [422] * 10 + [429]
    asked = [json.loads(line) for line in (site.nginx.place / "kata.log").read_text().splitlines()]
    assert len({line["process"] for line in asked if line["method"] == "POST" and line["address"] == "/sign-in"}) == 2


def test_a_wall_at_one_follows_the_coach_at_the_other(site: Site, played: Cast) -> None:
    ben = site.through()
    ben.sign_in("ben")
    coach, wall = site.at(0, ben.cookies), site.at(1, ben.cookies)
    board = played.board.path
    assert coach.fill_in(f"{board}/coach", f"{board}/cycles").status == 303
    (turn,) = set(re.findall(r'action="(/cycles/\d+/turn)"', coach.get(f"{board}/coach").text))
    seen = []
    for step in ("actual", "obstacles"):
        asked = wall.get(f"{board}/question?since={seen[-1] if seen else 'none'}", HX_Request="true")
        seen.append(re.search(r"question\?since=([\w.]+)", asked.text)[1])  # type: ignore[index]  # fails as it should
        assert wall.get(f"{board}/question?since={seen[-1]}", HX_Request="true").status == 204
        assert coach.fill_in(f"{board}/coach", turn, to=step).status == 303
    assert wall.get(f"{board}/question?since={seen[-1]}", HX_Request="true").status == 200
    assert len(set(seen)) == 2


#: Pages with pictures and figures that are kept ready, with assets, and in the reader's language.
SAME = ("/", "/teams", "/boards", "/challenges", "/leadership", "/teams/access-requests/measures", "/learning?q=access")


def test_both_show_the_same_also_after_a_change_at_one(site: Site, played: Cast) -> None:
    dev = site.through()
    dev.sign_in("dev")
    one, other = site.at(0, dev.cookies), site.at(1, dev.cookies)
    for path in (*SAME, played.board.path):
        assert _as_read(one.get(path)) == _as_read(other.get(path)), path
    changed = one.fill_in("/settings", "/settings/profile", language="en_US")
    assert changed.status == 303
    page = other.get(played.board.path).text
    assert 'lang="en-US"' in page
    assert "June 18" in page


def _as_read(answer: Answer) -> str:
    """A page without what is made anew for each."""
    assert answer.status == 200
    page = re.sub(r'name="(csrf_token|once)" value="[^"]*"', "", answer.text)
    return re.sub(r'content="[^"]*" name="csrf[^"]*"|name="csrf[^"]*" content="[^"]*"', "", page)


def test_files_are_kept_by_nginx_for_a_year_and_are_the_same_at_both(site: Site, ana: Browser) -> None:
    (sheet,) = set(re.findall(r'href="(/static/[^"]+/css/app\.css)"', ana.get("/").text))
    one, other = (site.at(number, {}).get(sheet) for number in (0, 1))
    assert one.body == other.body
    first, again = ana.get(sheet, Accept_Encoding="gzip"), ana.get(sheet)
    assert "immutable" in first.headers["Cache-Control"]
    assert first.headers["Content-Encoding"] == "gzip"
    assert again.body == one.body
    assert [file for file in (site.nginx.place / "kata").rglob("*") if file.is_file()]


def test_what_may_be_sent_is_what_the_app_takes(site: Site, ana: Browser, played: Cast, app: Flask) -> None:
    most = int(str(from_environment({"KATA_DATA": app.config["DATA_FOLDER"]}, serving=False)["MAX_CONTENT_LENGTH"]))
    assert f"client_max_body_size {most // 2**20}m;" in SITE.read_text()
    for size, status in ((most - 1, 422), (most + 1, 413)):  # the app itself stops at the last byte
        answer = _send_photo(ana, played, size)
        assert answer.status == status
    assert "That is too large. Nothing was saved" in answer.text


def _send_photo(ana: Browser, played: Cast, size: int) -> Answer:
    """A form with a photo that is none, of so many bytes in all."""
    page = f"/experiments/{played.board.running}/photos"
    token = _forms(ana, played.board.path)["csrf_token"]
    head = (
        f'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--edge\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    ).encode()
    tail = b"\r\n--edge--\r\n"
    body = head + b"x" * (size - len(head) - len(tail)) + tail
    return ana.ask("POST", page, body, {"Content-Type": "multipart/form-data; boundary=edge"})


def test_what_a_browser_claims_of_itself_is_not_believed(site: Site, ana: Browser) -> None:
    forged = Browser(site.nginx.tls, tls=True, name="evil.test")
    assert forged.get("/sign-in").status == 400
    given = "0123456789abcdef"
    answer = site.through().get(
        "/teams", X_Forwarded_Host="evil.test", X_Forwarded_Proto="http", X_Forwarded_Prefix="/evil", X_Request_ID=given
    )
    assert answer.headers["Location"] == "/sign-in?next=/teams"
    assert "Strict-Transport-Security" in answer.headers
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert f'"request":"{answer.headers["X-Request-ID"]}"' in site.log()
    origin = {"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}
    assert ana.post("/sign-out", {}, **origin).status == 403
    assert ana.get("/").status == 200


def test_figures_and_the_state_of_processes_are_not_told_to_strangers(site: Site) -> None:
    assert [site.through().get(path).status for path in ("/metrics", "/readyz")] == [404, 404]
    plain = Browser(site.nginx.plain).get("/teams?a=b")
    assert (plain.status, plain.headers["Location"]) == (308, "https://kata.test/teams?a=b")


def test_no_secret_of_an_address_is_in_a_log_also_not_while_a_process_is_gone(
    site: Site, ana: Browser, app: Flask
) -> None:
    """Nginx tells the whole address with what it could not hand on."""
    site.kill(0)
    for rule in app.url_map.iter_rules():
        if "<token>" in rule.rule:
            address = re.sub(r"<int:\w+>", "7", rule.rule.replace("<token>", SECRET))
            for _ in range(2):
                ana.get(address)
    assert ana.get(f"/learning?q={SECRET}").status == 200
    site.again(0)
    log = site.log()
    assert '"address":"/link/..."' in log
    assert '"route":"/link/<token>"' in log
    assert SECRET not in log
    assert "ana@" not in log


def test_a_process_that_ends_is_taken_over_without_a_lost_save(site: Site, ana: Browser, played: Cast) -> None:
    """Told to end it loses nothing; killed, at most the answer to what it had in hand: what was answered is there."""
    board = played.board.path
    fields = _forms(ana, board)
    run = uuid4().hex[:6]
    answered: dict[str, int] = {}

    def save(number: int) -> None:
        text = f"Taken over {run} {number:03}"
        answered[text] = _park(ana, board, text, fields).status

    with ThreadPoolExecutor(4) as pool:
        saving = [pool.submit(save, number) for number in range(24)]
        wait_for(lambda: len(answered) >= 4, "the first saves")
        assert end(site.apps[0]) == 0
        for each in saving:
            each.result()
        assert set(answered.values()) == {303}
        site.again(0)
        saving = [pool.submit(save, number) for number in range(24, 48)]
        wait_for(lambda: len(answered) >= 28, "more saves")
        site.kill(1)
        for each in saving:
            each.result()
    site.again(1)
    assert list(answered.values()).count(303) >= 44
    page = ana.get(board).text
    kept = {text for text, status in answered.items() if status == 303}
    assert [text for text in kept if text not in page] == []


def test_a_process_that_came_back_is_asked_again(site: Site, ana: Browser) -> None:
    def told() -> list[int]:
        return [(site.place / f"{port}.log").stat().st_size for port in site.ports]

    # A line of the log is written after its answer, so what it tells is held against the beginning.
    before, end_by = told(), time.monotonic() + 10
    while not all(now > then for now, then in zip(told(), before, strict=True)) and time.monotonic() < end_by:
        ana.get("/teams")
    assert all(now > then for now, then in zip(told(), before, strict=True))
