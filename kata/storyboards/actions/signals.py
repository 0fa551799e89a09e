"""Answering a signal: which experiment expected it. The answer is about what was expected, never about a cause."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from kata.activity.actions import record
from kata.extensions import db
from kata.measures.pictures import pictures_of
from kata.rules import DomainError
from kata.storyboards.episodes import Episode, of_chart
from kata.storyboards.models import Experiment, SignalAnswer, Storyboard
from kata.storyboards.queries import signals as queries


def answer(
    board: Storyboard, *, measure_id: int, day: date | None, experiment_id: int | None, words: str, by: int
) -> SignalAnswer:
    """Say which experiment of the board expected the newest signal of a measure that it works on; none is an answer.

    ``day`` is the first day of the episode that the person was shown. ``DomainError`` when the readings have changed
    so that it stands there no longer, or when it is answered already.
    """
    board.expect_live()
    episode = _shown(board, measure_id, day)
    if queries.answer_within(board.id, measure_id, episode) is not None:
        raise DomainError("", _("Somebody has answered this signal already. Change that answer instead."))
    given = SignalAnswer(
        board=board, board_id=board.id, measure_id=measure_id, day=episode.first, rule=episode.rule, by_id=by
    )
    _say(given, experiment_id, words)
    db.session.add(given)
    record("answered a signal", given, by=by)
    return given


def reword(given: SignalAnswer, seen: int | None, *, experiment_id: int | None, words: str, by: int) -> None:
    """Give another answer; what it said before stays in the record."""
    given.expect_version(seen)
    given.board.expect_live()
    _say(given, experiment_id, words)
    record("changed the answer to a signal", given, by=by)


def _shown(board: Storyboard, measure_id: int, day: date | None) -> Episode:
    if measure_id not in queries.measures_of(board.id):
        raise DomainError("", _("This board does not work on that measure."))
    picture = pictures_of([measure_id]).get(measure_id)
    episode = of_chart(picture) if picture else None
    if episode is None or episode.first != day:
        raise DomainError("", _("The readings have changed, and so has the signal. Look at the chart again."))
    return episode


def _say(given: SignalAnswer, experiment_id: int | None, words: str) -> None:
    if experiment_id is not None:
        mine = select(Experiment.id).where(Experiment.id == experiment_id, Experiment.board_id == given.board_id)
        if db.session.scalar(mine) is None:
            raise DomainError("experiment_id", _("Choose an experiment of this board, or none."))
    given.experiment_id, given.words = experiment_id, words
