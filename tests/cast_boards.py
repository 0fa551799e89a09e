"""What stands on the storyboards of the cast: written by the models, with the activity record beside it, on the days
on which it would have happened.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from kata import clock
from kata.activity.actions import record
from kata.activity.models import Recorded
from kata.extensions import db
from kata.measures.models import Measure
from kata.storyboards import photos
from kata.storyboards.models import (
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Photo,
    SignalAnswer,
    Storyboard,
    TargetCondition,
    TargetMeasure,
)
from kata.teams.models import Team

NOW = datetime(2026, 6, 3, 9, 31, tzinfo=UTC)
"""A Wednesday, 10:31 in London."""
TODAY = date(2026, 6, 3)


@dataclass(frozen=True)
class Board:
    """Ids of what stands on a storyboard; ``None`` where it has no such thing."""

    id: int
    challenge: int | None = None
    condition: int | None = None
    target: int | None = None
    ended_target: int | None = None
    in_focus: int | None = None
    waiting: int | None = None
    waiting_too: int | None = None
    removed: int | None = None
    concluded: int | None = None
    running: int | None = None
    photo: int | None = None
    answer: int | None = None

    @property
    def path(self) -> str:
        return f"/boards/{self.id}"


@dataclass(frozen=True)
class Where:
    """What the boards of a team refer to."""

    team: Team
    measures: dict[str, Measure]
    moment: int
    serves: int
    ids: dict[str, int]


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Let the block happen that many days before ``NOW``."""
    with clock.standing_at(NOW - timedelta(days=days)):
        yield


def keep(row: Any, verb: str, by: int) -> Any:
    """Add a row, and record it where the app would."""
    db.session.add(row)
    if isinstance(row, Recorded):
        record(verb, row, by=by)
    return row


def small_board(
    team: Team, learner: int, ids: dict[str, int], focus_process: str, *, closed: bool = False, practice: bool = False
) -> Board:
    """A storyboard with a target condition, an obstacle in focus, another one, and an experiment that runs."""
    own = team.slug == "access-requests"
    with days_ago(30):
        board = keep(
            Storyboard(
                team_id=team.id,
                team=team,
                focus_process=focus_process,
                learner_id=learner,
                coach_id=ids["ben"] if own else None,
                second_coach_id=ids["cleo"] if own else None,
                closed=closed,
                practice=practice,
            ),
            "started",
            learner,
        )
        condition = _condition(board, 1, learner)
        target = _target(board, 1, 20, learner)
        in_focus = _obstacle(board, target, 0, "Nobody knows who decides", "focus", learner)
        waiting = _obstacle(board, target, 1, "The form asks twice", "waiting", learner)
        running = _experiment(board, target, in_focus, 1, learner)
    return Board(board.id, None, condition.id, target.id, in_focus=in_focus.id, waiting=waiting.id, running=running.id)


def whole_board(where: Where, data_folder: Path, meanwhile: Callable[[int], object]) -> Board:
    """Ana's open storyboard: two conditions, an ended target and an active one, obstacles in every state.

    ``meanwhile`` is called with its id where eight days ago have come, so that the record keeps the order of time.
    """
    ana, ids = where.ids["ana"], where.ids
    with days_ago(90):
        board = keep(
            Storyboard(
                team_id=where.team.id,
                team=where.team,
                focus_process="Granting access",
                learner_id=ana,
                coach_id=ids["ben"],
                second_coach_id=ids["cleo"],
            ),
            "started",
            ana,
        )
        challenge = _challenge(board, where)
        _condition(board, 1, ana)
        ended = _target(board, 1, 30, ana)
        removed = _obstacle(board, ended, 0, "The approver is on leave", "removed", ana)
        _experiment(board, ended, removed, 1, ana, happened="Both answered the same day.")
    with days_ago(40):
        ended.end("not achieved", "We had aimed at the wrong step.")
        record("ended the target condition as not achieved", ended, by=ana)
        condition = _condition(board, 2, ana)
        target = _target(board, 2, 15, ana)
        for name, start, goal in (("outcome", 61.0, 90.0), ("process", 30.0, 4.0)):
            aim = TargetMeasure(
                board_id=board.id,
                target_id=target.id,
                measure_id=where.measures[name].id,
                from_value=start,
                to_value=goal,
            )
            keep(aim, "aimed at", ana)
        in_focus = _obstacle(board, target, 0, "Approvers see requests once a day", "focus", ana)
        waiting = _obstacle(board, target, 1, "Requests lack the system's name", "waiting", ana)
        waiting_too = _obstacle(board, target, 2, "No rule says who decides", "waiting", ana)
    with days_ago(9):
        concluded = _experiment(board, target, in_focus, 2, ana, happened="Three of five came back within the hour.")
        photo = _photo(concluded, ana, data_folder)
    meanwhile(board.id)
    with days_ago(5):
        answer = _answer(board, concluded, where, ana)
    with days_ago(2):
        running = _experiment(board, target, in_focus, 3, ana, measure=where.measures["process"])
    return Board(
        board.id,
        challenge=challenge.id,
        condition=condition.id,
        target=target.id,
        ended_target=ended.id,
        in_focus=in_focus.id,
        waiting=waiting.id,
        waiting_too=waiting_too.id,
        removed=removed.id,
        concluded=concluded.id,
        running=running.id,
        photo=photo.id,
        answer=answer.id,
    )


