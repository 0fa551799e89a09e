"""The audit log: it tells administrators who did what, when and from where, and nothing that somebody wrote."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.activity.models import Activity
from kata.audit import queries, words
from kata.audit.queries import Filters
from kata.extensions import db
from tests import markup
from tests.cast import LINK_TOKEN, NOW, PASSWORD, Cast
from tests.client import csv_rows
from tests.conftest import Frozen, SignIn, browser, sign_in

LOG = "/admin/audit"


def told(page: str) -> list[str]:
    """The lines of the page, each as its words."""
    found = [each for each in markup.tree(page).iter("li") if each.get("class") == "audit-line"]
    return [" ".join(" ".join(each.itertext()).split()) for each in found]


def test_every_way_in_and_every_refusal_is_told_with_who_what_from_where_and_when(
    app: Flask, as_: SignIn, cast: Cast
) -> None:
    from_elsewhere = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    stranger, form = browser(app), {"email": cast["ana"].email, "password": PASSWORD}
    for _ in range(12):
        stranger.post("/sign-in", {**form, "password": "not this one"}, **from_elsewhere)
    stranger.post("/link/no-such-link", **from_elsewhere)
    browser(app).post(f"/link/{LINK_TOKEN}")
    ana = browser(app)
    ana.post("/sign-in", form)
    changed = {"current": PASSWORD, "password": "seven tall oaks"}
    ana.post("/settings/password", {**changed, "current": "not this one"})
    ana.post("/settings/password", changed)
    ana.post("/settings/sessions/end")
    ana.post(f"{cast.board.path}/obstacles", {"text": "x"}, token=False)
    ana.post(f"{cast.board.path}/obstacles", {"text": "x"}, headers={"Origin": "https://evil.example"})
    ana.post("/sign-out")
    fay = as_("fay")
    fay.get("/admin/people")
    fay.get(cast.closed.path)
    root = as_("root")
    root.post(f"/admin/people/{cast['fay'].id}/link", {"once": "l"})
    account = {"name": "Fay Quist", "email": cast["fay"].email, "version": 1, "is_administrator": "y"}
    root.post(f"/admin/people/{cast['fay'].id}", account)
    root.post(f"{cast.closed.path}/opening", {"reason": "The team asked.", "once": "o"})
    lines = told(root.get(LOG).text)
    for line in [
        "Somebody tried to sign in: wrong address or password Ana Novak · ana@demo.example 192.0.2.7",
        "Somebody tried to sign in too often ana@demo.example 192.0.2.7",
        "Somebody tried a sign-in link that does not work 192.0.2.7",
        "Fay Quist used a sign-in link 127.0.0.1",
        "Ana Novak signed in An unknown device 127.0.0.1",
        "Ana Novak gave a wrong password for a change of the account 127.0.0.1",
        "Ana Novak set a password 127.0.0.1",
        "Ana Novak signed out every other device 127.0.0.1",
        f"Ana Novak was refused: a form too old, or from elsewhere {cast.board.path}/obstacles 127.0.0.1",
        f"Ana Novak was refused: sent from another site {cast.board.path}/obstacles 127.0.0.1",
        "Ana Novak signed out 127.0.0.1",
        "Fay Quist was refused /admin/people 127.0.0.1",
        f"Fay Quist asked for what is not there, or not theirs to see {cast.closed.path} 127.0.0.1",
        "Root Berger made a sign-in link Fay Quist 127.0.0.1",
        "Root Berger made somebody an administrator Fay Quist 127.0.0.1",
        "Root Berger opened a storyboard that is closed to its team",
    ]:
        assert any(line in each for each in lines), f"{line!r} is not in:\n" + "\n".join(lines)
    assert sum("too often" in each for each in lines) == 1  # the same again and again is told once
    assert all("UTC" in each for each in lines)


def test_a_secret_that_is_part_of_an_address_is_not_told(as_: SignIn, cast: Cast, app: Flask) -> None:
    as_("fay").post("/link/a-secret-token", {}, headers={"Origin": "https://evil.example"})
    with app.app_context():
        newest = db.session.scalars(sa.select(Activity).order_by(Activity.id.desc()).limit(1)).one()
        assert newest.snapshot == {"path": "/link/<token>"}


@pytest.mark.database
def test_nobody_fills_the_record_by_being_refused(app: Flask, cast: Cast, frozen: Frozen) -> None:
    def refusals() -> int:
        with app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).where(Activity.subject_type == "endpoint")) or 0

    fay = sign_in(app, cast["fay"].id)
    for _ in range(3):
        fay.get("/admin/people")
    assert refusals() == 1
    for number in range(50):
        fay.get(f"/boards/{9000 + number}")
    assert refusals() <= 1 + 30
    frozen.forward(minutes=16)
    fay.get("/admin/people")
    assert refusals() <= 2 + 30
    assert told(sign_in(app, cast["root"].id).get(LOG).text)[1].count("/admin/people") == 1


@pytest.mark.database
def test_it_is_narrowed_by_who_what_when_and_from_where(app: Flask, as_: SignIn, cast: Cast, frozen: Frozen) -> None:
    browser(app).post("/sign-in", {"email": cast["eve"].email, "password": "not this one"})
    as_("eve").get("/admin/people", environ_base={"REMOTE_ADDR": "192.0.2.9"})
    frozen.forward(days=1)
    as_("gus").get("/admin/people")
    root = as_("root")

    def shown(query: str) -> list[str]:
        return [line.partition("UTC ")[2] for line in told(root.get(f"{LOG}?{query}").text)]

    refused = "Eve Marin was refused /admin/people 192.0.2.9"
    assert refused in shown("who=eve+mar")
    assert refused in shown(f"who={cast['eve'].email}")
    by_eve = shown(f"person={cast['eve'].id}&kind=refusals")
    assert by_eve[0] == refused
    assert by_eve[1].startswith("Somebody tried to sign in")  # what was done to her account is told too
    assert len(by_eve) == 2
    assert shown("address=192.0.2.9") == [refused]
    assert shown("address=192.0.2.9&kind=sign-ins") == []
    assert shown(f"address=192.0.2.9&person={cast['gus'].id}") == []
    first, second = clock.today("Europe/London") - timedelta(days=1), clock.today("Europe/London")
    assert shown(f"kind=refusals&since={second}") == ["Gus Hale was refused /admin/people 127.0.0.1"]
    assert refused in shown(f"kind=refusals&since={first}&until={first}")
    assert not any("Gus" in line for line in shown(f"kind=refusals&since={first}&until={first}"))
    assert shown("kind=refusals") == shown(f"kind=refusals&since={first}")
    assert all("Access" in line or "Invoices" in line for line in shown("kind=administration&who=root")[:4])
    assert shown("who=nobody+at+all") == []
    assert shown("person=999999") == []
    assert shown("kind=nonsense") == shown("")
    several = root.get(f"{LOG}?who=e").text
    assert "Several people are called that" in several


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "until=1066-10-14",
        "address=" + "x" * 60,
        "who=" + "y" * 300,
        "before=x",
        "person=-1",
        "%00=1",
    ],
)
def test_a_filter_that_nobody_can_mean_is_answered_in_words(as_: SignIn, cast: Cast, query: str) -> None:
    answer = as_("root").get(f"{LOG}?{query}")
    assert answer.status_code == 200
    name, _, value = query.partition("=")
    if name in {"since", "address", "who"}:
        assert "not shown until the filter can be understood" in answer.text
        assert value in answer.text
    assert as_("root").get(f"{LOG}.csv?{query}").status_code == 200


@pytest.mark.database
def test_it_goes_on_where_it_stopped_and_misses_nothing(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        every = list(db.session.scalars(sa.select(Activity.id).order_by(Activity.id.desc())))
        for asked in (Filters(), Filters(people=(cast["ana"].id, cast["ben"].id)), Filters(kind="coaching")):
            seen, before, more = [], queries.NEWEST, True
            while more:
                rows, more = queries.page(asked, before)
                seen += [row.id for row in rows]
                before = rows[-1].id
            assert seen == sorted(set(seen), reverse=True)
            assert seen == [row.id for rows in queries.batches(asked) for row in rows]
            assert len(seen) > queries.PAGE or asked.kind
            if asked == Filters():
                assert seen == every
    root = as_("root")
    first = root.get(LOG).text
    assert "Older" in first
    older = next(a.get("href") for a in markup.tree(first).iter("a") if a.get("rel") == "next")
    assert not set(told(root.get(str(older)).text)) & set(told(first)[:3])


def test_the_file_holds_what_the_page_holds_and_formulas_are_text(app: Flask, as_: SignIn, cast: Cast) -> None:
    browser(app).post("/sign-in", {"email": "=HYPERLINK(1)@demo.example", "password": "not this one"})
    browser(app).post(f"/link/{LINK_TOKEN}")
    root = as_("root")
    answer = root.get(f"{LOG}.csv?kind=sign-ins")
    rows = csv_rows(answer)
    signed_in = next(row for row in rows if row["Who"] == "Fay Quist")
    assert len(rows) == len(told(root.get(f"{LOG}?kind=sign-ins").text))
    assert signed_in["What"] == "signed in"
    assert signed_in["When, UTC"].endswith("Z")
    assert signed_in["From where"] == "127.0.0.1"
    assert any(row["Detail"].startswith("'=hyperlink") for row in rows)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_nothing_that_was_written_is_told(as_: SignIn, cast: Cast, app: Flask) -> None:
    """Not of boards and voices that are closed, nor of coaching, nor of what is open: it is no place to read along."""
    whole = as_("root").get(f"{LOG}.csv").get_data(as_text=True)
    assert "Closing leavers" not in whole
    assert "Making tea" not in whole
    with app.app_context():
        texts = {
            value
            for snapshot in db.session.scalars(sa.select(Activity.snapshot).where(Activity.snapshot.is_not(None)))
            for name, value in snapshot.items()
            if isinstance(value, str) and len(value) > 12 and " " in value and name not in {"name", "focus_process"}
        }
    assert len(texts) > 20
    assert [text for text in texts if text in whole] == []
    assert "Granting access" in whole or "Access requests" in whole  # open boards and teams have their names


def _verbs() -> set[str]:
    """Every verb that is written out in a call of ``record`` or ``note`` and their kin, in any room."""
    found: set[str] = set()
    for file in (Path(words.__file__).parent.parent).rglob("*.py"):
        if "demo" in file.parts:
            continue
        text = file.read_text()
        found |= set(re.findall(r'"verb": "([^"]+)", "subject_type"', text))  # what is written past the actions
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and _name(call.func) in {"record", "note", "note_seldom", "refused"}:
                found |= (
                    {text for text in _literals(call.args[0]) if " " in text or text.isalpha()} if call.args else set()
                )
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _literals(verb: ast.expr) -> set[str]:
    if isinstance(verb, ast.IfExp):
        return _literals(verb.body) | _literals(verb.orelse)
    return {verb.value} if isinstance(verb, ast.Constant) and isinstance(verb.value, str) else set()


def test_everything_that_is_recorded_has_a_phrase() -> None:
    verbs = {verb for _about, verb in words.PHRASES}
    assert len(_verbs()) > 90
    assert sorted(_verbs() - verbs) == []


@pytest.mark.parametrize(
    "asked",
    [
        Filters(),
        Filters(people=(1, 2)),
        Filters(kind="sign-ins"),
        Filters(kind="storyboards"),
        Filters(address="192.0.2.1"),
        Filters(people=(1,), kind="refusals", address="192.0.2.1"),
        Filters(kind="barriers", since=NOW - timedelta(days=9), until=NOW),
    ],
    ids=lambda asked: repr(asked)[:60],
)
def test_no_filter_reads_the_whole_record(app: Flask, cast: Cast, asked: Filters) -> None:
    """What an index serves costs the same at a million rows; ``docs/security.md`` has the measurement."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("SQLite's plans do not depend on how many rows there are")
        state = queries._rows(asked, (0, queries.NEWEST), 51).compile(db.engine).construct_expanded_state()
        values = tuple(state.parameters[name] for name in state.positiontup or ())
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {state.statement}", values)
        steps = [str(row[-1]) for row in plan]
    assert steps
    if asked != Filters():
        assert not any(step.startswith("SCAN activity") for step in steps), steps
