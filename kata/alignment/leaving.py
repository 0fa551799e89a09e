"""Where barriers may name somebody who is anonymised: readable to an administrator who sees the board."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from kata.access.policy import Viewer
from kata.alignment.models import Barrier, BarrierAnswer, BarrierStop
from kata.identity.traces import show
from kata.storyboards.leaving import on_boards


def _of_barrier(model: Any, label: Any) -> None:
    def readable(viewer: Viewer) -> Any:
        return model.barrier_id.in_(select(Barrier.id).where(on_boards(viewer, Barrier.board_id)))

    show(model, label, "/barriers/{near}", near="barrier_id", readable=readable)


show(Barrier, _l("Barrier"), "/barriers/{id}", readable=lambda viewer: on_boards(viewer, Barrier.board_id))
_of_barrier(BarrierAnswer, _l("Answer to a barrier"))
_of_barrier(BarrierStop, _l("Way of a barrier"))
