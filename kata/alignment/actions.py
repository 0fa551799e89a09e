"""What teams and leaders do with barriers: raise, answer, pass up, put together, take apart, take back, take note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from kata.access.policy import Action, Viewer, allows
from kata.activity.actions import record
from kata.alignment.models import Barrier, BarrierAnswer, BarrierNews, BarrierStop
from kata.alignment.queries import barriers as queries
from kata.extensions import db
from kata.rules import Conflict, DomainError
from kata.storyboards.models import Obstacle
from kata.teams.queries import area_way, leaders_by_area


@dataclass(frozen=True, slots=True)
class Words:
    """A barrier in the team's own words: its kind, what it is, what it costs the customer, and where they feel it."""

    kind: str
    text: str
    cost: str
    moment_id: int | None = None
    measure_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a leader says: of which kind, in which words, and for a promise until when."""

    kind: str
    words: str = ""
    by_date: date | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """Why a team takes its barrier back: by its own work (*ourselves*), or because it is *gone*; and what happened."""

    why: str
    words: str = ""


def raise_barrier(obstacle: Obstacle, said: Words, *, by: int) -> Barrier:
    """Put an obstacle of the parking lot before whoever leads the team's area, or the next area above that is led.

    Where nobody leads any of them it waits in the team's own area, for whoever comes to lead it.
    """
    obstacle.board.expect_live()
    if obstacle.board.practice:
        raise DomainError("", _("A practice storyboard is for trying out, so no leader hears of it. Nothing was sent."))
    if not obstacle.open:
        raise DomainError("", _("This obstacle has left the parking lot. Put it back to raise it as a barrier."))
    own = obstacle.board.team.area_id
    barrier = Barrier(
        board_id=obstacle.board_id,
        board=obstacle.board,
        obstacle_id=obstacle.id,
        area_id=_next_led(own) or own,
        kind=said.kind,
        text=said.text,
        cost=said.cost,
        moment_id=said.moment_id,
        measure_id=said.measure_id,
        raised_by_id=by,
    )
    db.session.add(barrier)
    record("raised", barrier, by=by)
    _stop(barrier, "", by)
    return barrier


def reword(barrier: Barrier, seen: int | None, said: Words, *, by: int) -> None:
    """Say it better, while it waits; a leader who writes an answer just then is told that it reads otherwise now."""
    barrier.expect_version(seen)
    if not barrier.waits:
        raise DomainError("", _("It has been answered as it was. Raise it again to say it otherwise."))
    barrier.kind, barrier.text, barrier.cost = said.kind, said.text, said.cost
    barrier.moment_id, barrier.measure_id = said.moment_id, said.measure_id
    barrier.touch()
    record("reworded", barrier, by=by)


def answer(barrier: Barrier, seen: int | None, said: Answer, *, by: int, today: date) -> None:
    """Answer it, and with it all that were put together with it: each team has the answer as its own.

    Another answer may follow: the newest holds. Whoever wrote meanwhile to the same barrier is not written over.
    """
    _check(said, today)
    barrier.expect_not_taken_back()
    barrier.expect_own_answer()
    family = queries.family(barrier.id)
    _expect_version(barrier, seen)
    for each in family:
        _give(each, said, by)


def _check(said: Answer, today: date) -> None:
    if said.kind == "promised" and said.by_date is None:
        raise DomainError("by_date", _("Say by which day it will be gone: the teams plan with it."))
    if said.kind == "promised" and said.by_date is not None and said.by_date < today:
        raise DomainError("by_date", _("This day lies behind. Pick today or a day that lies ahead."))
    if said.kind == "cannot" and not said.words:
        raise DomainError("words", _("Say why it cannot be removed: the team will ask itself."))
    if said.kind == "instead" and not said.words:
        raise DomainError("words", _("Say what the team could try instead."))


def _give(barrier: Barrier, said: Answer, by: int) -> None:
    by_date = said.by_date if said.kind == "promised" else None
    given = BarrierAnswer(
        barrier_id=barrier.id, barrier=barrier, kind=said.kind, words=said.words, by_date=by_date, by_id=by
    )
    db.session.add(given)
    record(f"answered: {said.kind}", given, by=by)
    barrier.take(given)
    record("was answered", barrier, by=by)
    _tell(barrier, _who_wait(barrier), but=by)


def _who_wait(barrier: Barrier) -> set[int]:
    """Whoever raised it, and those at whose board it stands in the way."""
    board = barrier.board
    return {each for each in (barrier.raised_by_id, board.learner_id, board.coach_id) if each is not None}


def _tell(barrier: Barrier, people: set[int], *, but: int) -> None:
    """Put the news on everybody's Today, but not on that of the one who made it."""
    told = queries.still_to_read(barrier.id)
    for person_id in sorted(people - {but} - told.keys()):
        db.session.add(BarrierNews(person_id=person_id, barrier_id=barrier.id))


def _expect_version(barrier: Barrier, seen: int | None) -> None:
    """Raise ``Conflict`` with the answer that holds, in the words of the form, when something else was seen."""
    if seen == barrier.version:
        return
    newest = queries.newest_answer(barrier.id)
    theirs = {} if newest is None else {"kind": newest.kind, "words": newest.words, "by_date": newest.by_date}
    raise Conflict(theirs, barrier.version)


