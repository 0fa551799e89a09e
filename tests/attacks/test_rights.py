"""Rights that end, and rights that nobody asks for: at every address, from the next request on."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from kata.access.policy import Action
from kata.extensions import db
from kata.identity.models import Person
from kata.teams.models import AreaLeader, Membership
from tests.access import requests
from tests.access.matrix import ROWS
from tests.attacks.test_addresses import _client, _rules
from tests.cast import Cast

KATA = Path(__file__).parents[2] / "kata"
#: A right that ends, by what is ended, and who is left with what somebody has who is only signed in.
ENDED = {
    "gus": "member of the team",
    "dev": "leader of the area",
    "root": "administrator",
    "eve": "member of another team",
}


@pytest.mark.parametrize("name", ENDED)
def test_a_role_that_ends_ends_at_the_next_request_everywhere(name: str, app: Flask, cast: Cast) -> None:
    """The session goes on, with what somebody may who is only signed in, at each address where they had more."""
    client = _client(app, cast, name)
    assert client.get("/").status_code == 200
    with app.app_context():
        me = cast[name].id
        db.session.query(Membership).filter_by(person_id=me).delete()
        db.session.query(AreaLeader).filter_by(person_id=me).delete()
        db.session.query(Person).filter_by(id=me).update({"is_administrator": False})
        db.session.commit()
    expected = {"no": {403}, "--": {404}}
    rows = [row for row in ROWS if row.answers[name] == "ok" and row.answers["fay"] in expected]
    assert len(rows) > 10
    rows = [row for row in rows if not (name == "eve" and row.about == "other" and row.method == "GET")]
    wrong = []
    for row in rows:
        rule = next(rule for rule in _rules(app, row.method) if rule.rule == row.rule)
        path = requests.address(rule, row, cast)
        if row.method == "GET":
            status = client.get(path).status_code
        else:
            with app.app_context():
                body = requests.body(row, cast)
            if row.rule in {"/boards", "/measures/import"}:
                body |= requests.starts_board(name, cast)
            status = client.post(path, body).status_code
        if status not in expected[row.answers["fay"]]:
            wrong.append(f"{row}: {status}, and {row.answers['fay']} for who is only signed in")
    assert not wrong, "\n".join(wrong)


def test_every_right_is_somebodys_and_asked_for_somewhere(app: Flask) -> None:
    """No right of the policy lies about unasked, where nobody would notice that it is wrong."""
    asked = {getattr(view, "access", "") for view in app.view_functions.values()}
    offered = "".join(file.read_text() for file in (KATA.parent / "templates").rglob("*.html"))
    code = "".join(file.read_text() for file in KATA.rglob("*.py") if file.name != "policy.py")
    unasked = [each.name for each in Action if each.name not in asked and f"Action.{each.name}" not in offered + code]
    assert unasked == []
