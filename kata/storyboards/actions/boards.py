"""Starting, changing, closing, ending and archiving a storyboard, and stating its challenge."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from kata import clock
from kata.activity.actions import record
from kata.customers.actions.moments import name_moment
from kata.extensions import db
from kata.measures.models import Measure
from kata.rules import Conflict, DomainError
from kata.storyboards.models import BoardOpening, Challenge, Experiment, Storyboard, TargetCondition
from kata.teams.models import Area, Membership, Team

OPENING_LASTS = timedelta(hours=1)
FURTHEST = timedelta(days=3 * 366)

#: People name a moment of truth as the customer says it, often in quotation marks; the board adds its own.
QUOTES = " \"'“”„‘’«»"


def start(
    team: Team,
    focus_process: str,
    *,
    learner_id: int,
    coach_id: int | None,
    second_coach_id: int | None,
    closed: bool,
    practice: bool,
    by: int,
) -> Storyboard:
    """A new storyboard of the team. The learner belongs to the team; a practice storyboard is closed to it."""
    _expect_in_team(team.id, learner_id)
    _expect_different(learner_id, coach_id, second_coach_id)
    board = Storyboard(
        team_id=team.id,
        focus_process=focus_process,
        learner_id=learner_id,
        coach_id=coach_id,
        second_coach_id=second_coach_id,
        practice=practice,
        closed=closed or practice,
    )
    db.session.add(board)
    record("started", board, by=by)
    return board


def rename(
    board: Storyboard,
    seen: int | None,
    focus_process: str,
    *,
    learner_id: int,
    coach_id: int | None,
    second_coach_id: int | None,
    by: int,
) -> None:
    """Change the focus process and who learns and coaches at it."""
    board.expect_version(seen)
    board.expect_live()
    if learner_id != board.learner_id:
        _expect_in_team(board.team_id, learner_id)
    _expect_different(learner_id, coach_id, second_coach_id)
    board.focus_process, board.learner_id = focus_process, learner_id
    board.coach_id, board.second_coach_id = coach_id, second_coach_id
    record("changed", board, by=by)


def _expect_different(learner_id: int, coach_id: int | None, second_coach_id: int | None) -> None:
    """Nobody coaches themselves, neither as coach nor as the second coach who watches the coach."""
    if coach_id is not None and coach_id == learner_id:
        raise DomainError("coach_id", _("Nobody coaches their own storyboard. Choose somebody else, or nobody yet."))
    if second_coach_id is not None and second_coach_id in {learner_id, coach_id}:
        raise DomainError(
            "second_coach_id", _("The second coach watches the coach, so it is a third person. Choose somebody else.")
        )


def _expect_in_team(team_id: int, person_id: int) -> None:
    belongs = select(Membership.id).where(
        Membership.team_id == team_id, Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    if db.session.scalar(belongs.limit(1)) is None:
        raise DomainError("learner_id", _("The learner belongs to the team. Choose one of its people."))


def set_closed(board: Storyboard, closed: bool, *, by: int) -> None:
    """Close the storyboard to its team, or open it to everyone signed in."""
    if board.closed == closed:
        return
    board.close_to_team(closed)
    record("closed to the team" if closed else "opened to everyone", board, by=by)


def end(board: Storyboard, reflection: str, on: date, *, by: int) -> None:
    """End the kata on this focus process: nothing may be open, and what it taught is written down."""
    unfinished = select(Experiment.id).where(Experiment.board_id == board.id, Experiment.ended_at.is_(None))
    if db.session.scalar(unfinished.limit(1)) is not None:
        raise DomainError("", _("An experiment is still open. Conclude it or set it aside, then end the storyboard."))
    active = select(TargetCondition.id).where(TargetCondition.board_id == board.id, TargetCondition.ended_at.is_(None))
    if db.session.scalar(active.limit(1)) is not None:
        raise DomainError("", _("A target condition is still active. End it with its reflection first."))
    board.end(reflection, on)
    record("ended", board, by=by)


def archive(board: Storyboard, *, by: int) -> None:
    """Take the board out of the lists; everything on it stays."""
    if board.archived_at is None:
        board.archive()
        record("archived", board, by=by)


def reopen(board: Storyboard, *, by: int) -> None:
    """Bring an ended or archived board back into practice."""
    if not board.live:
        board.reopen()
        record("reopened", board, by=by)


def open_closed(board: Storyboard, reason: str, *, by: int) -> BoardOpening:
    """Let an administrator look into a closed board for an hour, for a reason that is kept and shown to the team."""
    opening = BoardOpening(board_id=board.id, person_id=by, reason=reason, expires_at=clock.now() + OPENING_LASTS)
    db.session.add(opening)
    record("looked into", opening, by=by)
    return opening


def state_challenge(
    board: Storyboard,
    seen: int | None,
    *,
    statement: str,
    by_date: date | None,
    serves_id: int | None,
    measure_id: int | None,
    from_value: float | None,
    to_value: float | None,
    moment: str,
    by: int,
) -> Challenge:
    """State the board's challenge, or word it better; ``seen`` is the version that the person saw, if any."""
    board.expect_live()
    query = select(Challenge).where(Challenge.board_id == board.id, Challenge.ended_at.is_(None))
    challenge = db.session.scalars(query.with_for_update()).one_or_none()
    if challenge is None:
        challenge = Challenge(board_id=board.id, statement=statement)
        db.session.add(challenge)
    elif challenge.version != seen:
        raise Conflict(challenge.snapshot(), challenge.version)
    _expect_measure(board.team_id, measure_id)
    if by_date != challenge.by_date:
        _expect_far_enough(board, by_date)
    if serves_id is not None:
        of = areas_above(board.team.area_id)
        _expect_served(serves_id, of, _("Choose a challenge of an area that the team is part of."))
    challenge.statement, challenge.by_date, challenge.serves_id = statement, by_date, serves_id
    challenge.measure_id = measure_id
    challenge.from_value, challenge.to_value = (from_value, to_value) if measure_id else (None, None)
    moment = moment.strip(QUOTES)
    challenge.moment_id = name_moment(board.team_id, moment, by=by).id if moment else None
    record("stated the challenge", challenge, by=by)
    return challenge


