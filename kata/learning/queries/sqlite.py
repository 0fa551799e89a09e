"""Finding words with SQLite's FTS5, which is given stems."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import bindparam, column, literal_column, table, text

from kata.learning.queries.kept import Engine
from kata.learning.wording import Meant

TEXT = table("learned_text", column("rowid"), column("words"))
WHOLE: Any = literal_column("learned_text")


def every(words: Sequence[Meant]) -> str:
    return " AND ".join(map(_any, words))


def some(words: Sequence[Meant]) -> str:
    return " OR ".join(f"({one} AND {other})" for one, other in combinations(map(_any, words), 2))


def _any(word: Meant) -> str:
    ways = [*(f'"{each}"' for each in word.stems), *(f'"{each}" *' for each in word.beginnings)]
    return f"({' OR '.join(ways)})"


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
