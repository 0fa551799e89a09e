"""Finding words with SQLite's FTS5: stems by Porter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import bindparam, column, literal_column, table, text

from kata.learning.queries.kept import Engine

TEXT = table("learned_text", column("rowid"), column("words"))
WHOLE: Any = literal_column("learned_text")


def every(words: Sequence[str]) -> str:
    return " AND ".join([*map(_quoted, words[:-1]), f"{_quoted(words[-1])} *"])


def some(words: Sequence[str]) -> str:
    return " OR ".join(f"({_quoted(one)} AND {_quoted(other)})" for one, other in combinations(words, 2))


def _quoted(word: str) -> str:
    return f'"{word}"'


ENGINE = Engine(
    words=TEXT.c.words,
    key=TEXT.c.rowid,
    matches=WHOLE.op("match")(bindparam("match")),
    every=every,
    some=some,
    put=text("insert into learned_text (rowid, words) values (:id, :words)"),
    change=text("update learned_text set words = :words where rowid = :id"),
    forget=text("delete from learned_text where rowid = :id"),
)
