"""Every page of the URL map over the demo organisation, on both engines: how long it takes, how much it asks."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from kata.extensions import db
from tests.bench import pages, stage
from tests.bench.table import Row, postgres_server, times
from tests.bench.turns import Request, ratio, take_turns
from tests.conftest import listening

TEAM = "access-requests"
LEADERS = "/leadership"
STATEMENTS = 12
#: So many pages take turns with the bare page, as many as elsewhere: among fifty none would find its code still warm.
TOGETHER = 8


def bar(rule: str) -> float:
    """How many times as long as a bare page a page may take."""
    return 3 if rule == "/" else 10 if rule.startswith(LEADERS) else 6


def measure(folder: Path, turns: int) -> list[Row]:
    """A row for each page: SQLite first, then PostgreSQL where a server can be had."""
    folder.mkdir(exist_ok=True)
    rows = _measured(f"sqlite:///{folder / 'kata.sqlite'}", folder, turns, "")
    with postgres_server() as address:
        return rows + (_measured(address, folder, turns, " on PostgreSQL") if address else [])


def _measured(address: str, folder: Path, turns: int, where: str) -> list[Row]:
    app = stage.app_with(address, folder)
    stage.play_demo(app)
    with app.app_context():
        given = pages.place(TEAM)
    found = list(pages.pages(app, given))
    rows = []
    for start in range(0, len(found), TOGETHER):
        rows += _in_turns(app, given, found[start : start + TOGETHER], turns, where)
    if not where:  # PostgreSQL is read by a second engine, to which nobody listens
        most, which = max((_statements(app, page), page.rule) for page in found)
        rows.append(Row(f"{len(found)} pages: most statements of one", most, STATEMENTS, "", f"`{which}`"))
    with app.app_context():
        db.engine.dispose()
    return rows


def _in_turns(app: Flask, given: pages.Place, some: list[pages.Page], turns: int, where: str) -> list[Row]:
    bare = Request(app, stage.signed_in(app, given.people["learner"]), "/bare")
    asked = {page.rule: Request(app, page.client, page.path) for page in some}
    take_turns({"bare": bare, **asked}, turns)
    return [
        Row(f"`{rule}`{where} against a bare page", ratio(each, bare), bar(rule), " ×", times(each, bare))
        for rule, each in asked.items()
    ]


def _statements(app: Flask, page: pages.Page) -> int:
    with listening(app) as asked:
        page.client.get(page.path)
    return len(asked)
