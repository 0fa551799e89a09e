"""Beginning a cycle, going through the card, writing what was heard, ending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from kata import clock
from kata.activity.actions import record
from kata.coaching import card
from kata.coaching.models import CoachingCycle, CycleNote
from kata.coaching.queries import cycles as queries
from kata.extensions import db
from kata.rules import Conflict, DomainError
from kata.storyboards.actions import experiments
from kata.storyboards.actions.experiments import Plan
from kata.storyboards.models import Experiment, Storyboard


def begin(board: Storyboard, *, by: int) -> CoachingCycle:
    """Begin a cycle at the board, or answer the one that this coach has begun: one runs at a board at a time."""
    now = queries.running(board.id, lock=True)
    if now is not None:
        if now.coach_id != by:
            raise DomainError("", _("Somebody is coaching at this board already. Watch, or take the cycle over."))
        return now
    board.expect_live()
    cycle = _new(board, clock.today(board.team.time_zone), by=by)
    record("began a coaching cycle", cycle, by=by)
    return cycle


def _new(board: Storyboard, held_on: date, *, by: int, paper: bool = False) -> CoachingCycle:
    if by == board.learner_id:
        raise DomainError("", _("Nobody coaches themselves: at your own board somebody else asks the questions."))
    moment = clock.now()
    cycle = CoachingCycle(
        board_id=board.id,
        board=board,
        learner_id=board.learner_id,
        coach_id=by,
        held_on=held_on,
        paper=paper,
        started_at=moment,
        asked_at=moment,
    )
    db.session.add(cycle)
    return cycle


def turn(
    cycle: CoachingCycle,
    left: str,
    to: str,
    words: str,
    seen: int | None,
    *,
    note: CycleNote | None,
    by: int,
    threshold: bool,
) -> None:
    """Go from the question ``left`` to the place ``to``, keeping the note that was written there.

    ``note`` is what stands there now, and ``seen`` the version of it that the coach saw. From another device that has
    already moved on, the note is kept and the cycle is taken where this one says: the coach is where they press.
    ``threshold`` says that facts ended and guessing began at the question that is left. After the end of the cycle the
    note alone is kept.

    Where a cycle stands is no event of the record: it tells that it began, what was noted, and how it ended.
    """
    cycle.expect_coached_by(by)
    if not cycle.running:
        _write(cycle, note, left, words, seen, by=by)
        return
    stood, took = cycle.place, cycle.go_to(to)
    _write(cycle, note, left, words, seen, took=took if stood == left else None, by=by)
    if threshold:
        cycle.mark_threshold(left)


def write(
    cycle: CoachingCycle,
    part: str,
    words: str,
    seen: int | None,
    *,
    by: int,
    took: int | None = None,
    field: str = "words",
) -> CycleNote | None:
    """Keep one text of the cycle, and add the seconds that its question took.

    Raises ``Conflict``, with what stands as ``field``, where somebody wrote it meanwhile. An empty text for which no
    time was taken leaves no row.
    """
    return _write(cycle, queries.note(cycle.id, part), part, words, seen, by=by, took=took, field=field)


def _write(
    cycle: CoachingCycle,
    note: CycleNote | None,
    part: str,
    words: str,
    seen: int | None,
    *,
    by: int,
    took: int | None = None,
    field: str = "words",
) -> CycleNote | None:
    """The same with the text as it stands."""
    if part not in card.PARTS:
        return None
    if note is None:
        if not words and not took:
            return None
        note = CycleNote(cycle_id=cycle.id, part=part, words="")
        db.session.add(note)
    elif words != note.words and note.version != seen:
        raise Conflict({field: note.words}, note.version)
    said, note.words = words != note.words, words
    if took:
        note.seconds = (note.seconds or 0) + took
    if said:  # that time passed is no event: the next thing that is said tells of it
        record("noted", note, by=by)
    return note


def plan_step(cycle: CoachingCycle, plan: Plan, *, by: int) -> Experiment:
    """Write the next step straight to the board, and turn to when it can be seen."""
    cycle.expect_run_by(by)
    step = experiments.plan(cycle.board, plan, by=by)
    _carry_on_with(cycle, step.id, by=by)
    return step


def keep_step(cycle: CoachingCycle, *, by: int) -> None:
    """The step that is already open on the board stays the next one."""
    cycle.expect_run_by(by)
    still_open = db.session.scalar(
        select(Experiment.id).where(Experiment.board_id == cycle.board_id, Experiment.ended_at.is_(None))
    )
    if still_open is None:
        raise DomainError("", _("No experiment is open on the board any more. Plan the next step."))
    _carry_on_with(cycle, still_open, by=by)


def _carry_on_with(cycle: CoachingCycle, step_id: int, *, by: int) -> None:
    cycle.step_id = step_id
    took = cycle.go_to(card.after("next")) if cycle.place == "next" else None
    if took:
        note = queries.note(cycle.id, "next")
        write(cycle, "next", note.words if note else "", note.version if note else None, took=took, by=by)


def go_and_see(cycle: CoachingCycle, step: Experiment, seen: int | None, on: date, *, by: int) -> None:
    """Write the day on which the step can be seen to the board; the questions are through."""
    cycle.expect_run_by(by)
    if on < clock.today(cycle.board.team.time_zone):
        raise DomainError("check_on", _("That day has passed. Choose today or a day that lies ahead."))
    if step.ended_at is not None:
        raise DomainError("check_on", _("This step has ended meanwhile. Plan the next one, then say when to see it."))
    experiments.replan(
        step,
        seen,
        Plan(step.kind, step.step, step.expectation, on, step.measure_id, step.expected_value),
        by=by,
    )
    took = cycle.go_to(card.CLOSING) if cycle.place == "see" else None
    if took:
        note = queries.note(cycle.id, "see")
        write(cycle, "see", note.words if note else "", note.version if note else None, took=took, by=by)


def take_over(cycle: CoachingCycle, *, by: int) -> None:
    """Go on with a cycle that another coach began; both stand in the record."""
    if cycle.coach_id != by:
        cycle.take_over(by)
        record("took a coaching cycle over", cycle, by=by)


def close(cycle: CoachingCycle, texts: Mapping[str, tuple[str, int | None]], *, by: int) -> None:
    """End the cycle as held, with the feedback and what the coach will practise (each with the version seen).

    Sent again, or from a second device, it ends nothing twice and keeps the words.
    """
    cycle.expect_coached_by(by)
    for part, (words, seen) in texts.items():
        write(cycle, part, words, seen, by=by, field=part)
    if cycle.running:
        cycle.end("held")
        record("held a coaching cycle", cycle, by=by)


def break_off(cycle: CoachingCycle, *, by: int) -> None:
    """End a cycle that did not come to its end; what was noted stays."""
    cycle.expect_run_by(by)
    cycle.end("broken off")
    record("broke a coaching cycle off", cycle, by=by)


def enter_held(board: Storyboard, held_on: date, texts: Mapping[str, str], *, by: int) -> CoachingCycle:
    """Enter a cycle that was held at a paper board; how long each question took nobody knows."""
    board.expect_live()
    if held_on > clock.today(board.team.time_zone):
        raise DomainError("held_on", _("A cycle that was held lies behind. Choose today or an earlier day."))
    if not any(texts.values()):
        raise DomainError("", _("Write at least one note or the feedback: a cycle without words helps nobody later."))
    cycle = _new(board, held_on, by=by, paper=True)
    cycle.place = card.CLOSING
    cycle.end("held")
    record("held a coaching cycle", cycle, by=by)
    for part, words in texts.items():
        if words:
            write(cycle, part, words, None, by=by)
    return cycle


def reflect(cycle: CoachingCycle, words: str, seen: int | None, *, by: int) -> None:
    """The learner's own reflection, during the cycle or after it."""
    write(cycle, card.REFLECTION, words, seen, by=by)
