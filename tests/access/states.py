"""What has to be so before a request makes sense: nothing that runs any more, a reading that was struck out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from kata import clock
from kata.extensions import db
from kata.measures.models import Measure, Phase, Reading
from kata.storyboards.models import CurrentCondition, Experiment, Obstacle, TargetCondition
from tests.access import alignment, coaching, stories
from tests.cast import TODAY, Board, Cast
from tests.storyboards.shift import show_a_shift


def _nothing_open(board: Board, _cast: Cast) -> None:
    db.session.get_one(Experiment, board.running).set_aside("For the test.")


def _target_ended(board: Board, _cast: Cast) -> None:
    db.session.get_one(TargetCondition, board.target).end("left", "For the test.")
    in_focus = db.session.get_one(Obstacle, board.in_focus)
    in_focus.wait()


def _looked_afresh(board: Board, _cast: Cast) -> None:
    numbers = db.session.scalars(select(CurrentCondition.number).where(CurrentCondition.board_id == board.id))
    db.session.add(
        CurrentCondition(
            board_id=board.id,
            number=max(numbers) + 1,
            as_of=TODAY,
            facts="Seen today.",
            steps=[],
            created_at=clock.now() + timedelta(seconds=1),
        )
    )


def _reading_struck(_board: Board, cast: Cast) -> None:
    reading = db.session.get_one(Reading, cast.reading)
    reading.struck_at, reading.struck_reason = clock.now(), "For the test."


def _phase_removed(_board: Board, cast: Cast) -> None:
    db.session.get_one(Phase, cast.phase).remove()


def _measure_archived(_board: Board, cast: Cast) -> None:
    db.session.get_one(Measure, cast.measures["outcome"]).archived_at = clock.now()


def _signal(_board: Board, cast: Cast) -> None:
    show_a_shift(cast.measures["outcome"])


#: The steps to take before a request, by its method and address.
PREPARE: dict[str, tuple[Callable[[Board, Cast], None], ...]] = {
    "POST /measures/<int:measure_id>/restoration": (_measure_archived,),
    "POST /readings/<int:reading_id>/restoration": (_reading_struck,),
    "POST /phases/<int:phase_id>/restoration": (_phase_removed,),
    "POST /boards/<int:board_id>/signals": (_signal,),
    "POST /boards/<int:board_id>/experiments": (_nothing_open,),
    "POST /boards/<int:board_id>/targets": (_nothing_open, _target_ended, _looked_afresh),
    "POST /boards/<int:board_id>/ending": (_nothing_open, _target_ended),
    "POST /targets/<int:target_id>/ending": (_nothing_open,),
    "POST /obstacles/<int:obstacle_id>/focus": (_nothing_open,),
    "POST /obstacles/<int:obstacle_id>/waiting": (_nothing_open,),
    **coaching.PREPARE,
    **alignment.PREPARE,
    **stories.PREPARE,
}