def pass_up(barrier: Barrier, seen: int | None, reason: str, *, by: int) -> None:
    """Bring it to the next area above that somebody leads; who had it before stays in its way."""
    barrier.expect_not_taken_back()
    barrier.expect_own_answer()
    if seen != barrier.version:
        raise Conflict({}, barrier.version)
    above = area_way(barrier.area_id)[:-1]
    to = _next_led(above[-1].id) if above else None
    if to is None:
        raise DomainError(
            "", _("Nobody leads an area above this one, so it ends with you. Say what you can do, or why it must stay.")
        )
    barrier.move_to(to)
    record("was passed up", barrier, by=by)
    _stop(barrier, reason, by)


def _next_led(area_id: int) -> int | None:
    """The area itself where somebody leads it, else the next above that somebody leads; ``None`` where nobody does."""
    way = [row.id for row in reversed(area_way(area_id))]
    led = leaders_by_area(way)
    return next((each for each in way if led.get(each)), None)


def _stop(barrier: Barrier, reason: str, by: int) -> None:
    stop = BarrierStop(barrier_id=barrier.id, barrier=barrier, area_id=barrier.area_id, reason=reason, by_id=by)
    db.session.add(stop)
    record("passed up" if reason else "brought", stop, by=by)


def put_together(barrier: Barrier, other_id: int, *, by: Viewer) -> None:
    """Let the barrier ``other_id`` be answered together with this one; each keeps its words and its way.

    What was answered to this one goes to the other at once. Those that the other was answered for come along. It is
    handed in unlocked, and looked at again once both groups are held.
    """
    queries.hold(barrier.id, other_id)
    _join(_to_answer(barrier.id, by), _to_answer(other_id, by), by.person_id)


def _to_answer(barrier_id: int, by: Viewer) -> Barrier:
    """The barrier as it stands now, if it is theirs to answer."""
    found = queries.barrier(by, barrier_id=barrier_id)
    if found is None or not allows(by, Action.ANSWER_BARRIER, found.scope):
        raise DomainError("", _("Only barriers that you answer can be put together."))
    return found


def _join(barrier: Barrier, other: Barrier, by: int) -> None:
    barrier.expect_own_answer()
    if other.id == barrier.id or other.lead_id is not None:
        raise DomainError("", _("This barrier is already answered together with another."))
    if not (barrier.waits and other.waits):
        raise DomainError("", _("One of them has been answered meanwhile; nothing is left to answer together."))
    newest = queries.newest_answer(barrier.id)
    for each in queries.family(other.id):
        each.join(barrier)
        record("put together", each, by=by)
        if newest is not None:
            _give(each, Answer(newest.kind, newest.words, newest.by_date), by)
    barrier.touch()
    record("was joined", barrier, by=by)


def take_apart(barrier: Barrier, *, by: int) -> None:
    """Let it be answered by itself again, in the area in which it was; what was answered so far stays with it."""
    if barrier.lead_id is None:
        return
    barrier.join(None)
    record("taken apart", barrier, by=by)


def take_back(barrier: Barrier, seen: int | None, said: Back, *, by: int) -> None:
    """The team waits for it no more. It leaves those with which it was put together, and the leader is told.

    Where it was the one that was answered for others, the one of them that waits longest is answered from now on, in
    the same area.
    """
    if barrier.status == "taken_back":
        raise DomainError("", _("It has been taken back already."))
    if seen != barrier.version:
        raise Conflict({}, barrier.version)
    if not barrier.waits:
        raise DomainError("", _("It has been answered, so nothing is left to take back."))
    area_id = barrier.lead.area_id if barrier.lead else barrier.area_id
    _hand_on(barrier, by)
    barrier.take_back(said.why, said.words, by)
    record(f"taken back: {said.why}", barrier, by=by)
    led = leaders_by_area([_next_led(area_id) or area_id])
    leaders = {row.person_id for rows in led.values() for row in rows}
    _tell(barrier, _who_wait(barrier) | leaders, but=by)


def _hand_on(barrier: Barrier, by: int) -> None:
    """Leave the others with which it was answered, and say which of them is answered instead."""
    if barrier.lead_id is not None:
        barrier.join(None)
        return
    others = sorted(
        (each for each in queries.family(barrier.id) if each.id != barrier.id),
        key=lambda each: (each.raised_at, each.id),
    )
    if not others:
        return
    first, rest = others[0], others[1:]
    first.join(None)
    if first.area_id != barrier.area_id:
        first.move_to(barrier.area_id)
        _stop(first, "", by)
    record("is answered for others", first, by=by)
    for each in rest:
        each.join(first)
        record("is answered with another", each, by=by)


def take_note(barrier: Barrier, *, by: int) -> None:
    """Somebody has read what became of it: it leaves their Today. That is no event, so nothing is recorded."""
    if mark := queries.mark_of(barrier.id, by):
        db.session.delete(mark)
