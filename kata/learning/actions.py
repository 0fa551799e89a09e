"""Keeping the index of what was learned: by every write, in its own transaction; and making it anew.

The writes are those of the rooms below, which know nothing of an index: the session tells of each row that it writes.
A bulk insert past the session is in no transaction of people's; ``fill_missing`` takes up what it left.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    bindparam,
    delete,
    event,
    exists,
    func,
    insert,
    inspect,
    or_,
    select,
    text,
    update,
)

from kata.customers.models import Voice
from kata.extensions import db
from kata.learning.documents import SOURCES, Document, Source
from kata.learning.models import Learned
from kata.learning.queries import engine
from kata.learning.queries.kept import Engine
from kata.learning.wording import as_kept
from kata.storyboards.models import Storyboard
from kata.teams.languages import DEFAULT
from kata.teams.models import Team

ROWS_AT_ONCE = 500

_rows: Any = Learned.__table__
#: Built once: making the statement costs more than running it, and it runs with every save.
REWRITE = (
    update(_rows)
    .where(_rows.c.kind == bindparam("same_kind"), _rows.c.subject_id == bindparam("same_id"))
    .values({each.name: bindparam(each.name) for each in _rows.c if each.name != "id"})
    .returning(_rows.c.id)
)


def keep(source: Source, _mapper: Any, connection: Connection, row: Any) -> None:
    """Take a row into the index that was just written; one whose texts stayed as they were costs nothing."""
    struck = _was_struck(row)
    if inspect(row).persistent and not struck and not _changed(source, row):
        return
    document = source.document(connection, row, _language(connection, row))
    if document is None:
        forget(connection, source.kind, row.id)
    elif not _rewrite(connection, document):
        _add(connection, [document])
    if struck:
        put_in_order(connection)


def _was_struck(row: Any) -> bool:
    """Whether something was just struck out of it for good."""
    return isinstance(row, Voice) and row.struck_at is not None and inspect(row).attrs.struck_at.history.has_changes()


def put_in_order(connection: Connection) -> None:
    """Leave no word of what was rewritten or taken out: SQLite's index keeps it until it is put in order."""
    if connection.dialect.name == "sqlite":
        connection.execute(IN_ORDER)


IN_ORDER = text("insert into learned_text (learned_text) values ('optimize')")


def _language(connection: Connection, row: Any) -> str:
    """In which language the row's team writes. Whoever saves has loaded the team most often: then nothing is asked."""
    board = row if isinstance(row, Storyboard) else row.__dict__.get("board")
    team = (row if board is None else board).__dict__.get("team")
    if team is not None and "language" in team.__dict__:
        return str(team.language)
    board_id = row.id if isinstance(row, Storyboard) else getattr(row, "board_id", None)
    if board_id is not None:
        return str(connection.scalar(OF_BOARD, {"board": board_id}) or DEFAULT)
    return str(connection.scalar(OF_TEAM, {"team": row.team_id}) or DEFAULT) if isinstance(row, Voice) else DEFAULT


OF_BOARD = (
    select(Team.language)
    .join(Storyboard, Storyboard.team_id == Team.id)
    .where(Storyboard.id == bindparam("board", type_=Integer))
)
OF_TEAM = select(Team.language).where(Team.id == bindparam("team", type_=Integer))


def _changed(source: Source, row: Any) -> bool:
    """Whether a write may have changed the document; of a row with texts elsewhere each of them may."""
    if source.has_more:
        return True
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in source.watched)


def _rewrite(connection: Connection, document: Document) -> bool:
    """Whether the thing stood in the index, and now stands there as it is."""
    columns = document.columns
    same = {"same_kind": columns["kind"], "same_id": columns["subject_id"]}
    found = connection.scalar(REWRITE, {**columns, **same})
    if found is not None:
        connection.execute(_engine(connection).change, {"id": found, "words": document.words})
    return found is not None


def _add(connection: Connection, documents: list[Document]) -> None:
    rows = [document.columns for document in documents]
    made = connection.scalars(insert(Learned).returning(Learned.id, sort_by_parameter_order=True), rows).all()
    words = [{"id": id_, "words": each.words} for id_, each in zip(made, documents, strict=True)]
    connection.execute(_engine(connection).put, words)


