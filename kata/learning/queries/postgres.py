"""Finding words with PostgreSQL's own text search, which is given stems."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import String, bindparam, column, func, literal_column, table, text

from kata.learning.queries.kept import Engine
from kata.learning.wording import Meant

TEXT = table("learned_text", column("id"), column("words"), column("vector"))
AS_THEY_ARE: Any = literal_column("'simple'::regconfig")
#: Part of the statement's text, so that each is planned for its own words: a plan kept for any words takes the index
#: and sorts everything that it finds, where walking from the newest is a hundred times faster for a common word.
QUERY = func.to_tsquery(AS_THEY_ARE, bindparam("match", type_=String, literal_execute=True))


def every(words: Sequence[Meant]) -> str:
    return " & ".join(map(_any, words))


def some(words: Sequence[Meant]) -> str:
    return " | ".join(f"({one} & {other})" for one, other in combinations(map(_any, words), 2))


def _any(word: Meant) -> str:
    ways = [*(f"'{each}'" for each in word.stems), *(f"'{each}':*" for each in word.beginnings)]
    return f"({' | '.join(ways)})"


ENGINE = Engine(
    words=TEXT.c.words,
    key=TEXT.c.id,
    matches=TEXT.c.vector.op("@@")(QUERY),
    every=every,
    some=some,
    put=text("insert into learned_text (id, words, vector) values (:id, :words, to_tsvector('simple', :words))"),
    change=text("update learned_text set words = :words, vector = to_tsvector('simple', :words) where id = :id"),
    forget=text("delete from learned_text where id = :id"),
)
