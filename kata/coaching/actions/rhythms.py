"""Setting, changing and ending the rhythm of a board."""

from __future__ import annotations

from datetime import date, time

from kata import clock
from kata.activity.actions import record
from kata.coaching.models import CoachingRhythm
from kata.coaching.queries import rhythms as queries
from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.teams.cadence import local_day


def set_rhythm(
    board: Storyboard, seen: int | None, *, days: int, at: time, minutes: int, starts_on: date, by: int
) -> CoachingRhythm:
    """Plan the board's cycles from a day on. ``seen`` is the version of the rhythm that the person saw, if any."""
    board.expect_live()
    rhythm, verb = queries.of_board(board.id), "changed the rhythm"
    if rhythm is None:
        rhythm, verb = CoachingRhythm(board_id=board.id, board=board), "set the rhythm"
    else:
        rhythm.expect_version(seen)
    rhythm.plan(days, at, minutes, starts_on, clock.today(board.team.time_zone))
    db.session.add(rhythm)
    record(verb, rhythm, by=by)
    return rhythm


def end_rhythm(board: Storyboard, *, by: int) -> None:
    """Plan no further cycles at the board. What was held stays, and what was planned until now."""
    rhythm = queries.of_board(board.id)
    if rhythm is not None and rhythm.live:
        rhythm.end()
        record("ended the rhythm", rhythm, by=by)


def take_up_rhythm(board: Storyboard, *, by: int) -> None:
    """Plan on as before."""
    board.expect_live()
    rhythm, zone = queries.of_board(board.id), board.team.time_zone
    if rhythm is not None and rhythm.ended_at is not None:
        rhythm.take_up(local_day(rhythm.ended_at, zone), clock.today(zone))
        record("took the rhythm up again", rhythm, by=by)