def forget(connection: Connection, kind: str, subject_id: int) -> None:
    """Take a thing that says nothing any more out of the index."""
    gone = delete(Learned).where(Learned.kind == kind, Learned.subject_id == subject_id).returning(Learned.id)
    for id_ in connection.scalars(gone).all():
        connection.execute(_engine(connection).forget, {"id": id_})


def _engine(connection: Connection) -> Engine:
    return engine.of(connection.dialect.name)


def fill_missing() -> int:
    """Take up everything that the index does not hold yet, oldest first; how much that was. The caller commits.

    After an upgrade that is everything; later what a version before this one wrote meanwhile.
    """
    connection, count, waiting = db.session.connection(), 0, list[Document]()
    # By the moments, since rows of a table need not come in the order of theirs: ids are the order of what is newest.
    for document in sorted((found for each in SOURCES for found in _missing(connection, each)), key=_moment):
        waiting.append(document)
        if len(waiting) == ROWS_AT_ONCE:
            _add(connection, waiting)
            count, waiting = count + len(waiting), []
    if waiting:
        _add(connection, waiting)
    return count + len(waiting)


def rebuild() -> int:
    """Make the index anew from what stands in the tables; how much it holds. The caller commits."""
    connection = db.session.connection()
    connection.execute(text("delete from learned_text"))
    connection.execute(delete(Learned))
    return fill_missing()


def fill_words(connection: Connection) -> None:
    """Keep the words of everything in the index anew, as after a restore: they lie in a table of each engine's own."""
    connection.execute(text("delete from learned_text"))
    teams = Team.__table__.alias()
    own = func.coalesce(Learned.team_id, Storyboard.team_id)
    query = (
        select(Learned.id, Learned.parts, teams.c.language)
        .outerjoin(Storyboard, Storyboard.id == Learned.board_id)
        .outerjoin(teams, teams.c.id == own)
        .order_by(Learned.id)
    )
    last = 0
    while rows := connection.execute(query.where(Learned.id > last).limit(ROWS_AT_ONCE)).all():
        words = [
            {"id": row.id, "words": as_kept((text for _name, text in row.parts), row.language or DEFAULT)}
            for row in rows
        ]
        connection.execute(_engine(connection).put, words)
        last = rows[-1].id


def _missing(connection: Connection, source: Source) -> Iterator[Document]:
    table = source.model.__table__
    kept = exists().where(Learned.kind == source.kind, Learned.subject_id == table.c.id)
    query = with_language(source, table).where(~kept).order_by(table.c.id)
    if len(source.parts) == 1:  # most boards have no reflection yet
        query = query.where(table.c[source.parts[0]] != "")
    for row in connection.execute(query).all():
        document = source.document(connection, row, row.team_language or DEFAULT)
        if document:
            yield document


def with_language(source: Source, table: Any) -> Any:
    """The rows of a source, each with the language of its team; that of an area's challenge is none."""
    query = select(table, Team.language.label("team_language")).select_from(table)
    if source.model is Storyboard or source.model is Voice:
        return query.join(Team, Team.id == table.c.team_id)
    boards = query.outerjoin(Storyboard, Storyboard.id == table.c.board_id)
    return boards.outerjoin(Team, Team.id == Storyboard.team_id)


def write_otherwise(_mapper: Any, connection: Connection, team: Team) -> None:
    """A team writes in another language from now on: what it wrote is kept by the stems of that one."""
    if not inspect(team).attrs.language.history.has_changes():
        return
    boards = select(Storyboard.id).where(Storyboard.team_id == team.id)
    own = select(Learned.id, Learned.parts).where(or_(Learned.team_id == team.id, Learned.board_id.in_(boards)))
    rows = connection.execute(own).all()
    words = [{"id": row.id, "words": as_kept((text for _name, text in row.parts), team.language)} for row in rows]
    if words:
        connection.execute(_engine(connection).change, words)


def _moment(document: Document) -> Any:
    return document.columns["at"]


for _source in SOURCES:
    for _moment_of_it in ("after_insert", "after_update"):
        event.listen(_source.model, _moment_of_it, partial(keep, _source))
event.listen(Team, "after_update", write_otherwise)
