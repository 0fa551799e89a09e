"""Finding words with PostgreSQL's own text search, which is given stems."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import ARRAY, Integer, String, bindparam, column, func, literal_column, select, table, text

from kata.learning.queries.kept import Engine, Look
from kata.learning.wording import Meant

TEXT = table("learned_text", column("id"), column("words"), column("vector"))
AS_THEY_ARE: Any = literal_column("'simple'::regconfig")
#: Part of the statement's text, so that each is planned for its own words: a plan kept for any words takes the index
#: and sorts everything that it finds, where walking from the newest is a hundred times faster for a common word.
QUERY = func.to_tsquery(AS_THEY_ARE, bindparam("match", type_=String, literal_execute=True))
MATCHES = TEXT.c.vector.op("@@")(QUERY)


def every(words: Sequence[Meant]) -> str:
    return " & ".join(map(_any, words))


def some(words: Sequence[Meant]) -> str:
    return " | ".join(f"({one} & {other})" for one, other in combinations(map(_any, words), 2))


def _any(word: Meant) -> str:
    ways = [*(f"'{each}'" for each in word.stems), *(f"'{each}':*" for each in word.beginnings)]
    return f"({' | '.join(ways)})"


#: In which block of 16,384 things one lies, as the index keeps it; and so many of the newest are asked for by it.
WIDTH, NEAR = 14, 65_536
BLOCKS: Any = literal_column(f"(array[id >> {WIDTH}])")
#: So many of the newest are simply walked through first, which finds enough of a word that is in every sixtieth text.
RECENT = 4_096


def looks(last: int) -> Sequence[Look]:
    """The newest ones first, then ever more: to put in order all that hold a word costs more the more there are, and
    the index finds those of a block as fast as any. What is in neither is rare: then all that hold it are few.
    """
    if last < 2 * NEAR:
        return (Look(),)
    blocks = list(range((last - NEAR) >> WIDTH, (last >> WIDTH) + 1))
    return (Look("recent", {"since": last - RECENT}), Look("blocks", {"blocks": blocks}), Look("all"))


def _walked(*having: Any) -> Any:
    """From the newest on; `is true` keeps the index out, which would first gather all that match."""
    return select(TEXT.c.id, TEXT.c.words).where(MATCHES.is_(True), *having).order_by(TEXT.c.id.desc()).subquery()


def _gathered(name: str, *having: Any) -> Any:
    """By the index; apart, so that nobody walks through half a million for want of a better guess."""
    return select(TEXT.c.id, TEXT.c.words).where(MATCHES, *having).cte(name).prefix_with("materialized")


ENGINE = Engine(
    words=TEXT.c.words,
    key=TEXT.c.id,
    matches=MATCHES,
    every=every,
    some=some,
    spelt=lambda words: words,
    looks=looks,
    hits={
        "recent": _walked(TEXT.c.id >= bindparam("since", type_=Integer)),
        "blocks": _gathered("near", BLOCKS.op("&&")(bindparam("blocks", type_=ARRAY(Integer)))),
        "all": _gathered("anywhere"),
    },
    put=text("insert into learned_text (id, words, vector) values (:id, :words, to_tsvector('simple', :words))"),
    change=text("update learned_text set words = :words, vector = to_tsvector('simple', :words) where id = :id"),
    forget=text("delete from learned_text where id = :id"),
)
