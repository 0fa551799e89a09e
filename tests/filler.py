"""Rows for every table of any version of the schema, found by trying: nobody writes them anew for each version.

All refer to the first row of other tables, so that what belongs to a board refers to things of that board; people are
any. Words that a condition of the table names are tried where it asks for one of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kata.archive.snapshot import count

TRIES = 300
CAST = re.compile(r"::[a-z ]+")
WORD = re.compile(r"'((?:[^']|'')*)'")


def fill(connection: sa.Connection, known: list[sa.Table], number: int) -> None:
    """One more row in each of these tables; where the table counts its rows it is the first, or ``number``."""
    for table in known:
        is_empty = not count(connection, table)
        if not _fill(connection, table, 1 if is_empty else number) and is_empty:
            raise AssertionError(f"No row of {table.name} was found that the database takes.")


def _fill(connection: sa.Connection, table: sa.Table, number: int) -> bool:
    chance = random.Random(f"{table.name} {number}")  # noqa: S311 - which row is tried decides no secret
    words = _words(connection, table)
    for attempt in range(TRIES):
        row = {each.name: value for each, value in _row(table, number, words, chance, attempt)}
        try:
            with connection.begin_nested():
                connection.execute(table.insert(), row)
            return True
        except IntegrityError:
            pass
    return False


def _words(connection: sa.Connection, table: sa.Table) -> dict[str, list[str]]:
    """For each column the words that stand in a condition which names it."""
    rules = [CAST.sub("", each["sqltext"]) for each in sa.inspect(connection).get_check_constraints(table.name)]
    return {
        column.name: [word for rule in rules if re.search(rf"\b{column.name}\b", rule) for word in WORD.findall(rule)]
        for column in table.columns
    }


def _row(
    table: sa.Table, number: int, words: dict[str, list[str]], chance: random.Random, attempt: int
) -> Iterator[tuple[sa.Column[Any], Any]]:
    for column in table.columns:
        key = next(iter(column.foreign_keys), None)
        own = key is not None and key.column.table is table
        if own or (column.nullable and attempt and chance.random() < 0.5):
            yield column, None
        elif key is not None:
            yield column, chance.randint(1, 2) if key.column.table.name == "person" else 1
        elif column.primary_key and isinstance(column.type, sa.Integer):
            yield column, number if attempt % 2 == 0 else 1
        else:
            yield column, _value(column, number, words[column.name], chance, attempt)


def _value(column: sa.Column[Any], number: int, words: list[str], chance: random.Random, attempt: int) -> Any:
    kind = column.type
    if isinstance(kind, sa.String):
        if words and chance.random() < 0.9:
            return chance.choice(words)[: kind.length]
        return f"row {number}"[-(kind.length or 99) :]
    if isinstance(kind, sa.Boolean):
        return bool(attempt and chance.random() < 0.5)
    if isinstance(kind, sa.Integer):
        return chance.randint(1, 12)
    made = {
        sa.JSON: [],
        sa.Float: float(number),
        sa.DateTime: datetime(2026, 1, 1, 12, number, tzinfo=UTC if str(kind) != "DATETIME" else None),
        sa.Date: date(2026, 1, number),
        sa.Time: time(9, number),
    }
    return next(value for of, value in made.items() if isinstance(kind, of))
