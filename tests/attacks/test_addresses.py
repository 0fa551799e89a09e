"""Every address of the app, asked with what nobody should put into it, in every way in which nobody should ask."""

from __future__ import annotations

import ast
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import BaseConverter, Rule

from kata.activity.models import Activity
from kata.extensions import db
from tests.access import requests
from tests.access.matrix import ROWS, Row
from tests.attacks.hostile import became_markup
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn, browser, sign_in

KATA = Path(__file__).parents[2] / "kata"
READING = [row for row in ROWS if row.method == "GET" and row.about in {"-", "board"}]

NOTHING = 2**31 - 1
#: Numbers that no row has, as people and machines could write them.
NO_NUMBERS = ("-1", "2147483648", "9223372036854775808", "٣", "1e3", "0x1", "1.0", "1%00", "%20", "..", "1;", "NaN")
#: Names that could be taken for a place on the disk or for something to run.
NO_NAMES = (
    "..",
    "%2e%2e",
    "..%2f..%2f..%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "..%5c..%5cwindows%5cwin.ini",
    "%00",
    "kata.sqlite",
    "..;/",
    "%ed%a0%80",
    "'%20or%20'1'='1",
    "{{7*7}}",
    "x" * 4000,
)


def _client(app: Flask, cast: Cast, name: str) -> Client:
    client = browser(app) if name == "nobody" else sign_in(app, cast[name].id)
    client.lint = False
    return client


def _rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def _of_nothing(rule: Rule, text: str) -> str:
    """The rule's address, each of its variables naming nothing: numbers the largest there is, texts the given one."""
    converters: dict[str, BaseConverter] = rule._converters
    path = rule.rule
    for name in rule.arguments:
        number = "int" in type(converters[name]).__name__.lower() or type(converters[name]).__name__ == "RowId"
        value = str(NOTHING) if number else text
        path = path.replace(f"<int:{name}>", value).replace(f"<{name}>", value)
    assert "<" not in path, path
    return path


#: Whoever signs a device out that is gone already has what they wanted.
GONE_ALREADY = {"identity.settings_session_end"}


