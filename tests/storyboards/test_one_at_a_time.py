"""Rule 2: one experiment at a time on a storyboard, one obstacle in focus; and both ways out are offered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from kata.extensions import db
from kata.rules import DomainError
from kata.storyboards.actions import conditions, experiments, obstacles
from kata.storyboards.models import Experiment, Obstacle
from tests.cast import Cast
from tests.conftest import Frozen, SignIn
from tests.storyboards.held import a_conclusion, a_plan, board, experiment, in_days, obstacle, recorded, refused, target


@pytest.fixture
def settled(in_app: Flask, cast: Cast) -> None:
    """Nothing is open on ana's board."""
    running = experiment(cast, cast.board.running)
    experiments.set_aside(running, running.version, "Something else first.", by=cast["ana"].id)


def test_a_second_experiment_is_refused_and_both_ways_out_are_named(in_app: Flask, cast: Cast) -> None:
    with pytest.raises(DomainError) as caught:
        experiments.plan(board(cast), a_plan(), by=cast["ana"].id)
    assert "Experiment 3 is still open" in caught.value.text
    assert "what you learned" in caught.value.text
    assert "set it aside with a reason" in caught.value.text


def test_the_board_offers_both_ways_out_of_an_open_experiment(cast: Cast, as_: SignIn) -> None:
    page = as_("ana").get(cast.board.path).text
    assert f'href="/experiments/{cast.board.running}/conclusion"' in page
    assert f'href="/experiments/{cast.board.running}/setting-aside"' in page
    assert f'href="{cast.board.path}/experiments/new"' not in page


@pytest.mark.parametrize("way", ["concluded", "set aside"])
def test_the_next_is_planned_after_either_way_out(in_app: Flask, cast: Cast, way: str) -> None:
    running = experiment(cast, cast.board.running)
    if way == "concluded":
        experiments.conclude(running, running.version, by=cast["ana"].id, **a_conclusion(learned="Noon is lunch."))
    else:
        experiments.set_aside(running, running.version, "The approver is ill.", by=cast["ana"].id)
    planned = experiments.plan(board(cast), a_plan(), by=cast["ana"].id)
    assert (planned.number, planned.obstacle_id, planned.target_id) == (4, cast.board.in_focus, cast.board.target)


def test_a_result_without_a_learning_still_keeps_the_next_waiting(in_app: Flask, cast: Cast) -> None:
    running = experiment(cast, cast.board.running)
    experiments.conclude(running, running.version, by=cast["ana"].id, **a_conclusion())
    with refused("", "still open"):
        experiments.plan(board(cast), a_plan(), by=cast["ana"].id)


@pytest.mark.database
def test_the_database_holds_one_open_experiment_a_board(in_app: Flask, cast: Cast) -> None:
    with pytest.raises(IntegrityError, match=r"uq_experiment_open|experiment\.board_id"):
        db.session.execute(
            sa.insert(Experiment).values(
                board_id=cast.board.id, target_id=cast.board.target, obstacle_id=cast.board.in_focus, number=9, step="x"
            )
        )


@pytest.mark.database
def test_the_database_holds_one_obstacle_in_focus(in_app: Flask, cast: Cast) -> None:
    second = sa.update(Obstacle.__table__).where(Obstacle.id == cast.board.waiting).values(status="focus")
    with pytest.raises(IntegrityError, match=r"uq_obstacle_focus|obstacle\.board_id"):
        db.session.execute(second)


def test_another_obstacle_in_focus_sends_the_first_back_to_waiting(cast: Cast, settled: None) -> None:
    before = obstacles.focus(obstacle(cast, cast.board.waiting), by=cast["ana"].id)
    assert before is not None
    assert (before.id, before.status) == (cast.board.in_focus, "waiting")
    query = sa.select(Obstacle.id).where(Obstacle.status == "focus", Obstacle.board_id == cast.board.id)
    assert list(db.session.scalars(query)) == [cast.board.waiting]
    assert recorded("obstacle", before.id)[-1] == "put back to waiting"


def leave(cast: Cast, which: int | None) -> None:
    obstacles.end(obstacle(cast, which), "removed", "", by=cast["ana"].id)