def _challenge(board: Storyboard, where: Where) -> Challenge:
    row = Challenge(
        board_id=board.id,
        statement="Every newcomer can work on the first day.",
        by_date=TODAY + timedelta(days=300),
        serves_id=where.serves,
        measure_id=where.measures["outcome"].id,
        from_value=61.0,
        to_value=100.0,
        moment_id=where.moment,
    )
    kept: Challenge = keep(row, "stated the challenge", board.learner_id)
    return kept


def _condition(board: Storyboard, number: int, by: int) -> CurrentCondition:
    row = CurrentCondition(
        board_id=board.id,
        number=number,
        as_of=clock.now().date(),
        facts=f"As seen the {number}. time: a request waits for its approver.",
        steps=[{"name": "Ask", "time": "5 min", "note": ""}, {"name": "Approve", "time": "1 day", "note": "by mail"}],
        by_id=by,
    )
    kept: CurrentCondition = keep(row, "described the current condition", by)
    return kept


def _target(board: Storyboard, number: int, days_left: int, by: int) -> TargetCondition:
    pattern = "Each request is decided within the hour in which it came."
    row = TargetCondition(
        board_id=board.id, board=board, number=number, achieve_by=TODAY + timedelta(days=days_left), pattern=pattern
    )
    kept: TargetCondition = keep(row, "set the target condition", by)
    return kept


def _obstacle(board: Storyboard, target: TargetCondition, place: int, text: str, status: str, by: int) -> Obstacle:
    row = Obstacle(board_id=board.id, board=board, target_id=target.id, text=text, position=place)
    kept: Obstacle = keep(row, "parked", by)
    if status == "focus":
        kept.focus()
        record("put in focus", kept, by=by)
    if status == "removed":
        kept.end("removed", "A deputy decides.")
        record("removed", kept, by=by)
    return kept


def _experiment(
    board: Storyboard,
    target: TargetCondition,
    obstacle: Obstacle,
    number: int,
    by: int,
    *,
    happened: str = "",
    measure: Measure | None = None,
) -> Experiment:
    row = Experiment(
        board_id=board.id,
        board=board,
        target_id=target.id,
        obstacle_id=obstacle.id,
        number=number,
        step="Ask the two approvers to look at noon too",
        expectation="Half of the requests are decided before the evening.",
        check_on=clock.now().date() + timedelta(days=2),
        measure_id=measure.id if measure else None,
        expected_value=12.0 if measure else None,
        started_at=clock.now(),
        planned_by_id=by,
    )
    kept: Experiment = keep(row, "planned", by)
    if happened:
        kept.see(happened, clock.now().date(), None)
        kept.learn("Being asked once is enough.")
        record("concluded", kept, by=by)
    return kept


def _photo(experiment: Experiment, by: int, data_folder: Path) -> Photo:
    picture = photos.store(image(), data_folder / "attachments")
    row = Photo(
        board_id=experiment.board_id,
        board=experiment.board,
        experiment_id=experiment.id,
        caption="The list on the wall",
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        by_id=by,
    )
    kept: Photo = keep(row, "added a photo", by)
    return kept


def _answer(board: Storyboard, experiment: Experiment, where: Where, by: int) -> SignalAnswer:
    row = SignalAnswer(
        board_id=board.id,
        board=board,
        measure_id=where.measures["outcome"].id,
        day=clock.now().date() - timedelta(days=20),
        rule="shift",
        experiment_id=experiment.id,
        words="We expected fewer who wait, from that week on.",
        by_id=by,
    )
    kept: SignalAnswer = keep(row, "answered a signal", by)
    return kept


def image(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small picture, as a phone would send it."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (180, 90, 30)).save(buffer, kind)
    return buffer.getvalue()