def test_what_does_not_exist_is_nothing_at_every_address(app: Flask, cast: Cast) -> None:
    """Asked for by somebody who may do most, read and written, in every place of the address."""
    root, wrong = _client(app, cast, "root"), []
    token = root.csrf_token()
    for method in ("GET", "POST"):
        for rule in _rules(app, method):
            if not rule.arguments:
                continue
            path = _of_nothing(rule, "nothing-of-that-name")
            answer = root.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
            if answer.status_code not in {403, 404} and rule.endpoint not in GONE_ALREADY:
                wrong.append(f"{method} {path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_number_is_only_what_counts_a_row(app: Flask) -> None:
    """Decided by the address map itself, before anything is asked of the database."""
    served = app.url_map.bind("localhost")
    numbered = [rule for rule in _rules(app, "GET") if "<int:" in rule.rule]
    assert len(numbered) > 60
    for rule in numbered:
        for number in NO_NUMBERS:
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<int:{name}>", number).replace(f"<{name}>", "x")
            if served.test(path, "GET"):
                found, _values = served.match(path, "GET")
                assert found != rule.endpoint, f"{path} reaches {found}"


def test_no_name_in_an_address_reaches_a_file(app: Flask, cast: Cast) -> None:
    ana, wrong = _client(app, cast, "ana"), []
    named = [rule for rule in _rules(app, "GET") if any(f"<{name}>" in rule.rule for name in rule.arguments)]
    named = list({rule.rule.partition("<")[0] + rule.rule.rpartition(">")[2]: rule for rule in named}.values())
    static = "/static/<name>/css/app.css", "/static/<name>", "/photos/<name>", "/<name>"
    for pattern in [*(rule.rule for rule in named), *static]:
        for name in NO_NAMES:
            path = pattern
            for variable in ("token", "slug", "name", "area", "what"):
                path = path.replace(f"<{variable}>", name)
            path = path.replace("<int:", "<").replace("<", "").replace(">", "") if "<" in path else path
            answer = ana.get(path)
            if answer.status_code not in {303, 308, 404} or b"root:" in answer.data or b"SQLite format" in answer.data:
                wrong.append(f"{path[:80]}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_child_is_found_through_its_own_parent_only(app: Flask, cast: Cast) -> None:
    """Where an address names two things, somebody's own parent opens nobody else's child, for anybody."""
    nested = [row for row in ROWS if row.rule.count("<") > 1 and "<int:" in row.rule.partition(">")[2]]
    assert len(nested) >= 4
    others = {"photo_id": cast.other.photo or NOTHING, "measure_id": cast.measures["other"], "number": 99}
    wrong = []
    for row in nested:
        rule = next(rule for rule in _rules(app, row.method) if rule.rule == row.rule)
        mine = requests.address(rule, row, cast)
        child = row.rule.replace("/small", "").rpartition("<int:")[2].partition(">")[0]
        values = {child: others.get(child, NOTHING)}
        theirs = _with(rule, row, cast, values)
        assert mine != theirs, f"{row.rule}: whose child is {child}?"
        for name in ("ana", "root", "nobody"):
            client = _client(app, cast, name)
            data = {"csrf_token": client.csrf_token()} if row.method == "POST" else None
            before = _events(app)
            status = client.open(theirs, method=row.method, data=data).status_code
            nothing_done = status == 303 and _events(app) == before  # to sign in, or for what is so already
            if status not in {401, 403, 404} and not nothing_done:
                wrong.append(f"{row.method} {theirs} as {name}: {status}")
    assert not wrong, "\n".join(wrong)


def _events(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Activity)) or 0


def _with(rule: Rule, row: Row, cast: Cast, values: dict[str, int]) -> str:
    known = requests._values(row, cast) | values
    path = rule.rule
    for name in rule.arguments:
        path = path.replace(f"<int:{name}>", str(known[name])).replace(f"<{name}>", str(known[name]))
    return path


def _asked_names() -> set[str]:
    """Every name that some room reads out of the question of an address."""
    found = set()
    for file in KATA.rglob("*.py"):
        if "request" not in (text := file.read_text()):
            continue
        for call in ast.walk(ast.parse(text)):
            if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            if ast.unparse(call.func) in {"request.args.get", "request.args.getlist", "request.values.get"}:
                found.add(str(call.args[0].value))
    return found


#: What a question could be asked with instead: too large, too long, not text, not a day, and something to run.
ODD = (
    "9223372036854775808",
    "%00%ED%A0%80",
    quote("'\"><x-evil data-evil=1>{{7*191}}"),
    "9999-99-99",
    "-1",
    "%" + "a" * 400,
)


def test_no_question_is_a_fault(app: Flask, cast: Cast) -> None:
    """All of an address's questions at once, whatever stands in them: never a fault, and never more than text."""
    names = sorted(_asked_names())
    assert {"q", "on", "before", "after", "next", "open"} <= set(names)
    people = {name: _client(app, cast, name) for name in ("ana", "root", "dev")}
    wrong = []
    for number, row in enumerate(READING):
        client = next((people[name] for name in people if row.answers[name] == "ok"), people["ana"])
        rule = next(rule for rule in _rules(app, "GET") if rule.rule == row.rule)
        path = requests.address(rule, row, cast).partition("?")[0]
        for value in (ODD[number % 3], ODD[3 + number % 3]):
            question = "&".join(f"{name}={value}" for name in names)
            try:
                answer = client.get(f"{path}?{question}")
            except Exception as error:  # whatever it is, a server would answer it with a fault of its own
                wrong.append(f"{path}?…={value[:20]} raised {type(error).__name__}: {error}"[:200])
                continue
            if answer.status_code >= 500:
                wrong.append(f"{path}?…={value[:20]}: {answer.status_code}")
            if answer.mimetype == "text/html" and "x-evil" in answer.text and became_markup(answer.text):
                wrong.append(f"{path}?…={value[:20]} became markup")
    assert not wrong, "\n".join(wrong)


def test_other_methods_do_nothing_anywhere(app: Flask, as_: SignIn) -> None:
    root, wrong = as_("root"), []
    token = root.csrf_token()
    for number, rule in enumerate(app.url_map.iter_rules()):
        method = ("PUT", "DELETE", "PATCH", "TRACE")[number % 4]
        answer = root.open(_of_nothing(rule, "nothing"), method=method, data={"csrf_token": token})
        if answer.status_code != 405:
            wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}], ids=["fetch", "origin"]
)
def test_another_site_writes_at_no_address(app: Flask, cast: Cast, headers: dict[str, str]) -> None:
    """With a token and a session, in vain; also where neither is needed."""
    root, wrong = _client(app, cast, "root"), []
    token = root.csrf_token()
    for rule in _rules(app, "POST"):
        path = _of_nothing(rule, "nothing")
        if root.post(path, {"csrf_token": token}, headers=headers, htmx=True).status_code != 403:
            wrong.append(path)
    assert not wrong, "\n".join(wrong)
