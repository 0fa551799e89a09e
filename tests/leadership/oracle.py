"""The figures of an area counted by hand: every row looked at, day by day, with none of the app's own arithmetic.

It is slow and plain on purpose. What the app keeps ready is held against it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from kata.alignment.models import Barrier, BarrierAnswer
from kata.coaching.models import CoachingCycle
from kata.customers.models import MomentOfTruth
from kata.extensions import db
from kata.leadership.queries import kept as totals_kept
from kata.measures.models import Measure
from kata.measures.pictures import judged
from kata.storyboards.models import Challenge, Experiment, Storyboard, TargetCondition
from kata.teams.models import Area, Team


def count(area_id: int, day: date) -> Counter[str]:
    """What each total of the area should be at the end of a day; those that are zero are left out."""
    found: Counter[str] = Counter()
    for team in _all(Team):
        if area_id in _way(team.area_id):
            _count_team(found, team, day)
    return +found


def kept(area_id: int, day: date) -> Counter[str]:
    """What the app has kept ready of the same."""
    found = totals_kept.totals(area_id, (), [day]).get((area_id, day), totals_kept.NONE)
    return Counter({name: value for name, value in found.values.items() if value})


def _count_team(found: Counter[str], team: Team, day: date) -> None:
    def local(moment: datetime | None) -> date | None:
        return moment.astimezone(ZoneInfo(team.time_zone)).date() if moment else None

    boards = [
        board for board in _all(Storyboard) if board.team_id == team.id and not board.closed and not board.practice
    ]
    closed = local(team.closed_at)

    def there(begun: date | None, *ends: date | None) -> bool:
        return begun is not None and begun <= day and all(end is None or end > day for end in (*ends, closed))

    found["teams"] += there(local(team.created_at))
    open_boards = [
        board for board in boards if there(local(board.started_at), board.ended_on, local(board.archived_at))
    ]
    found["boards"] += len(open_boards)
    alive = [board for board in open_boards if _days_of(board, local, until=day, last=14)]
    found["living"] += len(alive)
    found["practising"] += bool(alive)
    _count_flows(found, boards, local, day)
    _count_barriers(found, boards, local, there, day)
    for moment in _all(MomentOfTruth):
        if moment.team_id == team.id and there(local(moment.created_at), local(moment.archived_at)):
            found["moments"] += 1
            found["moments_worked"] += any(
                challenge.moment_id == moment.id and there(local(challenge.created_at), local(challenge.ended_at))
                for board in open_boards
                for challenge in _of(Challenge, board)
            )
    _count_outcomes(found, team, boards, local, there, day)


def _count_barriers(found: Counter[str], boards: list[Storyboard], local: Any, there: Any, day: date) -> None:
    for board in boards:
        for barrier in _of(Barrier, board):
            raised = local(barrier.raised_at)
            answers = [local(each.at) for each in _all(BarrierAnswer) if each.barrier_id == barrier.id]
            first = min(filter(None, answers), default=None)
            if first and first <= day:
                found["answered"] += 1
            if there(raised, first, local(barrier.back_at)) and raised:
                found["waiting"] += 1
                found["waiting_weeks"] += (day - raised).days >= 7
                found["waiting_months"] += (day - raised).days >= 28


def _count_flows(found: Counter[str], boards: list[Storyboard], local: Any, day: date) -> None:
    firsts = _first_cycles()
    for board in boards:
        for each in _of(Experiment, board):
            if each.ended_at and local(each.ended_at) <= day and each.learned and not each.set_aside_reason:
                _count_experiment(found, each, local)
        _count_targets(found, board, local, day)
        for cycle in _of(CoachingCycle, board):
            found["new_coaches"] += cycle.id in firsts and cycle.held_on <= day
        for sunday in {each + timedelta(days=6 - each.weekday()) for each in _days_of(board, local)}:
            if sunday <= day:
                week = [sunday - timedelta(days=back) for back in range(7)]
                found["weeks"] += 1
                held = [cycle.held_on for cycle in _of(CoachingCycle, board) if cycle.status == "held"]
                found["weeks_coached"] += any(each in week for each in held)


def _count_targets(found: Counter[str], board: Storyboard, local: Any, day: date) -> None:
    for target in _of(TargetCondition, board):
        ended = local(target.ended_at)
        if ended and ended <= day:
            on_time = "in_time" if ended <= target.achieve_by else "late"
            found[{"achieved": on_time, "not achieved": "not_achieved", "left": "left"}[target.status]] += 1


def _count_experiment(found: Counter[str], each: Experiment, local: Any) -> None:
    found["experiments"] += 1
    if each.started_at:
        found["timed"] += 1
        took = (local(each.ended_at) - local(each.started_at)).days
        bucket = next((limit for limit in (1, 3, 7, 14) if took <= limit), None)
        if bucket:
            found[f"learned_{bucket}"] += 1
    if each.expected_value is not None and each.happened_value is not None:
        found["numbered"] += 1
        gap = each.happened_value - each.expected_value
        gap = -gap if db.session.get_one(Measure, each.measure_id).better == "down" else gap
        found["less"] += gap < 0
        found["more"] += gap > 0


def _count_outcomes(
    found: Counter[str], team: Team, boards: list[Storyboard], local: Any, there: Any, day: date
) -> None:
    since = min((local(board.started_at) for board in boards), default=None)
    if since is None:
        return
    for measure in _all(Measure):
        if measure.team_id != team.id or measure.kind != "outcome":
            continue
        if not there(max(local(measure.created_at), since), local(measure.archived_at)):
            continue
        found["outcomes"] += 1
        newest = ""
        before = None
        chart = judged(measure)
        for on, point in zip(chart.days, chart.analysis.points, strict=True):
            if point.value is None:
                continue
            nature = str(point.nature) if point.signals else None
            if nature and nature != before and since <= on <= day:
                newest = nature
            before = nature
        found["better"] += newest == "improvement"
        found["worse"] += newest == "concern"


def _days_of(board: Storyboard, local: Any, *, until: date | None = None, last: int | None = None) -> set[date]:
    """The days on which something happened on a board; of the ``last`` days up to ``until`` where these are given."""
    days = {cycle.held_on for cycle in _of(CoachingCycle, board) if cycle.status == "held"}
    for each in _of(Experiment, board):
        days |= {day for day in (local(each.started_at), each.happened_on, local(each.ended_at)) if day}
    if until is None or last is None:
        return days
    return {day for day in days if until - timedelta(days=last) < day <= until}


def _first_cycles() -> set[int]:
    open_boards = {board.id for board in _all(Storyboard) if not board.closed and not board.practice}
    firsts: dict[int, Any] = {}
    for cycle in _all(CoachingCycle):
        if cycle.status == "held" and cycle.board_id in open_boards:
            key = (cycle.held_on, cycle.id)
            firsts[cycle.coach_id] = min(firsts.get(cycle.coach_id, key), key)
    return {cycle_id for _day, cycle_id in firsts.values()}


def _way(area_id: int | None) -> list[int]:
    way: list[int] = []
    while area_id is not None:
        way.append(area_id)
        area_id = db.session.get_one(Area, area_id).parent_id
    return way


def _all(model: Any) -> list[Any]:
    return list(db.session.scalars(select(model).order_by(model.id)))


def _of(model: Any, board: Storyboard) -> list[Any]:
    return [row for row in _all(model) if row.board_id == board.id]
