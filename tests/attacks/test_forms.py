"""Every form of the app, sent by somebody who may send it, with what nobody should get through it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from wtforms import IntegerField, SelectField

from kata.activity.models import Activity
from kata.extensions import Model, db
from kata.identity.models import Person
from kata.storyboards.models import Challenge
from tests.attacks.conftest import Sending
from tests.cast import Cast

EVIL = "evil.example"
#: Sent along by a proxy or a browser that nobody trusts; none of it may show in an answer or change what is done.
FORGED = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-For": "203.0.113.9",
    "Forwarded": f"host={EVIL};for=203.0.113.9",
    "X-Original-URL": "/admin/people",
    "X-Rewrite-URL": "/admin/people",
    "X-HTTP-Method-Override": "DELETE",
    "Referer": f"https://{EVIL}/",
}
DONE = {200, 204, 303}


def extra(cast: Cast) -> dict[str, Any]:
    """Fields that would give rights or other people's things away, if any form took what it does not show."""
    eve, invoices = cast["eve"].id, cast.teams["invoices"]
    people = ("person_id", "by_id", "by", "created_by", "created_by_id", "made_by_id", "entered_by_id", "learner_id")
    moments = ("closed_at", "ended_at", "disabled_at", "anonymised_at", "archived_at", "at", "created_at", "removed_at")
    return {
        **dict.fromkeys(people, eve),
        **dict.fromkeys(("coach_id", "second_coach_id", "owner_id"), eve),
        **dict.fromkeys(moments, "2001-01-01T00:00:00"),
        "team_id": invoices,
        "board_id": cast.other.id,
        "area_id": cast.areas["finance"],
        "is_administrator": "y",
        "administrator": "y",
        "role": "leader",
        "id": "424242",
        "number": "424242",
        "version_id": "424242",
        "password_hash": "x",
        "token_hash": "x",
        "slug": "taken-over",
        "_method": "DELETE",
        "next": f"https://{EVIL}/",
    }


def belonging(cast: Cast) -> dict[str, frozenset[str]]:
    """All rows that point to eve, her team, her board or the area that ana's team is not in; and who administers."""
    theirs = {
        "person": cast["eve"].id,
        "team": cast.teams["invoices"],
        "storyboard": cast.other.id,
        "area": cast.areas["finance"],
    }
    found = {}
    for table in Model.metadata.sorted_tables:
        pointing = [key.parent == theirs[key.column.table.name] for key in table.foreign_keys if _names(key, theirs)]
        if pointing:
            rows = db.session.execute(sa.select(table).where(sa.or_(*pointing)))
            found[table.name] = frozenset(map(repr, rows))
    mine = sa.select(Person.id, Person.name, Person.email, Person.disabled_at).where(Person.id == cast["eve"].id)
    found["eve"] = frozenset(map(repr, db.session.execute(mine)))
    found["administrators"] = frozenset(
        map(str, db.session.scalars(sa.select(Person.id).where(Person.is_administrator)))
    )
    return found


def _names(key: Any, theirs: dict[str, int]) -> bool:
    return key.column.name == "id" and key.column.table.name in theirs


def test_no_form_takes_more_than_it_shows(
    app: Flask, cast: Cast, sendings: list[Sending], reset: Callable[[], None]
) -> None:
    """Fields that are not its own change nothing, and whoever sends it is who is noted as having done it."""
    wrong = []
    with app.app_context():
        before, newest = belonging(cast), db.session.scalar(sa.select(sa.func.max(Activity.id)))
    for sending in sendings:
        body = sending.prepared()
        asked = {**extra(cast), **body}
        if sending.row.rule.startswith("/admin/people"):
            asked.pop("is_administrator")  # a field of theirs, for administrators
        answer = sending.send({**asked, **_twice(sending, body)}, headers=FORGED)
        if answer.status_code == 422:  # a form that has such a field of its own refuses what stands there
            own = {name for name in sending.fields if name not in body}
            asked = {name: value for name, value in asked.items() if name not in own}
            answer = sending.send({**asked, **_twice(sending, body)}, headers=FORGED)
        with app.app_context():
            after = belonging(cast)
            events = sa.select(Activity.person_id, Activity.address).where(Activity.id > newest)
            by = set(db.session.execute(events))
        if answer.status_code not in DONE:
            wrong.append(f"{sending.row} was answered {answer.status_code}")
        wrong += [f"{sending.row} changed {name} of others" for name in before if before[name] != after[name]]
        if EVIL in answer.text or EVIL in str(answer.headers):
            wrong.append(f"{sending.row} tells of {EVIL}")
        strange = {each for each in by if each.person_id not in {None, cast[sending.name].id} and not _by_link(sending)}
        if strange or any(each.address not in {"", "127.0.0.1"} for each in by):
            wrong.append(f"{sending.row} was noted as done by {by}")
        reset()
    assert not wrong, "\n".join(wrong)


