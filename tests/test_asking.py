"""A kept statement that goes to the driver as text answers what SQLAlchemy would."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, bindparam, func, literal, select, text, union_all
from sqlalchemy.exc import DBAPIError

from kata import asking
from kata.activity.models import Activity
from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from tests.cast import Cast

pytestmark = pytest.mark.database


@pytest.fixture
def connection(in_app: Flask, cast: Cast) -> Connection:
    return db.session.connection()


def _boards() -> Any:
    """Days, moments, yes and no, and two lists of values; what is due is a value that the statement knows itself."""
    return (
        select(
            Storyboard.id,
            Storyboard.started_at,
            Storyboard.closed,
            Experiment.check_on.label("due"),
            func.coalesce(Experiment.step, "").label("step"),
            literal("'focus' 100 %").label("said"),
        )
        .outerjoin(Experiment, (Experiment.board_id == Storyboard.id) & (Experiment.ended_at.is_(None)))
        .where(
            Storyboard.id.in_(bindparam("ids", expanding=True)),
            Storyboard.focus_process.not_in(bindparam("names", expanding=True)),
            Storyboard.started_at < bindparam("until", type_=Storyboard.started_at.type),
            Storyboard.focus_process.not_in(("nothing", "of the kind")),
        )
        .order_by(Storyboard.id)
        .limit(40)
    )


def test_the_rows_are_the_same_for_lists_of_every_length(connection: Connection, cast: Cast) -> None:
    statement = _boards()
    everything = list(connection.execute(select(Storyboard.id, Storyboard.focus_process, Storyboard.started_at)))
    until = max(row.started_at for row in everything)
    for count in (len(everything), 2, 0, 1, 2, 5):
        ids = [row.id for row in everything[:count]]
        for names in ([], [everything[0].focus_process], ["a", "b"]):
            values = {"ids": ids, "names": names, "until": until}
            found = asking.ask(connection, statement, values).all()
            expected = connection.execute(_boards(), values).all()
            assert [tuple(row) for row in found] == [tuple(row) for row in expected]
            assert [row._fields for row in found] == [row._fields for row in expected]


def test_names_of_columns_and_parts_of_unions_are_the_same(connection: Connection) -> None:
    whose = bindparam("board")
    names = select(func.aggregate_strings(Storyboard.focus_process, " % ")).where(Storyboard.id == whose)
    parts = (
        select(literal(kind).label("kind"), Storyboard.id, names.scalar_subquery().label("names")).where(
            Storyboard.id == whose
        )
        for kind in ("a", "b")
    )
    statement = union_all(*parts)
    asked = [asking.ask(connection, statement, {"board": 1}).all() for _ in range(4)]
    assert [(row.kind, row.id) for row in asked[-1]] == [("a", 1), ("b", 1)]
    assert all(rows == asked[0] for rows in asked)


def test_what_was_stored_as_a_structure_comes_as_one(connection: Connection) -> None:
    statement = select(Activity.snapshot, Activity.at).where(Activity.id == bindparam("id")).limit(1)
    known = connection.execute(select(Activity.id).where(Activity.board_id.is_not(None)).limit(1)).scalar_one()
    rows = [asking.ask(connection, statement, {"id": known}).one() for _ in range(3)]
    assert isinstance(rows[-1].snapshot, dict)
    assert rows[0] == rows[1] == rows[2]
    assert rows[-1].at.tzinfo is not None


def test_an_error_of_the_database_comes_as_sqlalchemy_tells_it(connection: Connection) -> None:
    statement = select(Storyboard.id).where(Storyboard.id == bindparam("id"))
    for _ in range(3):
        asking.ask(connection, statement, {"id": 1})
    connection.execute(text("alter table storyboard rename to gone"))
    with pytest.raises(DBAPIError):
        asking.ask(connection, statement, {"id": 1})


def test_not_more_statements_are_remembered_than_rooms_keep(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "STATEMENTS", 10)
    held = [select(Storyboard.id).limit(count) for count in range(30)]
    for statement in held * 3:
        assert asking.ask(connection, statement, {}).all() is not None
    assert len(asking._known) <= 11


def test_a_statement_made_anew_each_time_is_not_remembered(connection: Connection) -> None:
    before = len(asking._known)
    for _ in range(20):
        asking.ask(connection, select(Storyboard.id).limit(1), {})
    assert len(asking._known) <= before + 1
