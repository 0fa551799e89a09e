"""A storyboard on which everything is as long as it may be, in scripts and signs that break layouts."""

from __future__ import annotations

from kata.extensions import db
from kata.storyboards.models import Challenge, CurrentCondition, Experiment, Obstacle, Storyboard, TargetCondition
from tests import growth
from tests.cast import TODAY, Cast

LONG = {
    "many words": "The list of who may approve stands in two places, and the older one is printed. " * 50,
    "no blanks": "x" * 4000,
    "right to left": "هذا نص طويل جدا عن العمل اليومي " * 125,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 300,
}


def fill(cast: Cast, words: str) -> None:
    """Every text is ``words``; sixteen obstacles wait, the process has fourteen steps, sixty experiments are concluded.

    The caller commits.
    """
    board = cast.board
    steps = [{"name": words[:200], "time": words[:40], "note": words[:400]} for _step in range(14)]
    db.session.add(CurrentCondition(board_id=board.id, number=3, as_of=TODAY, facts=words, steps=steps))
    places = range(10, 24)
    db.session.add_all(
        Obstacle(board_id=board.id, target_id=board.target, text=words[:400], position=place) for place in places
    )
    growth.experiments(board, cast, 60)
    experiments, own = db.update(Experiment.__table__), Experiment.board_id == board.id
    db.session.execute(experiments.where(own).values(step=words, expectation=words))
    db.session.execute(experiments.where(own, Experiment.ended_at.is_not(None)).values(happened=words, learned=words))
    db.session.get_one(Challenge, board.challenge).statement = words
    db.session.get_one(TargetCondition, board.target).pattern = words
    db.session.get_one(Obstacle, board.in_focus).text = words[:400]
    db.session.get_one(Storyboard, board.id).focus_process = words[:160]
