"""The index of everything learned: a row for each thing that can be found, with its words beside it.

It repeats what other tables say, so that one question reaches all of them. ``actions`` keeps it, in the transaction of
each write; nothing else writes here, and it can be made anew at any time. The words themselves lie in ``learned_text``,
a table of each engine's own kind (``queries/sqlite.py``, ``queries/postgres.py``).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from kata.extensions import Model

KINDS = ("experiment", "target", "obstacle", "challenge", "condition", "reflection")


class Learned(Model):
    """One thing with the texts that it says. It belongs to a board, or (a challenge of leaders) to an area.

    ``parts`` are pairs of a text's name and the text, in the order in which they are shown. Ids follow the order in
    which things were first written down.
    """

    __tablename__ = "learned"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    board_id: Mapped[int | None] = mapped_column(ForeignKey("storyboard.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target_condition.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    at: Mapped[datetime]
    parts: Mapped[list[Any]] = mapped_column(JSON)

    __table_args__ = (
        UniqueConstraint("kind", "subject_id"),
        CheckConstraint("(board_id is null) <> (area_id is null)", name="board_or_area"),
        Index("ix_learned_board", "board_id", "id"),
        {"info": {"beside": "learned_text"}},  # made by the DDL below, and described by no model
    )


WORDS = {
    "sqlite": ("create virtual table learned_text using fts5(words, tokenize = 'porter unicode61', prefix = '2 3 4')",),
    "postgresql": (
        "create table learned_text (id integer primary key, words text not null, vector tsvector not null)",
        "create index ix_learned_text_vector on learned_text using gin (vector)",
    ),
}

for _dialect, _statements in WORDS.items():
    for _statement in _statements:
        _made = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
        event.listen(Learned.__table__, "after_create", _made)
event.listen(Learned.__table__, "before_drop", DDL("drop table learned_text"))  # type: ignore[no-untyped-call]  # likewise
