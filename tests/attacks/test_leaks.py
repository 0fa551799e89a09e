"""What a team keeps to itself is told by no page, file, search, suggestion, past day, mail or error to anybody else."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import Model, db
from kata.identity import traces
from kata.learning import actions as learning
from tests.access import requests
from tests.access.matrix import ROWS
from tests.attacks.test_addresses import _client, _rules
from tests.cast import Cast
from tests.test_pages import PIECES

BOARD, VOICE = "Quexal boarded", "Zinvoyt voiced"
#: Tables that belong to a board but are told by rooms of their own, which have their own tests: a barrier is meant for
#: leaders who may not see the board.
OWN_ROOMS = {"barrier", "barrier_news", "story_link", "activity", "coaching_rhythm", "learned"}
#: Who may read neither, and who may read one of them; somebody without any role sees no more than eve does.
HIDDEN = {"root": {BOARD, VOICE}, "dev": {BOARD, VOICE}, "eve": {BOARD}, "ana": {VOICE}}


def mark(cast: Cast) -> int:
    """Put the words into every text of the closed boards and of what the other team heard, and of their records."""
    boards, tables = [cast.closed.id, cast.practice.id], Model.metadata.tables
    heard = {
        "voice": cast.hushed.voice,
        "conversation": cast.hushed.conversation,
        "conversation_held": cast.hushed.held,
    }
    of_boards = {name: table.c.board_id.in_(boards) for name, table in tables.items() if "board_id" in table.c}
    of_boards["storyboard"] = tables["storyboard"].c.id.in_(boards)
    marked = sum(_write(tables[name], where, BOARD) for name, where in of_boards.items() if name not in OWN_ROOMS)
    marked += sum(_write(tables[name], tables[name].c.id == id_, VOICE) for name, id_ in heard.items())
    _mark_records(tables["activity"], boards)
    learning.rebuild()
    db.session.commit()
    return marked


def _mark_records(events: sa.Table, boards: list[int]) -> None:
    rows = db.session.execute(sa.select(events).where(events.c.board_id.in_(boards)))
    for row in rows.all():
        texts = {each.name for each in _texts(Model.metadata.tables[row.subject_type])}
        said = {name: BOARD if name in texts and value else value for name, value in (row.snapshot or {}).items()}
        db.session.execute(events.update().where(events.c.id == row.id).values(snapshot=said))


def _texts(table: sa.Table) -> list[sa.Column[Any]]:
    return [each for each in table.columns if isinstance(each.type, sa.String) and traces._holds_words(each)]


def _write(table: sa.Table, where: Any, words: str) -> int:
    values: dict[Any, Any] = {each: sa.case((each != "", words), else_=each) for each in _texts(table)}
    values |= {each: words.casefold() for each in table.columns if each.name.endswith("_folded")}
    found: Any = db.session.execute(table.update().where(where).values(values)) if values else None
    return found.rowcount if found else 0


def _asked(app: Flask, cast: Cast) -> list[tuple[str, bool]]:
    """Every address that can be read, as the matrix asks it and about each hidden thing, past days and searches."""
    rules, found = {rule.rule: rule for rule in _rules(app, "GET")}, []
    for row in ROWS:
        if row.method == "GET":
            found.append((requests.address(rules[row.rule], row, cast), row.rule in PIECES))
    for words in ("Quexal", "boarded", "Zinvoyt", "quex", "zinv"):
        found += [
            (f"{path}?q={words}", False) for path in ("/go", "/learning", "/learning/tried.json", "/boards", "/teams")
        ]
    for board in (cast.closed, cast.practice):
        found += [(f"{board.path}?on=2026-06-01", False), (f"{board.path}/history?before=999999", False)]
        found += [(f"/experiments/{board.running}", False), (f"/boards.csv?q={board.id}", False)]
    return found


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_team_keeps_to_itself_is_told_to_nobody_else(name: str, app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert mark(cast) >= 10
    client, leaks = _client(app, cast, name), set()
    for path, htmx in _asked(app, cast):
        answer = client.get(path, htmx=htmx)
        text = unescape(answer.data.decode(errors="replace")).casefold()
        leaks |= {(path, words) for words in HIDDEN[name] if words.casefold() in text}
    for row in ROWS:  # what they are refused is refused in words that tell nothing of it
        if row.method == "POST" and row.about in {"closed", "practice", "hushed"} and row.answers[name] != "ok":
            rule = next(each for each in _rules(app, "POST") if each.rule == row.rule)
            text = client.post(requests.address(rule, row, cast), {"version": "0"}).text.casefold()
            leaks |= {(str(row), words) for words in HIDDEN[name] if words.casefold() in text}
    assert leaks == set()


def test_whoever_belongs_there_reads_it(app: Flask, cast: Cast) -> None:
    """Or the words were written nowhere, and their absence would prove nothing."""
    with app.app_context():
        mark(cast)
    ana, eve = _client(app, cast, "ana"), _client(app, cast, "eve")
    for path in (cast.closed.path, "/boards", "/boards.csv", "/go?q=quexal", f"{cast.closed.path}/history"):
        assert BOARD in ana.get(path).get_data(as_text=True), path
    assert VOICE in eve.get(f"/teams/{cast.hushed.slug}/voices").text
    assert "<mark>" in ana.get("/learning?q=Quexal").text
