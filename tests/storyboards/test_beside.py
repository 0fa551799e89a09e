"""A measure's own page shows what its boards wanted and tried, as far as the reader may see those boards."""

from __future__ import annotations

from flask import Flask

from kata.extensions import db
from kata.measures.annotations import Told
from kata.storyboards.models import Experiment, Storyboard
from kata.storyboards.queries.beside import told
from tests.cast import Cast
from tests.conftest import Counting


def seen(cast: Cast, who: str, measure: str = "process") -> Told:
    return told(cast.viewer(who), cast.measures[measure])


def test_the_target_conditions_that_aim_at_it_stand_on_the_time_axis(in_app: Flask, cast: Cast) -> None:
    (condition,) = seen(cast, "eve").conditions
    assert (condition.short, condition.value, condition.href) == ("2", 4.0, f"{cast.board.path}#target")
    assert condition.start < condition.end


def test_every_experiment_of_its_boards_is_marked_and_numbers_only_where_they_were_of_it(
    in_app: Flask, cast: Cast
) -> None:
    marked = {each.number: each for each in seen(cast, "eve").experiments}
    assert set(marked) == {1, 2, 3}
    assert (marked[3].expected, marked[2].expected) == (12.0, None)
    assert [each.day for each in seen(cast, "eve").experiments] == sorted(each.day for each in marked.values())
    assert seen(cast, "eve", "outcome").experiments[-1].expected is None


def test_one_that_was_set_aside_is_not_marked(in_app: Flask, cast: Cast) -> None:
    db.session.get_one(Experiment, cast.board.running).set_aside("She is ill.")
    db.session.commit()
    assert {each.number for each in seen(cast, "eve").experiments} == {1, 2}


def test_a_closed_board_tells_strangers_nothing(in_app: Flask, cast: Cast) -> None:
    db.session.get_one(Storyboard, cast.board.id).closed = True
    db.session.commit()
    assert seen(cast, "eve") == Told()
    assert seen(cast, "gus").experiments


def test_it_costs_two_statements(in_app: Flask, cast: Cast, statements: Counting) -> None:
    who = cast.viewer("ana")
    with statements() as asked:
        told(who, cast.measures["process"])
    assert len(asked) == 2
