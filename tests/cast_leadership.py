"""Enough people who practise for the figures of leaders: six more learners in ana's area, two quarters of levels.

Not everybody's: only the tests of leaders' pages ask for them, by ``practise``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kata import clock
from kata.activity.actions import record
from kata.coaching.models import CoachingCycle, ObservedLevel
from kata.extensions import db
from kata.identity.models import Person
from kata.leadership.actions import refresh
from kata.storyboards.models import Experiment
from kata.teams.models import Membership, Team
from tests.cast import NOW, Cast, days_ago
from tests.cast_boards import keep, small_board

#: How many more people learn in the team of access requests.
MORE = 6
#: A skill of the catalogue of which levels were told, and one of which too few were observed.
TOLD, WITHHELD = 5, 2


@dataclass(frozen=True)
class Crowd:
    """Ids of the learners and of their storyboards."""

    people: tuple[int, ...]
    boards: tuple[int, ...]


def practise(cast: Cast) -> Crowd:
    """Write it all, with the figures; needs an app context that may write."""
    team = db.session.get_one(Team, cast.teams["access"])
    ids = {name: cast[name].id for name in ("ana", "ben", "cleo", "dev")}
    people, boards = [], []
    for at in range(MORE):
        with days_ago(200):
            person = Person(name=f"Lee Number {at}", email=f"lee{at}@demo.example", theme="system")
            db.session.add(person)
            db.session.flush()
            keep(Membership(team_id=team.id, person_id=person.id, role="member", team=team), "joined", ids["ben"])
        board = small_board(team, person.id, ids, f"Process number {at}")
        people.append(person.id)
        boards.append(board.id)
        _conclude(board.running, person.id, at)
        with days_ago(20 - at):
            cycle = CoachingCycle(
                board_id=board.id, learner_id=person.id, coach_id=ids["ben"], held_on=clock.now().date(), paper=True
            )
            cycle.end("held")
            keep(cycle, "held a coaching cycle", ids["ben"])
        for days, level in ((170, 1), (75, 3)):
            with days_ago(days):
                observe(person.id, TOLD, level, ids["ben"])
        if at < 2:
            with days_ago(75):
                observe(person.id, WITHHELD, 4, ids["ben"])
    db.session.commit()
    with clock.standing_at(NOW):
        refresh.refresh()
    return Crowd(tuple(people), tuple(boards))


def observe(person_id: int, skill_id: int, level: int, by: int) -> None:
    """Write a level down, now."""
    seen = ObservedLevel(
        person_id=person_id,
        skill_id=skill_id,
        level=level,
        evidence="Counted before and after, and said which of the two was expected.",
        observed_on=clock.now().date(),
        by_id=by,
    )
    keep(seen, "observed", by)


def _conclude(experiment_id: int | None, by: int, at: int) -> None:
    experiment = db.session.get_one(Experiment, experiment_id)
    with clock.standing_at(NOW - timedelta(days=25 - at)):
        experiment.see("Six came, four of them the same day.", clock.now().date(), None)
        experiment.learn("Asking early is enough.")
        record("concluded", experiment, by=by)
