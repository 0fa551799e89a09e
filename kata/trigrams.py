"""Names found by any part of them while somebody types, however many there are.

An index of words finds beginnings, and people remember any part of a name. So both engines know of each name which
three letters it has in a row: SQLite in a table of its own kind that triggers keep beside the names, PostgreSQL in an
index. Whatever holds ``lett`` has ``let`` and ``ett``; the few that have both are then looked at themselves.

Where many have them the index is no help, since all of them would have to be put in order: then the names are walked
through in their order, and as many as are wanted are soon found.

SQLite forgets the triggers of a table that a migration copies: such a migration makes them anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    DDL,
    Integer,
    Select,
    String,
    bindparam,
    case,
    column,
    event,
    func,
    literal_column,
    select,
    table,
    text,
    union_all,
)

from kata.extensions import db

#: Of so many names those that are wanted are picked out; where more have the letters, all are walked through.
FEW = 200
LETTERS = 3
SPACE = " || ' ' || "
#: What the names of all that is kept here have in common.
TRIGRAMS = "_trigrams"
#: The columns whose letters are kept, by their table: folded ones, or such of which case does not matter.
KEPT = dict[str, Sequence[Any]]()
#: What PostgreSQL asks of a name. It is dear, so that no plan reads a table and asks each row.
FUNCTION = """
create or replace function trigrams(name text) returns text[] language sql immutable strict parallel safe cost 1000 as
$$
    select coalesce(array_agg(distinct a || b || c), '{}')
    from (
        select a, lead(a) over (order by place) as b, lead(a, 2) over (order by place) as c
        from unnest(string_to_array(name, null)) with ordinality as letters (a, place)
    ) as three
    where c is not null
$$
"""


def kept(*names: Any) -> None:
    """Have the letters of a model's columns kept, wherever its table is made from the models."""
    of = names[0].class_.__table__
    KEPT[of.name] = names
    for dialect, statements in (("sqlite", _tables), ("postgresql", _indexes)):
        for statement in statements(of.name, [name.key for name in names]):
            made = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
            event.listen(of, "after_create", made)
    gone = DDL(f"drop table {of.name}_trigrams").execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]  # likewise
    event.listen(of, "before_drop", gone)


def _tables(of: str, names: Sequence[str]) -> list[str]:
    kept_in, columns = f"{of}_trigrams", ", ".join(names)
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("old", "new"))
    gone = f"insert into {kept_in} ({kept_in}, rowid, {columns}) values ('delete', old.id, {old})"  # noqa: S608 - words of ours
    come = f"insert into {kept_in} (rowid, {columns}) values (new.id, {new})"  # noqa: S608 - likewise
    settings = f"content = '{of}', content_rowid = 'id', tokenize = 'trigram', detail = none"
    return [
        f"create virtual table {kept_in} using fts5({columns}, {settings})",
        f"create trigger {kept_in}_come after insert on {of} begin {come}; end",
        f"create trigger {kept_in}_gone after delete on {of} begin {gone}; end",
        f"create trigger {kept_in}_said after update of {columns} on {of} begin {gone}; {come}; end",
    ]


def _indexes(of: str, names: Sequence[str]) -> list[str]:
    told = names[0] if names[0].endswith("_folded") else f"lower({SPACE.join(names)})"
    # At once into the index: names are seldom written, and a list of what waits would be read by each search.
    how = "with (fastupdate = off)"
    return [FUNCTION, f"create index ix_{of}_trigrams on {of} using gin (trigrams({told})) {how}"]


def rebuild() -> None:
    """Make SQLite's tables anew, as after a write past their triggers; PostgreSQL's indexes need nobody."""
    if db.engine.dialect.name == "sqlite":
        for each in sorted(KEPT):
            db.session.execute(text(f"insert into {each}_trigrams ({each}_trigrams) values ('rebuild')"))  # noqa: S608 - words of ours


def forget(tables: Collection[str]) -> None:
    """Let nothing be left of the letters that stood in these tables and stand there no more.

    SQLite's tables of this kind keep what was deleted until they are put in order.
    """
    if db.engine.dialect.name == "sqlite":
        for each in sorted(KEPT.keys() & set(tables)):
            db.session.execute(text(f"insert into {each}_trigrams ({each}_trigrams) values ('optimize')"))  # noqa: S608 - words of ours


def way(wanted: str) -> str:
    """How ``found`` finds a text: by the letters that an engine keeps, or not by them where there are too few."""
    return str(db.engine.dialect.name) if len(wanted) >= LETTERS else ""


def letters(wanted: str) -> dict[str, str]:
    """The values that a statement of ``found`` takes for a text."""
    if way(wanted) != "sqlite":
        return {"letters": wanted} if way(wanted) else {}
    each = dict.fromkeys(wanted[at : at + LETTERS].replace('"', '""') for at in range(len(wanted) - LETTERS + 1))
    return {"letters": " AND ".join(f'"{three}"' for three in each)}


def found(query: Any, of: Any, order: Sequence[Any], by: str, *, walked: Any = None) -> Any:
    """The first ``most`` rows of a query in an order, which says itself what the names of a model have to be like.

    ``by`` is the ``way`` of a text that has to be in them. ``walked`` is the query where many have its letters, if it
    is another one then.
    """
    most = bindparam("most", type_=Integer)
    many = query if walked is None else walked
    if not by:
        return many.order_by(*order).limit(most)
    few = having(of, by).limit(FEW + 1).cte("few")
    are_few = select(func.count()).select_from(few).scalar_subquery() <= FEW
    # One of the two has rows, in their order; of the other one none is wanted, so it is not even begun.
    ways = (
        query.where(of.id.in_(select(few.c.id))).order_by(*order).limit(case((are_few, most), else_=0)),
        many.order_by(*order).limit(case((are_few, 0), else_=most)),
    )
    return union_all(*(select(each.subquery()) for each in ways))


def having(of: Any, by: str) -> Select[Any]:
    """The ids of what has all the letters."""
    wanted, kept_in = bindparam("letters", type_=String), f"{of.__tablename__}_trigrams"
    if by == "sqlite":
        rows = table(kept_in, column("rowid"))
        return select(rows.c.rowid.label("id")).where(literal_column(kept_in).op("match")(wanted))
    told: Any = KEPT[of.__tablename__][0]
    asked: Any = wanted
    if not told.key.endswith("_folded"):
        for each in KEPT[of.__tablename__][1:]:
            told = told.op("||")(literal_column("' '")).op("||")(each)
        told, asked = func.lower(told), func.lower(wanted)
    return select(of.id).where(func.trigrams(told).op("@>")(func.trigrams(asked)))
