"""Names found by any part of them while somebody types, however many there are.

An index of words finds beginnings, and people remember any part of a name. So both engines know of each name which
three letters it has in a row: SQLite in a table of its own kind that triggers keep beside the names, PostgreSQL in an
index. Whatever holds ``lett`` has ``let`` and ``ett``; the few that have both are then looked at themselves.

Where many have them the index is no help, since all of them would have to be put in order: then the names are walked
through in their order, and as many as are wanted are soon found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    DDL,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    column,
    event,
    func,
    literal_column,
    select,
    table,
    union_all,
)

from kata.extensions import db

#: Of so many names those that are wanted are picked out; where more have the letters, all are walked through.
FEW = 200
LETTERS = 3
#: What the names of all that is kept here have in common.
TRIGRAMS = "_trigrams"
#: What PostgreSQL asks of a name. It is dear, so that no plan reads a table and asks each row.
FUNCTION = """
create or replace function trigrams(name text) returns text[] language sql immutable strict parallel safe cost 1000 as
$$ select coalesce(array_agg(distinct substr(name, at, 3)), '{}') from generate_series(1, length(name) - 2) at $$
"""


def statements(dialect: str, of: str, name: str) -> list[str]:
    """What makes an engine keep the letters of a column, which is folded or of which case does not matter."""
    if dialect != "sqlite":
        told = name if name.endswith("_folded") else f"lower({name})"
        # At once into the index: names are seldom written, and a list of what waits would be read by each search.
        how = "with (fastupdate = off)"
        return [FUNCTION, f"create index ix_{of}_trigrams on {of} using gin (trigrams({told})) {how}"]
    kept = f"{of}_trigrams"
    gone = f"insert into {kept} ({kept}, rowid, {name}) values ('delete', old.id, old.{name})"  # noqa: S608 - words of ours
    come = f"insert into {kept} (rowid, {name}) values (new.id, new.{name})"  # noqa: S608 - likewise
    settings = f"content = '{of}', content_rowid = 'id', tokenize = 'trigram', detail = none"
    return [
        f"create virtual table {kept} using fts5({name}, {settings})",
        f"create trigger {kept}_come after insert on {of} begin {come}; end",
        f"create trigger {kept}_gone after delete on {of} begin {gone}; end",
        f"create trigger {kept}_said after update of {name} on {of} begin {gone}; {come}; end",
    ]


def kept(name: Any) -> None:
    """Have the letters of a model's column kept, wherever its table is made from the models."""
    of: Table = name.class_.__table__
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(dialect, of.name, name.key):
            made = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
            event.listen(of, "after_create", made)
    gone = DDL(f"drop table {of.name}_trigrams").execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]  # likewise
    event.listen(of, "before_drop", gone)


def way(text: str) -> str:
    """How ``found`` finds a text: by the letters that an engine keeps, or not by them where there are too few."""
    return str(db.engine.dialect.name) if len(text) >= LETTERS else ""


def letters(text: str) -> dict[str, str]:
    """The values that a statement of ``found`` takes for a text."""
    if way(text) != "sqlite":
        return {"letters": text} if way(text) else {}
    each = dict.fromkeys(text[at : at + LETTERS].replace('"', '""') for at in range(len(text) - LETTERS + 1))
    return {"letters": " AND ".join(f'"{three}"' for three in each)}


def found(query: Select[Any], name: Any, order: Sequence[Any], by: str) -> Any:
    """The first ``most`` rows of a query in an order, which says itself what ``name`` has to be like.

    ``by`` is the ``way`` of a text that has to be in the name.
    """
    most = bindparam("most", type_=Integer)
    if not by:
        return query.order_by(*order).limit(most)
    few = _having(name, by).limit(FEW + 1).cte("few")
    count = select(func.count()).select_from(few).scalar_subquery()
    ways = (query.where(count <= FEW, name.class_.id.in_(select(few.c.id))), query.where(count > FEW))
    # One of the two has rows, in their order; the other one is not even begun.
    return union_all(*(select(each.order_by(*order).limit(most).subquery()) for each in ways))


def _having(name: Any, by: str) -> Select[Any]:
    """The ids of what has all the letters."""
    wanted, of = bindparam("letters", type_=String), name.class_.__tablename__
    if by == "sqlite":
        kept_in = table(f"{of}_trigrams", column("rowid"))
        return select(kept_in.c.rowid.label("id")).where(literal_column(f"{of}_trigrams").op("match")(wanted))
    folded = name.key.endswith("_folded")
    told, asked = (name, wanted) if folded else (func.lower(name), func.lower(wanted))
    return select(name.class_.id).where(func.trigrams(told).op("@>")(func.trigrams(asked)))
