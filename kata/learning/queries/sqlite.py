"""Finding words with SQLite's FTS5, which is given stems."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import String, bindparam, column, literal_column, table, text

from kata.extensions import fetch
from kata.learning.queries.kept import Engine, Look
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


#: Up to so many words are looked for one by one in the place of their beginning.
MOST_SPELT = 24
#: Beginnings of so many letters have an index of their own (``models.WORDS``).
INDEXED = (4, 5, 6)


def spelt(words: Sequence[Meant]) -> Sequence[Meant]:
    """Of a word FTS5 comes to the newest text at once; of a beginning it first reads every text that has it, unless
    beginnings of that length are kept.
    """
    return [_spelt(each) for each in words]


def _spelt(word: Meant) -> Meant:
    if all(len(each) in INDEXED for each in word.beginnings):
        return word
    found = [list(fetch(BEGUN, {"begin": each, "end": each + LAST}).scalars()) for each in word.beginnings]
    if any(len(each) == MOST_SPELT for each in found):
        return word
    return Meant(tuple(dict.fromkeys((*word.stems, *(kept for each in found for kept in each)))))


LAST = chr(0x10FFFF)
#: The words in their order, from one straight to the next: a list of all that hold them would be read otherwise.
BEGUN: Any = text(
    f"""
    with recursive begun (term, number) as (
        select (select term from learned_text_terms where term >= :begin limit 1), 1
        union all
        select (select term from learned_text_terms where term >= begun.term || char(1) limit 1), number + 1
        from begun where term < :end and number < {MOST_SPELT}
    )
    select term from begun where term < :end
    """  # noqa: S608 - a number of ours
).columns(column("term", String))


ENGINE = Engine(
    words=TEXT.c.words,
    key=TEXT.c.rowid,
    matches=WHOLE.op("match")(bindparam("match")),
    every=every,
    some=some,
    spelt=spelt,
    looks=lambda _last: (Look(),),
    hits={},
    put=text("insert into learned_text (rowid, words) values (:id, :words)"),
    change=text("update learned_text set words = :words where rowid = :id"),
    forget=text("delete from learned_text where rowid = :id"),
)
