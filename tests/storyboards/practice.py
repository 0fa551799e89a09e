"""A team practising: whole days of the kata through the actions, for tests that look back at them.

Needs an app context that may write (``in_app``). Each method is one thing that somebody does; what the rules refuse
leaves nothing behind, as in a request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kata import clock
from kata.extensions import db
from kata.rules import Conflict, DomainError
from kata.storyboards import pages
from kata.storyboards.actions import boards, conditions, experiments, obstacles
from kata.storyboards.actions.conditions import Aim
from kata.storyboards.models import Experiment, Obstacle, Photo, Storyboard, TargetCondition
from kata.storyboards.photos import Picture
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from kata.storyboards.queries.past import AsOf
from tests.cast import Cast
from tests.storyboards.held import a_plan

#: What belongs to the moment of looking, not to the day that is looked at.
NOT_OF_THE_DAY = {"version", "on", "prompt", "can_write", "can_run", "last_change", "reflected_at"}
#: Where a barrier stands is told with who leads now, and on its own page with its way.
NOT_OF_THE_DAY |= {"notes"} | {
    f"barrier_{name}"
    for name in "practice id status raised_at promised_for answered_at back_why back_at area leaders".split()
}


class Practice:
    """Ana's storyboard and what is done on it."""

    def __init__(self, cast: Cast, board_id: int | None = None) -> None:
        self.cast, self.by, self.board_id = cast, cast["ana"].id, board_id or cast.board.id

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do it and commit, as a request would; false when a rule says no."""
        try:
            act()
            db.session.commit()
        except (DomainError, Conflict):
            db.session.rollback()
            return False
        return True

    @property
    def board(self) -> Storyboard:
        found = queries.board(self.cast.viewer("ana"), lock=True, board_id=self.board_id)
        assert found is not None
        return found

    def the(self, loader: Any, name: str, key: int) -> Any:
        return loader(self.cast.viewer("ana"), lock=True, **{name: key})

    def obstacles(self, status: str) -> list[Obstacle]:
        active = self.active_target()
        query = select(Obstacle.id).where(Obstacle.status == status, Obstacle.target_id == (active.id if active else 0))
        ids = list(db.session.scalars(query.order_by(Obstacle.position, Obstacle.id)))
        return [self.the(queries.obstacle, "obstacle_id", key) for key in ids]

    def open_experiment(self) -> Experiment | None:
        query = select(Experiment.id).where(Experiment.board_id == self.board_id, Experiment.ended_at.is_(None))
        key = db.session.scalar(query)
        return self.the(queries.experiment, "experiment_id", key) if key else None

    def last_experiment(self) -> Experiment | None:
        query = select(Experiment.id).where(Experiment.board_id == self.board_id)
        key = db.session.scalar(query.order_by(Experiment.number.desc()).limit(1))
        return self.the(queries.experiment, "experiment_id", key) if key else None

    def active_target(self) -> TargetCondition | None:
        query = select(TargetCondition.id).where(
            TargetCondition.board_id == self.board_id, TargetCondition.ended_at.is_(None)
        )
        key = db.session.scalar(query)
        return self.the(queries.target, "target_id", key) if key else None

    # What people do -------------------------------------------------------------------------------------------------

    def rename(self, words: str) -> object:
        board = self.board
        people = {"learner_id": self.by, "coach_id": board.coach_id, "second_coach_id": board.second_coach_id}
        return boards.rename(board, board.version, words, by=self.by, **people)

    def close(self, closed: bool) -> object:
        return boards.set_closed(self.board, closed, by=self.by)

    def challenge(self, words: str) -> object:
        from kata.storyboards.queries import sheets

        now = sheets.challenge(self.board_id)
        values = dict.fromkeys(("by_date", "serves_id", "from_value", "to_value"))
        return boards.state_challenge(
            self.board,
            now.version if now else None,
            statement=words,
            measure_id=self.cast.measures["outcome"],
            moment="First day at work" if len(words) % 2 else "",
            by=self.by,
            **values,
        )

    def describe(self, words: str) -> object:
        from kata.storyboards.queries import sheets

        now = sheets.condition(self.board_id)
        steps = [{"name": words, "time": "1 h", "note": ""}]
        today = clock.today(self.board.team.time_zone)
        return conditions.describe(
            self.board, now.number if now else 0, as_of=today, facts=words, steps=steps, by=self.by
        )

    def aim(self, words: str, *measures: str) -> object:
        aims = [Aim(self.cast.measures[name], 1.0, float(len(words))) for name in measures]
        if (active := self.active_target()) is not None:
            return conditions.rewrite_target(active, active.version, pattern=words, aims=aims, by=self.by)
        day = clock.today(self.board.team.time_zone) + timedelta(days=8)
        return conditions.set_target(self.board, achieve_by=day, pattern=words, aims=aims, by=self.by)

    def reflect(self, words: str) -> object:
        active = self.active_target()
        return active and conditions.end_target(active, active.version, status="left", reflection=words, by=self.by)

    def park(self, words: str) -> object:
        return obstacles.add(self.board, words, by=self.by)

    def focus(self, which: int) -> object:
        waiting = self.obstacles("waiting")
        return waiting and obstacles.focus(waiting[which % len(waiting)], by=self.by)

    def unfocus(self) -> object:
        return [obstacles.unfocus(each, by=self.by) for each in self.obstacles("focus")]

    def move(self, which: int, to: int) -> object:
        waiting = self.obstacles("waiting")
        return waiting and obstacles.move(waiting[which % len(waiting)], to, by=self.by)

    def reword(self, which: int, words: str) -> object:
        waiting = self.obstacles("waiting")
        if not waiting:
            return None
        chosen = waiting[which % len(waiting)]
        return obstacles.rewrite(chosen, chosen.version, words, by=self.by)

    def take_out(self, which: int, status: str) -> object:
        waiting = self.obstacles("waiting")
        return waiting and obstacles.end(waiting[which % len(waiting)], status, "gone", by=self.by)

    def put_back(self) -> object:
        return [obstacles.put_back(each, by=self.by) for each in self.obstacles("removed")[-1:]]

    def plan(self, words: str, expectation: str = "Half.") -> object:
        return experiments.plan(self.board, a_plan(words, expectation), by=self.by)

    def replan(self, words: str) -> object:
        running = self.open_experiment()
        return running and experiments.replan(running, running.version, a_plan(words), by=self.by)

    def conclude(self, happened: str, learned: str) -> object:
        running = self.open_experiment()
        if running is None:
            return None
        today = clock.today(self.board.team.time_zone)
        said = {"happened": happened, "happened_on": today, "value": None, "learned": learned}
        return experiments.conclude(running, running.version, by=self.by, **said)

    def set_aside(self, words: str) -> object:
        running = self.open_experiment()
        return running and experiments.set_aside(running, running.version, words, by=self.by)

    def amend(self, field: str, words: str) -> object:
        last = self.last_experiment()
        return last and experiments.amend(last, last.version, field, words, by=self.cast["gus"].id)

    def photo(self, words: str) -> object:
        last = self.last_experiment()
        return last and experiments.add_photo(last, Picture("a" * 64, 4, 3), words, by=self.by)

    def unphoto(self) -> object:
        query = select(Photo.id).where(Photo.board_id == self.board_id, Photo.removed_at.is_(None))
        key = db.session.scalar(query.order_by(Photo.id.desc()).limit(1))
        return key and experiments.remove_photo(self.the(queries.photo, "photo_id", key), by=self.by)

    # What is seen ---------------------------------------------------------------------------------------------------

    def seen_now(self) -> Any:
        """The live board as plain values, without what belongs to the moment of looking."""
        db.session.rollback()
        return plain(pages.board(self.cast.viewer("ana"), sheets.head(self.board_id)))

    def seen_on(self, day: Any) -> Any:
        """The board of a past day, likewise."""
        past = AsOf(self.board_id, day, self.board.team.time_zone)
        return plain(pages.board(self.cast.viewer("ana"), past.head(self.board_id), past, day))


def plain(value: Any) -> Any:
    """Rows, namespaces and view-models as dictionaries and lists, so that two boards compare field by field."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain({each.name: getattr(value, each.name) for each in fields(value)})
    if hasattr(value, "_asdict"):
        return plain(dict(value._asdict()))
    if hasattr(value, "__dict__") and not isinstance(value, type):
        return plain(vars(value))
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if key not in NOT_OF_THE_DAY}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where the board that was seen differs from the one that is shown, which may carry more than it."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            found for key in one for found in differences(one[key], other.get(key, "nothing at all"), f"{where}.{key}")
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [f for n, pair in enumerate(zip(one, other, strict=True)) for f in differences(*pair, f"{where}[{n}]")]
    return [] if one == other else [f"{where}: {one!r} was seen, {other!r} is shown"]
