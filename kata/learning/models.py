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

#: What a board says itself; and what else can be found.
OF_BOARDS = ("experiment", "target", "obstacle", "challenge", "condition", "reflection")
KINDS = (*OF_BOARDS, "barrier", "voice")


_OWNERS = ("board_id", "area_id", "team_id")
ONE_OWNER = " + ".join(f"(case when {each} is null then 0 else 1 end)" for each in _OWNERS) + " = 1"


class Learned(Model):
    """One thing with the texts that it says. It belongs to a board, to an area (a challenge of leaders), or to a team
    (a voice).

    ``parts`` are pairs of a text's name and the text, in the order in which they are shown. Ids follow the order in
    which things were first written down.
    """

    __tablename__ = "learned"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int]
    board_id: Mapped[int | None] = mapped_column(ForeignKey("storyboard.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target_condition.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    at: Mapped[datetime]
    parts: Mapped[list[Any]] = mapped_column(JSON)

    __table_args__ = (
        UniqueConstraint("kind", "subject_id"),
        CheckConstraint(ONE_OWNER, name="one_owner"),
        Index("ix_learned_board", "board_id", "id"),
        {"info": {"beside": "learned_text"}},  # made by the DDL below, and described by no model
    )


WORDS = {
    "sqlite": (
        "create virtual table learned_text using fts5(words, tokenize = 'unicode61', prefix = '4 5 6')",
        "create virtual table learned_text_terms using fts5vocab(learned_text, instance)",
    ),
    "postgresql": (
        "create table learned_text (id integer primary key, words text not null, vector tsvector not null)",
        # Beside the words in which block of things each lies, so that the newest can be asked for alone. What waits to
        # be put into the index is read by each search: it must not be much.
        "create index ix_learned_text_vector on learned_text"
        " using gin (vector, (array[id >> 14])) with (gin_pending_list_limit = 256)",
    ),
}

for _dialect, _statements in WORDS.items():
    for _statement in _statements:
        _made = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
        event.listen(Learned.__table__, "after_create", _made)
_gone = DDL("drop table learned_text_terms").execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]  # likewise
event.listen(Learned.__table__, "before_drop", _gone)
event.listen(Learned.__table__, "before_drop", DDL("drop table learned_text"))  # type: ignore[no-untyped-call]  # likewise