@pytest.mark.parametrize(
    "change",
    [
        lambda cast: obstacles.focus(obstacle(cast, cast.board.waiting), by=cast["ana"].id),
        lambda cast: obstacles.unfocus(obstacle(cast, cast.board.in_focus), by=cast["ana"].id),
        lambda cast: leave(cast, cast.board.in_focus),
    ],
    ids=["another in focus", "none in focus", "the one in focus removed"],
)
def test_the_focus_stays_while_an_experiment_is_open(
    in_app: Flask, cast: Cast, change: Callable[[Cast], object]
) -> None:
    with refused("", "An experiment is open"):
        change(cast)
    assert obstacle(cast, cast.board.in_focus).status == "focus"


def test_a_waiting_obstacle_may_leave_while_an_experiment_is_open(in_app: Flask, cast: Cast) -> None:
    leave(cast, cast.board.waiting)
    assert obstacle(cast, cast.board.waiting).status == "removed"


def test_an_obstacle_that_has_left_cannot_come_into_focus(cast: Cast, settled: None) -> None:
    leave(cast, cast.board.waiting)
    with refused("", "Put it back first"):
        obstacles.focus(obstacle(cast, cast.board.waiting), by=cast["ana"].id)
    obstacles.put_back(obstacle(cast, cast.board.waiting), by=cast["ana"].id)
    assert obstacle(cast, cast.board.waiting).status == "waiting"


def test_without_an_obstacle_in_focus_nothing_is_planned(cast: Cast, settled: None) -> None:
    obstacles.unfocus(obstacle(cast, cast.board.in_focus), by=cast["ana"].id)
    with refused("", "one obstacle in focus"):
        experiments.plan(board(cast), a_plan(), by=cast["ana"].id)


def test_without_a_target_condition_nothing_is_planned_and_nothing_parked(cast: Cast, settled: None) -> None:
    active = target(cast, cast.board.target)
    conditions.end_target(active, active.version, status="left", reflection="Others came first.", by=cast["ana"].id)
    with refused("", "target condition first"):
        experiments.plan(board(cast), a_plan(), by=cast["ana"].id)
    with refused("", "target condition first"):
        obstacles.add(board(cast), "Another", by=cast["ana"].id)


@pytest.mark.parametrize("change", [obstacles.focus, obstacles.put_back], ids=["focus", "put back"])
def test_an_obstacle_of_an_ended_target_condition_stays_in_the_history(
    cast: Cast, settled: None, change: Callable[..., object]
) -> None:
    if change is obstacles.put_back:
        leave(cast, cast.board.waiting)
    active = target(cast, cast.board.target)
    conditions.end_target(active, active.version, status="left", reflection="Others came first.", by=cast["ana"].id)
    with refused("", "ended"):
        change(obstacle(cast, cast.board.waiting), by=cast["ana"].id)


def test_moving_keeps_every_obstacle_and_its_new_order(in_app: Flask, cast: Cast) -> None:
    third = obstacles.add(board(cast), "The list is long", by=cast["ana"].id)
    assert obstacles.move(third, 0, by=cast["ana"].id) == 2
    waiting = [third.id, cast.board.waiting, cast.board.waiting_too]
    query = sa.select(Obstacle.id).where(Obstacle.target_id == cast.board.target, Obstacle.status == "waiting")
    assert list(db.session.scalars(query.order_by(Obstacle.position))) == waiting


@pytest.mark.parametrize("to", [99, 2])
def test_a_place_beyond_the_end_is_the_last(in_app: Flask, cast: Cast, to: int) -> None:
    assert obstacles.move(obstacle(cast, cast.board.waiting), to, by=cast["ana"].id) == 0
    assert obstacle(cast, cast.board.waiting).position == 1


def test_the_obstacle_in_focus_has_no_place_in_the_order(in_app: Flask, cast: Cast) -> None:
    with refused("", "waits in the parking lot"):
        obstacles.move(obstacle(cast, cast.board.in_focus), 1, by=cast["ana"].id)


def test_planning_after_the_date_has_passed_asks_for_the_reflection(cast: Cast, settled: None, frozen: Frozen) -> None:
    frozen.forward(days=15)
    assert experiments.plan(board(cast), a_plan(check_on=in_days(16)), by=cast["ana"].id).number == 4


def test_the_day_after_the_date_nothing_is_planned(cast: Cast, settled: None, frozen: Frozen) -> None:
    frozen.forward(days=16)
    with refused("", "Reflect on the target condition"):
        experiments.plan(board(cast), a_plan(), by=cast["ana"].id)
