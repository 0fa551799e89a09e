"""Reading what a board has said of the signals of its measures."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, select, union
from sqlalchemy.orm import contains_eager

from kata.access.policy import Viewer
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.storyboards.episodes import Episode
from kata.storyboards.models import Challenge, Experiment, SignalAnswer, Storyboard, TargetCondition, TargetMeasure
from kata.storyboards.queries.boards import visible
from kata.teams.models import Team

BOARD = bindparam("board", type_=Integer)


def answers(board_id: int) -> list[Any]:
    """Every answer of the board, the newest signal first, with who gave it and the experiment that it names."""
    return list(fetch(_answers(), {"board": board_id}))


@cache
def _answers() -> Any:
    return (
        select(
            SignalAnswer.id,
            SignalAnswer.measure_id,
            SignalAnswer.day,
            SignalAnswer.rule,
            SignalAnswer.experiment_id,
            SignalAnswer.words,
            SignalAnswer.at,
            SignalAnswer.version,
            Person.name.label("by"),
            Experiment.number,
            Experiment.step,
            Experiment.expectation,
        )
        .outerjoin(Person, Person.id == SignalAnswer.by_id)
        .outerjoin(Experiment, Experiment.id == SignalAnswer.experiment_id)
        .where(SignalAnswer.board_id == BOARD)
        .order_by(SignalAnswer.day.desc(), SignalAnswer.id.desc())
    )


def answer_within(board_id: int, measure_id: int, episode: Episode) -> Any | None:
    """What the board has said of this episode: of any of its days, since a later reading may move the first."""
    return within(answers(board_id), measure_id, episode)


def within(given: list[Any], measure_id: int, episode: Episode) -> Any | None:
    """The same among answers that were read already."""
    return next((a for a in given if a.measure_id == measure_id and episode.first <= a.day <= episode.last), None)


def answer(viewer: Viewer, *, lock: bool = False, answer_id: int) -> SignalAnswer | None:
    """The answer with its board and team, for the guard; the board is locked first where the request writes."""
    query = (
        select(SignalAnswer)
        .join(SignalAnswer.board)
        .join(Team, Team.id == Storyboard.team_id)
        .where(SignalAnswer.id == answer_id, Storyboard.id.in_(visible(viewer).with_only_columns(Storyboard.id)))
        .options(contains_eager(SignalAnswer.board).contains_eager(Storyboard.team))
    )
    if lock:
        query = query.with_for_update(of=[Storyboard, SignalAnswer])
    return db.session.scalars(query).one_or_none()


def measures_of(board_id: int) -> set[int]:
    """Ids of the measures that the board works on: its challenge's and those of its newest target condition."""
    challenge = select(Challenge.measure_id).where(
        Challenge.board_id == board_id, Challenge.ended_at.is_(None), Challenge.measure_id.is_not(None)
    )
    aims = (
        select(TargetMeasure.measure_id)
        .join(TargetCondition, TargetCondition.id == TargetMeasure.target_id)
        .where(TargetMeasure.board_id == board_id, TargetMeasure.removed_at.is_(None))
    )
    return set(db.session.scalars(union(challenge, aims)))
