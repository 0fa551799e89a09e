"""What is written about a person in coaching reaches that person and their coaches, by no address anybody else.

Driven from the map of addresses: a new page, list, search or file is looked through by itself.
"""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from werkzeug.routing import Rule

from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests.access import requests
from tests.access.matrix import PEOPLE, ROWS, Row
from tests.cast import Cast
from tests.cast_coaching import COACH_SAID, EVIDENCE, INSTRUCTION, LEARNER_SAID, SAID, TRIGGER
from tests.conftest import browser, sign_in
from tests.test_pages import PIECES

LEARNING, COACHING = {"ana", "ben", "cleo"}, {"ben", "cleo"}

#: Who may read each of the sentences of the cast.
READERS = {
    SAID["target"]: LEARNING,
    SAID["actual"]: LEARNING,
    SAID["obstacles"]: LEARNING,
    SAID["feedback"]: LEARNING,
    SAID["reflection"]: LEARNING,
    SAID["practice"]: COACHING,
    COACH_SAID: COACHING,
    LEARNER_SAID: COACHING,
    TRIGGER: COACHING,
    INSTRUCTION: COACHING,
    EVIDENCE["ana"]: {"ana", "ben"},
    EVIDENCE["ben"]: COACHING,
}
READING = [row for row in ROWS if row.method == "GET"]
#: Searches for words of the sentences, besides the addresses as the matrix asks them.
SEARCHES = ("/go?q=approvers", "/go?q=counting", "/go?q=Wait", "/boards?q=approvers", "/voices?q=counting")


def read_by(app: Flask, cast: Cast, name: str) -> dict[str, str]:
    """Everything that a person is answered, by the address; also what is a piece of a page."""
    client = browser(app) if name == "nobody" else sign_in(app, cast[name].id)
    client.lint = False
    found = {}
    for path in [*(_path(app, row, cast) for row in READING), *_of_everybody(cast), *SEARCHES]:
        found[path] = unescape(client.get(path).data.decode(errors="replace"))
    for row in READING:
        if row.rule in PIECES:
            path = _path(app, row, cast)
            found[f"a piece of {path}"] = unescape(client.get(path, htmx=True).text)
    return found


def _path(app: Flask, row: Row, cast: Cast) -> str:
    rule: Rule = next(r for r in app.url_map.iter_rules() if r.rule == row.rule and "GET" in (r.methods or ()))
    return requests.address(rule, row, cast)


def _of_everybody(cast: Cast) -> list[str]:
    """The matrix asks for one person's pages; here they are asked for of both about whom something is written."""
    rows = [row for row in READING if "<int:person_id>" in row.rule]
    return [row.rule.replace("<int:person_id>", str(cast[name].id)) for row in rows for name in ("ana", "ben")]


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_reads_what_is_not_for_them(name: str, app: Flask, cast: Cast) -> None:
    hidden = [sentence for sentence, readers in READERS.items() if name not in readers]
    leaks = {
        (where, sentence) for where, text in read_by(app, cast, name).items() for sentence in hidden if sentence in text
    }
    assert leaks == set()


@pytest.mark.parametrize("name", sorted(LEARNING))
def test_whoever_may_read_it_finds_it(name: str, app: Flask, cast: Cast) -> None:
    everything = "\n".join(read_by(app, cast, name).values())
    missing = [sentence for sentence, readers in READERS.items() if name in readers and sentence not in everything]
    assert missing == []


def test_a_coach_who_stops_being_one_reads_nothing_from_the_next_request(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.query(Membership).filter_by(person_id=cast["ben"].id, role="coach").delete()
        for board in (cast.board, cast.closed, cast.practice):
            db.session.get_one(Storyboard, board.id).coach_id = None
        db.session.commit()
    own = {SAID["practice"], COACH_SAID, LEARNER_SAID, TRIGGER, INSTRUCTION, EVIDENCE["ben"]}
    found = read_by(app, cast, "ben")
    leaks = {(where, each) for where, text in found.items() for each in READERS if each not in own and each in text}
    assert leaks == set()


def test_who_leaves_the_team_still_reads_what_was_written_about_them(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.query(Membership).filter_by(person_id=cast["ana"].id).delete()
        db.session.commit()
    everything = "\n".join(read_by(app, cast, "ana").values())
    assert SAID["feedback"] in everything
    assert SAID["practice"] not in everything
