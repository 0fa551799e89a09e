"""The PDCA cycle: plan with an expectation, log what happened, write what was learned; or set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.measures.models import Measure
from kata.rules import Conflict, DomainError
from kata.storyboards.models import Amendment, Experiment, Obstacle, Photo, Storyboard, TargetCondition
from kata.storyboards.models.experiments import AMENDABLE
from kata.storyboards.photos import Picture


@dataclass(frozen=True)
class Plan:
    """What is written before anybody looks: the step, and what is expected of it."""

    kind: str
    step: str
    expectation: str
    check_on: date | None
    measure_id: int | None = None
    expected_value: float | None = None


def plan(board: Storyboard, plan: Plan, *, by: int) -> Experiment:
    """Plan the next experiment against the obstacle in focus. Without an expectation it is a draft, not started."""
    board.expect_live()
    target, obstacle_id = _expect_ready(board)
    number = db.session.scalar(select(func.max(Experiment.number)).where(Experiment.board_id == board.id)) or 0
    experiment = Experiment(
        board_id=board.id,
        board=board,
        target_id=target.id,
        obstacle_id=obstacle_id,
        number=number + 1,
        kind=plan.kind,
        step=plan.step,
        expectation="",
        happened="",
        learned="",
        set_aside_reason="",
        planned_by_id=by,
    )
    db.session.add(experiment)
    _write_plan(experiment, plan)
    record("planned", experiment, by=by)
    return experiment


def _expect_ready(board: Storyboard) -> tuple[TargetCondition, int]:
    """The active target condition and the obstacle in focus; one experiment at a time."""
    still_open = db.session.execute(
        select(Experiment.number, Experiment.happened).where(
            Experiment.board_id == board.id, Experiment.ended_at.is_(None)
        )
    ).one_or_none()
    if still_open is not None:
        raise DomainError(
            "",
            _(
                "Experiment %(number)s is still open. Write what happened and what you learned, "
                "or set it aside with a reason; then plan the next.",
                number=still_open.number,
            ),
        )
    target = db.session.scalars(
        select(TargetCondition).where(TargetCondition.board_id == board.id, TargetCondition.ended_at.is_(None))
    ).one_or_none()
    if target is None:
        raise DomainError("", _("Set a target condition first; an experiment is a step towards it."))
    if clock.today(board.team.time_zone) > target.achieve_by:
        raise DomainError("", _("The achieve-by date has passed. Reflect on the target condition, then set the next."))
    obstacle_id = db.session.scalar(
        select(Obstacle.id).where(Obstacle.board_id == board.id, Obstacle.status == "focus")
    )
    if obstacle_id is None:
        raise DomainError("", _("Put one obstacle in focus first; an experiment is against one obstacle."))
    return target, obstacle_id


def _write_plan(experiment: Experiment, plan: Plan) -> None:
    experiment.replan(kind=plan.kind, step=plan.step, expectation=plan.expectation, check_on=plan.check_on)
    if plan.measure_id is not None:
        owner = db.session.scalar(select(Measure.team_id).where(Measure.id == plan.measure_id))
        if owner != experiment.board.team_id:
            raise DomainError("measure_id", _("Choose one of the team's own measures."))
    experiment.predict_number(plan.measure_id, plan.expected_value)


def replan(experiment: Experiment, seen: int | None, plan: Plan, *, by: int) -> None:
    """Word step and expectation better, until a result is written."""
    experiment.expect_version(seen)
    experiment.board.expect_live()
    _write_plan(experiment, plan)
    record("replanned", experiment, by=by)


def conclude(
    experiment: Experiment,
    seen: int | None,
    *,
    happened: str,
    happened_on: date,
    value: float | None,
    learned: str,
    by: int,
) -> None:
    """Log what happened and, when it is known already, what was learned; learning ends the experiment."""
    experiment.expect_version(seen)
    experiment.board.expect_live()
    if happened_on > clock.today(experiment.board.team.time_zone):
        raise DomainError("happened_on", _("What happened cannot lie ahead. Choose today or an earlier day."))
    changed = (happened, happened_on, value) != (
        experiment.happened,
        experiment.happened_on,
        experiment.happened_value,
    )
    if changed:
        experiment.see(happened, happened_on, value)
        record("saw what happened", experiment, by=by)
    if learned:
        experiment.learn(learned)
        record("concluded", experiment, by=by)


def set_aside(experiment: Experiment, seen: int | None, reason: str, *, by: int) -> None:
    """End the experiment without a learning, for a reason that stays with it."""
    if seen != experiment.version:  # what was written meanwhile may be a reason not to
        texts = "\n".join(filter(None, (experiment.step, experiment.expectation, experiment.happened)))
        raise Conflict({"reason": experiment.set_aside_reason or texts}, experiment.version)
    experiment.board.expect_live()
    experiment.set_aside(reason)
    record("set aside", experiment, by=by)


def amend(experiment: Experiment, seen: int | None, field: str, words: str, *, by: int) -> Amendment:
    """Correct a locked text; the amendment shows who, when and what it said before."""
    if seen != experiment.version and field in AMENDABLE:
        raise Conflict({"words": getattr(experiment, field)}, experiment.version)
    experiment.board.expect_live()
    if field in {"step", "expectation"} and experiment.stage in {"draft", "running"}:
        raise DomainError("field", _("Nothing is locked yet: change the plan itself."))
    before = experiment.amend(field, words)
    amendment = Amendment(
        board_id=experiment.board_id,
        experiment_id=experiment.id,
        field=field,
        before=before,
        after=words,
        by_id=by,
        at=clock.now(),
    )
    db.session.add(amendment)
    record("amended", amendment, by=by)
    record("amended", experiment, by=by)
    return amendment


def add_photo(experiment: Experiment, picture: Picture, caption: str, *, by: int) -> Photo:
    """Attach a photo whose file has been stored already (``photos.store``)."""
    experiment.board.expect_live()
    photo = Photo(
        board_id=experiment.board_id,
        experiment_id=experiment.id,
        caption=caption,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        by_id=by,
    )
    db.session.add(photo)
    record("added a photo", photo, by=by)
    return photo


def remove_photo(photo: Photo, *, by: int) -> None:
    """Take a photo off the board; who did it and when stays in the record."""
    photo.board.expect_live()
    if photo.removed_at is None:
        photo.removed_at = clock.now()
        record("removed a photo", photo, by=by)


def put_photo_back(photo: Photo, *, by: int) -> None:
    """Undo a removal."""
    photo.board.expect_live()
    if photo.removed_at is not None:
        photo.removed_at = None
        record("put a photo back", photo, by=by)