def _by_link(sending: Sending) -> bool:
    """Whoever comes by a link is the one whom it was made for."""
    return "<token>" in sending.row.rule or sending.row.rule == "/sign-in"


def _twice(sending: Sending, body: dict[str, Any]) -> dict[str, Any]:
    """Each id of the form twice: the second time somebody else's."""
    others = extra(sending.cast)
    return {name: [value, others[name]] for name, value in body.items() if name in others and name.endswith("_id")}


#: Who may be named although they belong to another team: coaches come from anywhere.
ANYBODY = {"coach_id", "second_coach_id"}
#: What is chosen from the whole organisation by those who may.
EVERYWHERE = {"area_id", "parent_id", "skill_id", "cycle_id"}


def _of_another_team(app: Flask, cast: Cast) -> dict[str, int]:
    with app.app_context():
        challenge = db.session.scalars(sa.select(Challenge.id).where(Challenge.board_id.is_not(None)).limit(1)).one()
    return {
        "measure_id": cast.measures["other"],
        "moment_id": cast.hushed.moment,
        "customer_id": cast.hushed.customer,
        "learner_id": cast["eve"].id,
        "owner_id": cast["eve"].id,
        "serves_id": challenge,
        "experiment_id": cast.other.running,
        "team_id": cast.teams["invoices"],
    }


NOWHERE = (str(2**31 - 1), str(2**31), str(2**63), "-1", "1e3", "0x1", "nothing")


@pytest.mark.database
def test_no_form_reaches_into_another_team_by_a_number(
    app: Flask, cast: Cast, sendings: list[Sending], reset: Callable[[], None]
) -> None:
    """Every field that takes a number: of another team, of nothing, of more than a database can count."""
    theirs, wrong, tried = _of_another_team(app, cast), [], set()
    for sending in sendings:
        sending.send({**sending.prepared(), "once": ""})
        reset()
        names = [name for name in _numbers(sending) if not name.endswith("version")]
        body = sending.prepared() if names else {}
        for name, value in [(each, value) for each in names for value in (*_theirs(each, theirs), *NOWHERE)]:
            tried.add(name)
            answer = _answer(sending, {**body, name: value})
            if answer >= 500 or (answer in DONE and name.endswith("_id")):
                wrong.append(f"{sending.row}: {name}={value} was answered {answer}")
            if answer in DONE:
                reset()
                body = sending.prepared()
        if names:
            reset()
    assert not wrong, "\n".join(wrong)
    assert {"measure_id", "moment_id", "customer_id", "learner_id", "team_id", "serves_id", "experiment_id"} <= tried


def _theirs(name: str, theirs: dict[str, int]) -> list[int]:
    """What the field means to somebody of another team; each field that names something is known here."""
    last = name.rsplit("-", 1)[-1]
    assert last in {*theirs, *ANYBODY, *EVERYWHERE} or not last.endswith("_id"), f"whose is {name}?"
    return [theirs[last]] if last in theirs else []


def _answer(sending: Sending, body: dict[str, Any]) -> int:
    """The status; that of a fault where something was raised."""
    try:
        return sending.send(body).status_code
    except Exception:  # whatever it is, a server would answer it with a fault of its own
        return 500


def _numbers(sending: Sending) -> dict[str, Any]:
    return {
        name: each
        for name, each in sending.fields.items()
        if isinstance(each, IntegerField) or (isinstance(each, SelectField) and name.endswith("_id"))
    }
