"""Where the texts on boards may name somebody who is anonymised: an administrator reads those of the boards they see.

The board itself does nothing at it: its learner, coach and second coach stay who they were, under another name.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from kata.access.policy import Viewer
from kata.identity.traces import show
from kata.storyboards.models import (
    Amendment,
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Photo,
    SignalAnswer,
    Storyboard,
    TargetCondition,
)
from kata.storyboards.queries.boards import sees


def on_boards(viewer: Viewer, board_id: Any) -> Any:
    """Whether ``board_id`` is one of the boards that the viewer sees."""
    return board_id.in_(select(Storyboard.id).where(sees(viewer)))


def _of_board(model: Any, label: Any, address: str, near: str = "board_id") -> None:
    show(model, label, address, near=near, readable=lambda viewer: on_boards(viewer, model.board_id))


_of_board(Experiment, _l("Experiment"), "/experiments/{id}")
_of_board(Amendment, _l("Amendment"), "/experiments/{near}", near="experiment_id")
_of_board(Photo, _l("Photo"), "/experiments/{near}", near="experiment_id")
_of_board(CurrentCondition, _l("Current condition"), "/boards/{near}/conditions")
_of_board(TargetCondition, _l("Target condition"), "/boards/{near}")
_of_board(Obstacle, _l("Obstacle"), "/boards/{near}")
_of_board(Challenge, _l("Challenge"), "/boards/{near}")
_of_board(SignalAnswer, _l("Answer to a signal"), "/boards/{near}")
show(Storyboard, _l("Storyboard"), "/boards/{id}", readable=lambda viewer: on_boards(viewer, Storyboard.id))
