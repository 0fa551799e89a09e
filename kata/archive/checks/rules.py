"""Rules that must hold, asked of all rows: those that the database holds too, and those across tables.

What the tables themselves declare (conditions, what there may be once, what belongs to one board or team) is read from
them, so that a rule which is added tomorrow is asked tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Index,
    Table,
    UniqueConstraint,
    func,
    select,
    text,
)

from kata.alignment.models import Barrier
from kata.archive.checks.check import Check, Look
from kata.extensions import db
from kata.folding import folded
from kata.identity.models import Person, SignInSession
from kata.storyboards.models import Challenge, Storyboard
from kata.teams.models import Area, AreaLeader, Membership, Team

MOST = 50
FOLDED = ((Person, "name"), (Team, "name"), (Storyboard, "focus_process"), (Barrier, "text"))


def conditions(connection: Connection, look: Look) -> Iterator[str]:
    for table in db.metadata.sorted_tables:
        for rule in (each for each in table.constraints if isinstance(each, CheckConstraint)):
            for row in _rows(connection, table, text(f"not ({rule.sqltext})")):
                yield f"{row} breaks {rule.name}"


def once_only(connection: Connection, look: Look) -> Iterator[str]:
    """One obstacle in focus, one open experiment, one running cycle, one reading a day …"""
    for table in db.metadata.sorted_tables:
        for name, columns, only in _unique(table):
            query = select(*columns).select_from(table).where(*(each.is_not(None) for each in columns))
            twice = query.group_by(*columns).having(func.count() > 1).limit(MOST)
            for row in connection.execute(twice if only is None else twice.where(only)):
                yield f"{table.name}: {name} holds more than one for {tuple(row)}"


def _unique(table: Table) -> Iterator[tuple[str, list[Any], Any]]:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield str(constraint.name), list(constraint.columns), None
    for index in table.indexes:
        if index.unique:
            yield str(index.name), list(index.columns), _only(index)


def _only(index: Index) -> Any:
    return index.dialect_options["sqlite"].get("where")


def one_board_and_team(connection: Connection, look: Look) -> Iterator[str]:
    """What belongs to a board refers to things of that board alone, and likewise for a team."""
    for table in db.metadata.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table.alias()
            for owner in ("board_id", "team_id"):
                if key.column.table is table or owner not in table.c or owner not in other.c:
                    continue
                astray = (key.parent == other.c.id) & (table.c[owner] != other.c[owner])
                query = select(table.c.id).where(astray).limit(MOST)
                whose = f"a {key.column.table.name} of another {owner.removesuffix('_id')}"
                yield from (f"{table.name} {row} refers to {whose}" for row in connection.scalars(query))


def versions(connection: Connection, look: Look) -> Iterator[str]:
    for table in db.metadata.sorted_tables:
        if "version" in table.c:
            yield from (f"{row} has none" for row in _rows(connection, table, table.c.version < 1))


def no_rings(connection: Connection, look: Look) -> Iterator[str]:
    for model, above in ((Area, Area.parent_id), (Challenge, Challenge.serves_id), (Barrier, Barrier.lead_id)):
        up = {id_: parent for id_, parent in connection.execute(select(model.id, above)) if parent is not None}
        sound = set[int]()
        for start in up:
            way, at = list[int](), start
            while at in up and at not in sound and at not in way:
                way.append(at)
                at = up[at]
            if at in way:
                yield f"{model.__tablename__} {at} stands above itself"
            sound.update(way)


def folded_names(connection: Connection, look: Look) -> Iterator[str]:
    for model, name in FOLDED:
        table: Any = model.__table__
        kept = text(f"{table.name}.{name}")  # as it stands, not as a former colleague is called
        for id_, plain, beside in connection.execute(select(table.c.id, kept, table.c[f"{name}_folded"])):
            if folded(plain) != beside:
                yield f"{table.name} {id_} would not be found by its name"


def former_colleagues(connection: Connection, look: Look) -> Iterator[str]:
    gone = select(Person.id).where(Person.anonymised_at.is_not(None))
    for model, ended in (
        (Membership, Membership.ended_at),
        (AreaLeader, AreaLeader.ended_at),
        (SignInSession, SignInSession.ended_at),
    ):
        query = select(model.id).where(model.person_id.in_(gone), ended.is_(None)).limit(MOST)
        yield from (f"{model.__tablename__} {row} of a former colleague is open" for row in connection.scalars(query))


def somebody_administers(connection: Connection, look: Look) -> Iterator[str]:
    if not connection.scalar(select(func.count()).select_from(Person)):
        return
    able = select(Person.id).where(Person.is_administrator, Person.disabled_at.is_(None))
    if connection.scalar(able.limit(1)) is None:
        yield "no administrator is left who can sign in"


def _rows(connection: Connection, table: Table, which: Any) -> Iterator[str]:
    keys = list(table.primary_key.columns)
    for row in connection.execute(select(*keys).select_from(table).where(which).limit(MOST)):
        yield f"{table.name} {', '.join(map(str, row))}"


CHECKS = (
    Check("Every row keeps its table's conditions", conditions),
    Check("What there may be once is there once", once_only),
    Check("What belongs to a board or a team refers to things of its own", one_board_and_team),
    Check("Everything that people edit has a version", versions),
    Check("No area, challenge or barrier stands above itself", no_rings),
    Check("Names are kept as they are looked for", folded_names),
    Check("Former colleagues have no role and no session", former_colleagues),
    Check("Somebody can administer", somebody_administers),
)
