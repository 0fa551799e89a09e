"""Among half a million things the newest are found as among all of them, and without reading all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.learning import wording
from kata.learning.models import Learned
from kata.learning.pages.search import _match
from kata.learning.queries import engine, languages, search
from kata.learning.queries.search import BLOCK, Filters
from kata.learning.wording import Meant
from tests.cast import Cast
from tests.conftest import Counting
from tests.database import ON_POSTGRES

pytestmark = pytest.mark.database

#: So many things lie as far apart as if there were a thousand times as many.
THINGS, APART = 700, 1_000
NEWEST = 10**6
#: Each word with the things that have it, counted from the oldest.
WORDS = {
    "often": range(THINGS),
    "seldom": range(0, THINGS, 7),
    "wombat": range(100),
    "zebra": range(3),
    "yak": range(THINGS - 5, THINGS),
}


@pytest.fixture
def many(in_app: Flask, cast: Cast) -> None:
    at, rows, words = datetime(2026, 1, 1, tzinfo=UTC), list[dict[str, Any]](), list[dict[str, Any]]()
    for each in range(THINGS):
        told = [f"en{word}" for word, things in WORDS.items() if each in things]
        same = {"kind": "experiment", "board_id": cast.board.id, "at": at, "parts": [["step", "Ask"]]}
        rows.append({**same, "id": NEWEST - (THINGS - 1 - each) * APART, "subject_id": 10_000 + each})
        words.append({"id": rows[-1]["id"], "words": " ".join(told)})
    db.session.execute(sa.insert(Learned), rows)
    db.session.execute(engine.here().put, words)
    db.session.commit()


def found(cast: Cast, words: str, **filters: Any) -> list[int]:
    meant = wording.meant(words.split(), languages.written().languages)
    rows = search.found(cast.viewer("ana"), _match(meant), Filters(**filters), languages.written().last)
    return [row.id for row in rows]


def expected(words: str, before: int = NEWEST + 1) -> list[int]:
    having = (set(WORDS[word]) for word in words.split())
    ids = [NEWEST - (THINGS - 1 - each) * APART for each in set.intersection(*having)]
    return sorted((id_ for id_ in ids if id_ < before), reverse=True)[:BLOCK]


@pytest.mark.parametrize("words", [*WORDS, "often seldom", "wombat often", "seldom zebra", "yak zebra"])
def test_the_newest_are_found_however_common_the_words_are(many: None, cast: Cast, words: str) -> None:
    ids = found(cast, words)
    assert ids == expected(words)
    if ids:
        assert found(cast, words, before=ids[-1]) == expected(words, ids[-1])
        assert found(cast, words, tried=True) == ids
        assert found(cast, words, kind="experiment") == ids


def test_a_common_word_is_looked_for_among_the_newest_alone(many: None, cast: Cast, statements: Counting) -> None:
    """What is asked first holds enough of it; PostgreSQL goes on by blocks of the index, never through all there is."""
    looks = engine.here().looks(NEWEST)
    assert [look.hits for look in looks] == (["recent", "blocks", "all"] if ON_POSTGRES else [""])
    assert [look.hits for look in engine.here().looks(10_000)] == [""], "a small installation is asked once"
    viewer, meant = cast.viewer("ana"), wording.meant(["often"], ("en",))
    with statements() as asked:
        assert len(search.found(viewer, _match(meant), Filters(), NEWEST)) == BLOCK
    if ON_POSTGRES:
        assert len(asked) == 2


@pytest.mark.skipif(not ON_POSTGRES, reason="the blocks are PostgreSQL's")
def test_blocks_are_found_by_the_index(many: None) -> None:
    statement = sa.select(engine.here().hits["blocks"].c.id)
    values = {"match": "'enseldom'", **engine.here().looks(NEWEST)[1].values}
    bound = statement.params(values).compile(db.engine, compile_kwargs={"literal_binds": True})
    connection = db.session.connection()
    connection.exec_driver_sql("set local enable_seqscan = off")
    plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"explain {bound}".replace("%", "%%")))
    index = plan.partition("ix_learned_text_vector")[2]
    assert "&&" in index.partition("\n")[2], plan


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL needs no list of the words that begin so")
def test_of_a_beginning_the_words_themselves_are_looked_for(many: None) -> None:
    """FTS5 reads every text that has a beginning before it gives one, and comes to the newest with a word at once."""
    spelt = engine.here().spelt
    assert spelt([Meant(("ensel",), ("enseldo",))]) == [Meant(("ensel", "enseldom"))]
    assert spelt([Meant(("x",), ("enseldomest",))]) == [Meant(("x",))]
    kept = [Meant(("en",), ("ense",))]
    assert spelt(kept) == kept, "beginnings of this length are kept"
