"""Finding words with PostgreSQL's own text search: stems by its English dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import String, bindparam, column, func, literal_column, table, text

from kata.learning.queries.kept import Engine

TEXT = table("learned_text", column("id"), column("words"), column("vector"))
ENGLISH: Any = literal_column("'english'::regconfig")
#: Part of the statement's text, so that each is planned for its own words: a plan kept for any words takes the index
#: and sorts everything that it finds, where walking from the newest is a hundred times faster for a common word.
QUERY = func.to_tsquery(ENGLISH, bindparam("match", type_=String, literal_execute=True))


def every(words: Sequence[str]) -> str:
    return " & ".join([*map(_quoted, words[:-1]), f"{_quoted(words[-1])}:*"])


def some(words: Sequence[str]) -> str:
    return " | ".join(f"({_quoted(one)} & {_quoted(other)})" for one, other in combinations(words, 2))


def _quoted(word: str) -> str:
    return f"'{word}'"


ENGINE = Engine(
    words=TEXT.c.words,
    key=TEXT.c.id,
    matches=TEXT.c.vector.op("@@")(QUERY),
    every=every,
    some=some,
    put=text("insert into learned_text (id, words, vector) values (:id, :words, to_tsvector('english', :words))"),
    change=text("update learned_text set words = :words, vector = to_tsvector('english', :words) where id = :id"),
    forget=text("delete from learned_text where id = :id"),
)