def _expect_far_enough(board: Storyboard, by_date: date | None) -> None:
    """A challenge is a direction: it lies ahead, and not so far that nobody here will see it."""
    today = clock.today(board.team.time_zone)
    if by_date is None:
        return
    if by_date <= today:
        raise DomainError("by_date", _("Choose a day that lies ahead: six months to three years out."))
    if by_date > today + FURTHEST:
        raise DomainError("by_date", _("Three years at most: further out, a direction is a dream."))


def _expect_measure(team_id: int, measure_id: int | None) -> None:
    """A challenge names what the customer feels: an outcome measure of the board's team."""
    if measure_id is None:
        return
    found = db.session.execute(select(Measure.team_id, Measure.kind).where(Measure.id == measure_id)).one_or_none()
    if found is None or found.team_id != team_id:
        raise DomainError("measure_id", _("Choose one of the team's own measures."))
    if found.kind != "outcome":
        raise DomainError("measure_id", _("Choose an outcome measure: what the customer feels, not what we do."))


def _expect_served(serves_id: int, area_ids: list[int], otherwise: str) -> None:
    """What is served is an open challenge of one of these areas."""
    area_id = db.session.scalar(
        select(Challenge.area_id).where(Challenge.id == serves_id, Challenge.ended_at.is_(None))
    )
    if area_id is None or area_id not in area_ids:
        raise DomainError("serves_id", otherwise)


def areas_above(area_id: int) -> list[int]:
    """The ids of an area and of everything above it, nearest first."""
    parents = {row.id: row.parent_id for row in db.session.execute(select(Area.id, Area.parent_id))}
    chain: list[int] = []
    current: int | None = area_id
    while current is not None and current not in chain:
        chain.append(current)
        current = parents.get(current)
    return chain


def set_area_challenge(
    area: Area, statement: str, by_date: date | None, *, serves_id: int | None = None, by: int
) -> Challenge:
    """A leader gives their area a direction that teams may serve; it may serve one of an area above itself."""
    _expect_above(area.id, serves_id)
    challenge = Challenge(area_id=area.id, statement=statement, by_date=by_date, serves_id=serves_id)
    db.session.add(challenge)
    record("set the area's challenge", challenge, by=by)
    return challenge


def tie(challenge: Challenge, serves_id: int | None, *, by: int) -> None:
    """Say which challenge further up an area's challenge serves, or that it serves none."""
    if challenge.area_id is None or challenge.serves_id == serves_id:
        return
    _expect_above(challenge.area_id, serves_id)
    if serves_id is not None and challenge.id in _way_up(serves_id):
        raise DomainError("serves_id", _("That one serves this challenge already, by way of others."))
    challenge.serves_id = serves_id
    record("tied the area's challenge", challenge, by=by)


def _way_up(challenge_id: int) -> list[int]:
    """A challenge and all that it serves in the end; areas that changed places could close a ring here."""
    served = {row.id: row.serves_id for row in db.session.execute(select(Challenge.id, Challenge.serves_id))}
    way, at = list[int](), served.get(challenge_id)
    way.append(challenge_id)
    while at is not None and at not in way:
        way.append(at)
        at = served.get(at)
    return way


def _expect_above(area_id: int, serves_id: int | None) -> None:
    """An area's challenge serves an open one of an area above it."""
    if serves_id is None:
        return
    _expect_served(serves_id, areas_above(area_id)[1:], _("Choose a challenge of an area above this one."))


def end_area_challenge(challenge: Challenge, *, by: int) -> None:
    """The direction has been reached or has changed; the challenges that served it keep saying so."""
    if challenge.ended_at is None:
        challenge.ended_at = clock.now()
        record("ended the area's challenge", challenge, by=by)
