"""Rules 9 and 10: the achieve-by date does not move; reflection, then the actual condition afresh, then the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from kata.extensions import db
from kata.rules import Conflict
from kata.storyboards import pages
from kata.storyboards.actions import conditions as actions
from kata.storyboards.actions import experiments, obstacles
from kata.storyboards.actions.conditions import Aim
from kata.storyboards.models import CurrentCondition, Obstacle, TargetCondition, TargetMeasure
from kata.storyboards.queries import sheets
from tests.cast import TODAY, Cast
from tests.conftest import Frozen, SignIn
from tests.storyboards.held import board, experiment, in_days, recorded, refused, target

PATTERN = "Each request is decided within the hour."


@pytest.fixture
def ended(in_app: Flask, cast: Cast, frozen: Frozen) -> TargetCondition:
    """Ana's target condition has ended a minute ago."""
    running = experiment(cast, cast.board.running)
    experiments.set_aside(running, running.version, "The date has come.", by=cast["ana"].id)
    active = target(cast, cast.board.target)
    actions.end_target(active, active.version, status="not achieved", reflection="Noon is lunch.", by=cast["ana"].id)
    frozen.forward(minutes=1)
    return active


def set_target(cast: Cast, days: int, *, board_id: int | None = None, aims: tuple[Aim, ...] = ()) -> TargetCondition:
    where = board(cast, board_id)
    return actions.set_target(where, achieve_by=in_days(days), pattern=PATTERN, aims=aims, by=cast["ana"].id)


def look_afresh(cast: Cast, board_id: int | None = None, seen: int = 2) -> CurrentCondition:
    where = board(cast, board_id)
    return actions.describe(where, seen, as_of=TODAY, facts="Seven of ten.", steps=[], by=cast["ana"].id)


# The date ------------------------------------------------------------------------------------------------------------


def test_the_achieve_by_date_does_not_move(in_app: Flask, cast: Cast) -> None:
    active = target(cast, cast.board.target)
    with refused("achieve_by", "does not move"):
        active.achieve_by = in_days(40)


def test_rewording_a_target_condition_leaves_its_date_whatever_the_form_says(cast: Cast, as_: SignIn) -> None:
    client, path = as_("ana"), f"/targets/{cast.board.target}"
    sent = client.fill_in(f"{path}/edit", path, pattern="Within the half hour.", achieve_by=str(in_days(60)))
    assert sent.status_code == 303
    with client.application.app_context():
        kept = db.session.get_one(TargetCondition, cast.board.target)
        assert (kept.pattern, kept.achieve_by) == ("Within the half hour.", in_days(15))


@pytest.mark.parametrize(
    ("days", "sentence"), [(-1, "lies ahead"), (0, "lies ahead"), (6, "at least a week"), (94, "Three months at most")]
)
def test_a_date_under_a_week_or_over_three_months_is_refused(
    cast: Cast, ended: TargetCondition, days: int, sentence: str
) -> None:
    look_afresh(cast)
    with refused("achieve_by", sentence):
        set_target(cast, days)


@pytest.mark.parametrize("days", [7, 28, 93])
def test_a_week_to_three_months_is_right(cast: Cast, ended: TargetCondition, days: int) -> None:
    look_afresh(cast)
    assert set_target(cast, days).achieve_by == in_days(days)


def test_a_practice_board_may_aim_for_tomorrow(in_app: Flask, cast: Cast, frozen: Frozen) -> None:
    running = experiment(cast, cast.practice.running)
    experiments.set_aside(running, running.version, "Only tea.", by=cast["ana"].id)
    active = target(cast, cast.practice.target)
    actions.end_target(active, active.version, status="left", reflection="Only tea.", by=cast["ana"].id)
    look_afresh(cast, cast.practice.id, seen=1)
    with refused("achieve_by", "lies ahead"):
        set_target(cast, 0, board_id=cast.practice.id)
    assert set_target(cast, 1, board_id=cast.practice.id).number == 2


# The way from one to the next ---------------------------------------------------------------------------------------


def test_ending_asks_for_a_reflection(in_app: Flask, cast: Cast) -> None:
    running = experiment(cast, cast.board.running)
    experiments.set_aside(running, running.version, "The date has come.", by=cast["ana"].id)
    active = target(cast, cast.board.target)
    with refused("reflection"):
        actions.end_target(active, active.version, status="achieved", reflection=" ", by=cast["ana"].id)


def test_it_does_not_end_under_an_open_experiment(in_app: Flask, cast: Cast) -> None:
    active = target(cast, cast.board.target)
    with refused("", "still open"):
        actions.end_target(active, active.version, status="achieved", reflection="Fine.", by=cast["ana"].id)


def test_while_one_is_active_there_is_no_next(in_app: Flask, cast: Cast) -> None:
    with refused("", "is active"):
        set_target(cast, 14)


def test_after_the_end_the_actual_condition_is_looked_at_afresh_first(cast: Cast, ended: TargetCondition) -> None:
    with refused("", "afresh first"):
        set_target(cast, 14)
    look_afresh(cast)
    assert set_target(cast, 14).number == 3


def test_a_new_board_grasps_its_condition_before_it_aims(in_app: Flask, cast: Cast) -> None:
    from kata.storyboards.actions import boards

    ana, team = cast["ana"].id, board(cast).team
    people = {"learner_id": ana, "coach_id": None, "second_coach_id": None}
    made = boards.start(team, "Anything", closed=False, practice=False, by=ana, **people)
    with refused("", "Grasp the current condition"):
        set_target(cast, 14, board_id=made.id)


