"""The index says what the tables say: after any writes, after an upgrade, and when it is made anew."""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from kata.alignment.models import Barrier, BarrierAnswer
from kata.customers.models import Voice
from kata.extensions import db
from kata.learning import actions
from kata.learning.models import Learned
from kata.learning.queries import engine
from kata.storyboards.models import CurrentCondition, Experiment, Obstacle, Storyboard, TargetCondition
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.database

WORDS = st.text(st.sampled_from("abc é🦓'\"<\n"), max_size=12)


def test_prepare_fills_what_an_upgrade_left_empty(cast: Cast, in_app: Flask) -> None:
    before = _index()
    db.session.execute(text("delete from learned_text"))
    db.session.execute(delete(Learned))
    db.session.commit()
    in_app.test_cli_runner().invoke(args=["prepare"])
    assert _index() == before


def test_the_command_makes_it_anew(cast: Cast, in_app: Flask) -> None:
    before = _index()
    db.session.commit()
    answer = in_app.test_cli_runner().invoke(args=["index"])
    assert answer.output == f"{len(before)} things that were learned can be found.\n"
    assert _index() == before


def test_what_says_nothing_any_more_is_taken_out(cast: Cast, in_app: Flask) -> None:
    board = db.session.get_one(Storyboard, cast.board.id)
    board.end("Ask early.", TODAY)
    db.session.flush()
    assert ("reflection", board.id) in _index()
    board.reflection = ""
    db.session.flush()
    assert ("reflection", board.id) not in _index()
    assert db.session.scalar(text("select count(*) from learned_text")) == len(_index())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 10), WORDS), max_size=12), seed=st.integers(0, 99))
def test_after_any_writes_it_equals_one_made_from_scratch(
    cast: Cast, in_app: Flask, steps: list[tuple[int, str]], seed: int
) -> None:
    choice = random.Random(seed)  # noqa: S311 - which row is written decides no secret
    for step, words in steps:
        with db.session.begin_nested():
            _write(step, words, cast, choice)
    kept = _index()
    actions.rebuild()
    assert kept == _index()
    db.session.rollback()


def _write(step: int, words: str, cast: Cast, choice: random.Random) -> None:
    """One of the writes that the rooms below make; where a rule forbids it nothing is written."""
    WRITES[step](words, cast, choice)


def _describe(words: str, cast: Cast, choice: random.Random) -> None:
    number = 100 + choice.randrange(10**6)
    db.session.add(CurrentCondition(board_id=cast.board.id, number=number, as_of=TODAY, facts=words, steps=[]))


def _park(words: str, cast: Cast, _choice: random.Random) -> None:
    db.session.add(Obstacle(board_id=cast.board.id, target_id=cast.board.target, text=words, position=9))


def _answer(words: str, cast: Cast, choice: random.Random) -> None:
    barrier = _any(Barrier, choice)
    by = {"barrier_id": barrier.id, "by_id": cast["dev"].id, "at": NOW}
    answer = BarrierAnswer(kind="cannot", words=words or "No.", **by)
    db.session.add(answer)
    db.session.flush()
    barrier.take(answer)


def _put_away(words: str, _cast: Cast, choice: random.Random) -> None:
    _any(Voice, choice).archived_at = NOW if words else None


def _speak(_words: str, _cast: Cast, choice: random.Random) -> None:
    _any(Team, choice).language = choice.choice(("en", "de", "fr", "xx"))


def _move(_words: str, _cast: Cast, choice: random.Random) -> None:
    _any(Obstacle, choice).position += 1


def _says(model: Any, name: str) -> Any:
    return lambda words, _cast, choice: setattr(_any(model, choice), name, words)


WRITES = (
    _describe,
    _park,
    _says(Obstacle, "text"),
    _says(Experiment, "step"),
    _says(TargetCondition, "pattern"),
    _says(Storyboard, "reflection"),
    _says(Voice, "words"),
    _put_away,
    _answer,
    _speak,
    _move,
)


def _any(model: Any, choice: random.Random) -> Any:
    return choice.choice(db.session.scalars(select(model).order_by(model.id)).all())


def _index() -> dict[tuple[str, int], Any]:
    """Every row of the index with its words, by what it is about."""
    table, words = Learned.__table__, engine.here()
    about = [column for column in table.c if column.name != "id"]
    kept = select(*about, words.words).where(table.c.id == words.key)
    return {(row.kind, row.subject_id): tuple(row) for row in db.session.execute(kept)}
