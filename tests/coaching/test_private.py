"""What is written about a person in coaching reaches that person and their coaches, by no address anybody else.

Driven from the map of addresses: a new page, list, search or file is looked through by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests.access import requests
from tests.access.matrix import PEOPLE, ROWS, Row
from tests.cast import Cast
from tests.cast_coaching import COACH_SAID, EVIDENCE, INSTRUCTION, LEARNER_SAID, SAID, TRIGGER
from tests.client import Client
from tests.coaching.confided import LEARNING, READERS, leaks, text_of
from tests.conftest import browser, sign_in
from tests.test_pages import PIECES

READING = [row for row in ROWS if row.method == "GET"]
#: Searches for words of the sentences, besides the addresses as the matrix asks them.
SEARCHES = ("/go?q=approvers", "/go?q=counting", "/go?q=Wait", "/boards?q=approvers", "/voices?q=counting")


def read_by(app: Flask, cast: Cast, name: str) -> Iterator[tuple[str, TestResponse]]:
    """Everything that a person is answered, by the address, as pages and as the pieces of pages."""
    client = _browser_of(app, cast, name)
    for row in READING:
        path = _path(app, row, cast)
        yield path, client.get(path)
    yield from _besides(app, cast, client)


def _besides(app: Flask, cast: Cast, client: Client) -> Iterator[tuple[str, TestResponse]]:
    """What is answered besides what the access matrix asks, which looks at each of its own answers."""
    for path in (*_of_everybody(cast), *SEARCHES):
        yield path, client.get(path)
    for row in READING:
        if row.rule in PIECES:
            path = _path(app, row, cast)
            yield f"a piece of {path}", client.get(path, htmx=True)


def _browser_of(app: Flask, cast: Cast, name: str) -> Client:
    client = browser(app) if name == "nobody" else sign_in(app, cast[name].id)
    client.lint = False
    return client


def _path(app: Flask, row: Row, cast: Cast) -> str:
    rule: Rule = next(r for r in app.url_map.iter_rules() if r.rule == row.rule and "GET" in (r.methods or ()))
    return requests.address(rule, row, cast)


def _of_everybody(cast: Cast) -> list[str]:
    """The matrix asks for one person's pages; here they are asked for of both about whom something is written."""
    rows = [row for row in READING if "<int:person_id>" in row.rule]
    return [row.rule.replace("<int:person_id>", str(cast[name].id)) for row in rows for name in ("ana", "ben")]


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_reads_what_is_not_for_them(name: str, app: Flask, cast: Cast) -> None:
    asked = _besides(app, cast, _browser_of(app, cast, name))
    assert {where: found for where, answer in asked if (found := leaks(name, answer))} == {}


@pytest.mark.parametrize("name", sorted(LEARNING))
def test_whoever_may_read_it_finds_it(name: str, app: Flask, cast: Cast) -> None:
    missing = {sentence for sentence, readers in READERS.items() if name in readers}
    for _where, answer in read_by(app, cast, name):
        missing -= {sentence for sentence in missing if sentence in text_of(answer)}
        if not missing:
            break
    assert missing == set()


def test_a_coach_who_stops_being_one_reads_nothing_from_the_next_request(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.query(Membership).filter_by(person_id=cast["ben"].id, role="coach").delete()
        for board in (cast.board, cast.closed, cast.practice):
            db.session.get_one(Storyboard, board.id).coach_id = None
        db.session.commit()
    own = {SAID["practice"], COACH_SAID, LEARNER_SAID, TRIGGER, INSTRUCTION, EVIDENCE["ben"]}
    texts = {where: text_of(answer) for where, answer in read_by(app, cast, "ben")}
    assert {
        (where, each) for where, text in texts.items() for each in READERS if each not in own and each in text
    } == set()


def test_who_leaves_the_team_still_reads_what_was_written_about_them(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.query(Membership).filter_by(person_id=cast["ana"].id).delete()
        db.session.commit()
    everything = "\n".join(text_of(answer) for _where, answer in read_by(app, cast, "ana"))
    assert SAID["feedback"] in everything
    assert SAID["practice"] not in everything