def test_the_next_starts_with_an_empty_parking_lot_and_the_old_stay_in_the_history(
    cast: Cast, ended: TargetCondition
) -> None:
    look_afresh(cast)
    set_target(cast, 14)
    lot = pages.board(cast.viewer("ana"), sheets.head(cast.board.id))["lot"]
    assert (lot.focus, lot.waiting, lot.ended) == (None, (), ())
    kept = db.session.execute(sa.select(Obstacle.text, Obstacle.status).where(Obstacle.target_id == ended.id)).all()
    assert len(kept) == 3
    assert {row.status for row in kept} == {"waiting"}
    assert recorded("obstacle", cast.board.in_focus or 0)[-1] == "left behind"
    assert obstacles.add(board(cast), "The first of the new", by=cast["ana"].id).position == 0


@pytest.mark.parametrize("change", ["reword", "end"])
def test_an_ended_target_condition_is_kept_as_it_was(cast: Cast, ended: TargetCondition, change: str) -> None:
    with refused("", "kept as it was"):
        if change == "reword":
            actions.rewrite_target(ended, ended.version, pattern="Other words", aims=[], by=cast["ana"].id)
        else:
            actions.end_target(ended, ended.version, status="achieved", reflection="Better!", by=cast["ana"].id)


@pytest.mark.database
@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"status": "achieved"}, "ended_with_status"), ({"status": "won"}, "status")],
)
def test_the_database_knows_no_other_ending(in_app: Flask, cast: Cast, values: dict[str, str], constraint: str) -> None:
    table = TargetCondition.__table__
    with pytest.raises(IntegrityError, match=constraint):
        db.session.execute(sa.update(table).where(table.c.id == cast.board.target).values(values))


@pytest.mark.database
def test_the_database_holds_one_active_target_condition(in_app: Flask, cast: Cast) -> None:
    second = sa.insert(TargetCondition).values(board_id=cast.board.id, number=9, achieve_by=TODAY, pattern="x")
    with pytest.raises(IntegrityError, match=r"uq_target_condition_active|target_condition\.board_id"):
        db.session.execute(second)


# Current condition --------------------------------------------------------------------------------------------------


def test_each_look_is_a_version_and_none_is_lost(in_app: Flask, cast: Cast) -> None:
    look_afresh(cast)
    numbers = db.session.scalars(sa.select(CurrentCondition.number).where(CurrentCondition.board_id == cast.board.id))
    assert sorted(numbers) == [1, 2, 3]


def test_a_version_written_from_an_older_one_is_a_conflict(in_app: Flask, cast: Cast) -> None:
    with pytest.raises(Conflict) as caught:
        look_afresh(cast, seen=1)
    assert caught.value.version == 2
    assert str(caught.value.theirs["facts"]).startswith("As seen the 2. time")
    assert "Approve · 1 day · by mail" in str(caught.value.theirs["steps"])


def test_what_was_seen_cannot_lie_ahead(in_app: Flask, cast: Cast) -> None:
    with refused("as_of"):
        actions.describe(
            board(cast), 2, as_of=TODAY + timedelta(1), facts="It will be so.", steps=[], by=cast["ana"].id
        )


# Measures -----------------------------------------------------------------------------------------------------------


def aims_of(target_id: int | None) -> dict[int, tuple[float | None, float]]:
    query = sa.select(TargetMeasure).where(TargetMeasure.target_id == target_id, TargetMeasure.removed_at.is_(None))
    return {row.measure_id: (row.from_value, row.to_value) for row in db.session.scalars(query)}


def test_another_teams_measure_is_no_aim(in_app: Flask, cast: Cast) -> None:
    active = target(cast, cast.board.target)
    theirs = [Aim(cast.measures["other"], 1.0, 2.0)]
    with refused("aims", "team's own"):
        actions.rewrite_target(active, active.version, pattern=PATTERN, aims=theirs, by=cast["ana"].id)


def test_a_measure_is_aimed_at_once(in_app: Flask, cast: Cast) -> None:
    active, twice = target(cast, cast.board.target), [Aim(cast.measures["process"], 1.0, 2.0)] * 2
    with refused("aims", "twice"):
        actions.rewrite_target(active, active.version, pattern=PATTERN, aims=twice, by=cast["ana"].id)


def test_an_aim_taken_off_comes_back_with_its_new_values(in_app: Flask, cast: Cast) -> None:
    active, by = target(cast, cast.board.target), cast["ana"].id
    actions.rewrite_target(active, active.version, pattern=PATTERN, aims=[], by=by)
    assert aims_of(active.id) == {}
    again = [Aim(cast.measures["process"], 19.5, 3.0)]
    actions.rewrite_target(active, active.version, pattern=PATTERN, aims=again, by=by)
    assert aims_of(active.id) == {cast.measures["process"]: (19.5, 3.0)}


def test_changing_only_the_measures_is_seen_by_whoever_edits_at_the_same_time(in_app: Flask, cast: Cast) -> None:
    active, by = target(cast, cast.board.target), cast["ana"].id
    seen = active.version
    actions.rewrite_target(active, seen, pattern=active.pattern, aims=[Aim(cast.measures["process"], 30.0, 2.0)], by=by)
    db.session.flush()
    with pytest.raises(Conflict):
        actions.rewrite_target(
            active, seen, pattern=active.pattern, aims=[Aim(cast.measures["process"], 30.0, 9.0)], by=by
        )
