"""What the tests of this room take in hand: rows as the guard loads them, and what somebody would type.

The loaders need an app context (the fixture ``in_app``); they load as ana, who may write on everything of her team.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from kata import clock
from kata.activity.models import Activity
from kata.extensions import db
from kata.rules import DomainError
from kata.storyboards.actions.experiments import Plan
from kata.storyboards.models import Experiment, Obstacle, Storyboard, TargetCondition
from kata.storyboards.queries import boards as queries
from tests.cast import TODAY, Cast


def board(cast: Cast, board_id: int | None = None) -> Storyboard:
    found = queries.board(cast.viewer("ana"), lock=True, board_id=board_id or cast.board.id)
    assert found is not None
    return found


def experiment(cast: Cast, experiment_id: int | None) -> Experiment:
    found = queries.experiment(cast.viewer("ana"), lock=True, experiment_id=experiment_id)
    assert found is not None
    return found


def obstacle(cast: Cast, obstacle_id: int | None) -> Obstacle:
    found = queries.obstacle(cast.viewer("ana"), lock=True, obstacle_id=obstacle_id)
    assert found is not None
    return found


def target(cast: Cast, target_id: int | None) -> TargetCondition:
    found = queries.target(cast.viewer("ana"), lock=True, target_id=target_id)
    assert found is not None
    return found


def a_plan(step: str = "Ask at noon", expectation: str = "Half come back by one o'clock.", **more: Any) -> Plan:
    return Plan(
        **{"kind": "test a hypothesis", "check_on": TODAY + timedelta(1), **more},
        step=step,
        expectation=expectation,
    )


def a_conclusion(happened: str = "Two of five came back.", learned: str = "", **more: Any) -> dict[str, Any]:
    return {"happened": happened, "happened_on": clock.now().date(), "value": None, "learned": learned, **more}


@contextmanager
def refused(field: str | None = None, saying: str | None = None) -> Iterator[None]:
    """The block breaks a rule of the domain: the error stands at ``field`` and says ``saying``."""
    with pytest.raises(DomainError, match=saying) as caught:
        yield
    if field is not None:
        assert caught.value.field == field


def recorded(about: str, subject_id: int) -> list[str]:
    """The verbs that the record holds of one thing, oldest first."""
    query = select(Activity.verb).where(Activity.subject_type == about, Activity.subject_id == subject_id)
    return list(db.session.scalars(query.order_by(Activity.id)))


def in_days(days: int, since: date = TODAY) -> date:
    return since + timedelta(days=days)
