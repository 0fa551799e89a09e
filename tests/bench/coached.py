"""Much coaching around the cast, to be measured: written in bulk, unrecorded."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert

from kata.coaching.card import KEYS
from kata.coaching.models import CoachingCycle, CycleNote, ObservedLevel
from kata.extensions import db
from kata.identity.models import Person
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast
from tests.cast_boards import small_board
from tests.growth import experiments


def thirty_learners(cast: Cast) -> None:
    """Ben coaches thirty people more, each with a board in practice and some experiments."""
    team = db.session.get_one(Team, cast.teams["access"])
    ids = {name: someone.id for name, someone in cast.people.items()}
    for number in range(30):
        learner = Person(name=f"Learner {number}", email=f"l{number}@demo.example")
        db.session.add(learner)
        db.session.flush()
        board = small_board(team, learner.id, ids, f"Process {number}")
        experiments(board, cast, 10)


def five_hundred_cycles(cast: Cast) -> None:
    """Ana has been coached five hundred times, with notes, and seen at every skill again and again."""
    moment = NOW - timedelta(days=900)
    first = db.session.scalars(
        insert(CoachingCycle).returning(CoachingCycle.id, sort_by_parameter_order=True),
        [
            {
                "board_id": cast.board.id,
                "learner_id": cast["ana"].id,
                "coach_id": cast["ben"].id,
                "held_on": TODAY - timedelta(days=600 - n),
                "paper": False,
                "status": "held",
                "place": "closing",
                "started_at": moment + timedelta(days=n),
                "asked_at": moment + timedelta(days=n),
                "ended_at": moment + timedelta(days=n, minutes=18),
                "version": 1,
            }
            for n in range(500)
        ],
    ).all()
    notes = [
        {"cycle_id": cycle, "part": part, "words": f"Said at {part}, and counted.", "seconds": 90, "version": 1}
        for cycle in first
        for part in (*KEYS, "feedback", "reflection")
    ]
    db.session.execute(insert(CycleNote), notes)
    levels = [
        {
            "person_id": cast["ana"].id,
            "skill_id": n % 6 + 1,
            "level": min(5, 1 + n // 60),
            "evidence": "Predicted, looked, and said what differed.",
            "observed_on": TODAY - timedelta(days=600 - 2 * n),
            "by_id": cast["ben"].id,
            "cycle_id": cycle,
            "at": moment + timedelta(days=n),
        }
        for n, cycle in enumerate(first[:250])
    ]
    db.session.execute(insert(ObservedLevel), levels)


def begin(cast: Cast) -> int:
    """A cycle that ben holds with ana now; its id."""
    board = boards.board(cast.viewer("ben"), board_id=cast.board.id)
    assert isinstance(board, Storyboard)
    cycle = CoachingCycle(
        board_id=board.id,
        board=board,
        learner_id=cast["ana"].id,
        coach_id=cast["ben"].id,
        held_on=TODAY,
        started_at=NOW,
        asked_at=NOW,
    )
    db.session.add(cycle)
    db.session.flush()
    return cycle.id
