"""Bringing the figures up to date with what happened, as the activity record tells it, in small steps.

The worker calls ``refresh`` several times a minute. Facts are read without a lock, so that nobody who writes waits for
them; what they come to is written in a short transaction, unless somebody else was quicker.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from kata import clock, worker
from kata.extensions import db, fetch, only_reading
from kata.leadership import figures
from kata.leadership.actions import levels, people
from kata.leadership.disclosure import above
from kata.leadership.figures import TOTALS, Facts
from kata.leadership.models import FiguresState, OutcomeChange, TeamFigures, area_figures
from kata.leadership.queries import facts, touched
from kata.leadership.queries.outcomes import OutcomeRow, outcomes_of
from kata.worker import Job

#: So many teams are counted at a time: a step takes no longer than anybody would wait for.
AT_ONCE = 40

Added = dict[int, Counter[tuple[date, str]]]


def refresh() -> int:
    """Take in what happened since the last time; how many teams were counted anew.

    Call it with nothing left to commit: it reads, writes and commits by itself. Where somebody else does the same at
    the same time one of the two gives up, and takes in the next time what is left.
    """
    with only_reading():
        work = _work()
    if work.upto is None and not _begin():
        return 0
    for at in range(0, len(work.teams), AT_ONCE):
        if not _take_in(work.teams[at : at + AT_ONCE]):
            return 0
    _finish(work)
    return len(work.teams)


def rebuild() -> int:
    """Count everything from scratch, whatever was kept; how many teams there are. What was told of levels stands."""
    touched.locked_state()
    for table in (TeamFigures.__table__, OutcomeChange.__table__, area_figures):
        db.session.execute(delete(table))  # type: ignore[arg-type]  # a table, as its model declares it
    db.session.execute(update(FiguresState).values(tree="", practice=""))
    db.session.commit()
    return refresh()


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done: the ``teams`` to count, and how far the figures go then. ``upto`` is how far they go now."""

    upto: int | None
    teams: Sequence[int]
    until: int
    tree: str


def _work() -> _Work:
    state, last, parents = touched.state(), touched.last_event(), touched.parents()
    tree = touched.fingerprint(parents)
    if state is None:
        return _Work(None, touched.every_team(), touched.settled(0, last), tree)
    teams = set(touched.teams_touched(state.upto, last))
    if state.tree != tree:
        teams |= _moved(parents)
    return _Work(state.upto, sorted(teams), touched.settled(state.upto, last), tree)


def _moved(parents: Mapping[int, int | None]) -> set[int]:
    """The teams that are not counted where the tree of areas has them now."""
    ways = {row.team_id: row.way for row in fetch(select(TeamFigures.team_id, TeamFigures.way))}
    places = touched.places(None)
    return {team_id for team_id, area in places.items() if ways.get(team_id) != [area, *above(parents, area)]}


def _begin() -> bool:
    """Write down that nothing is counted yet; false where somebody else has begun."""
    if touched.locked_state() is not None:
        db.session.rollback()
        return False
    db.session.add(FiguresState(id=1, upto=0, fresh_at=clock.now()))
    db.session.commit()
    return True


def _take_in(teams: Sequence[int]) -> bool:
    """Count these teams anew and add what changed to their areas; false where a team was counted by somebody else."""
    with only_reading():
        kept = {each.team_id: each for each in _kept(teams)}
        before = {team_id: dict(each.steps) for team_id, each in kept.items()}
        seals = {int(of): seal for each in kept.values() for of, seal in each.seals.items()}
        outcomes, new = outcomes_of(teams, seals)
        found = facts.facts_of(teams, outcomes)
        places, parents = touched.places(teams), touched.parents()
    touched.locked_state()
    kept = {each.team_id: each for each in _kept(teams)}
    if {team_id: dict(each.steps) for team_id, each in kept.items()} != before:
        db.session.rollback()
        return False
    _keep_changes([each for each in outcomes if each.id in new])
    added: Added = defaultdict(Counter)
    for team_id, of in found.items():
        row, way = kept.get(team_id), [places[team_id], *above(parents, places[team_id])]
        steps = figures.steps(of)
        if row is not None:
            _add(added, row.way, _unpacked(row.steps), -1)
        _add(added, way, steps, 1)
        _keep(row, team_id, way, of, outcomes)
    for area_id, steps in sorted(added.items()):
        _add_to_area(area_id, {place: amount for place, amount in steps.items() if amount})
    db.session.commit()
    return True


def _finish(work: _Work) -> None:
    state = touched.locked_state()
    if state is not None:
        if work.teams or state.tree != work.tree:
            state.tree = work.tree
            people.refresh(state)
        levels.refresh(state)
        state.upto, state.fresh_at = max(state.upto, work.until), clock.now()
    db.session.commit()


def _kept(teams: Collection[int]) -> Sequence[TeamFigures]:
    query = select(TeamFigures).where(TeamFigures.team_id.in_(teams)).order_by(TeamFigures.team_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _add(added: Added, way: Iterable[int], steps: figures.Steps, sign: int) -> None:
    """Add a team's steps to its areas, or take them away."""
    for area in way:
        for place, amount in steps.items():
            added[area][place] += sign * amount


def _keep(row: TeamFigures | None, team_id: int, way: list[int], of: Facts, outcomes: Sequence[OutcomeRow]) -> None:
    said: dict[str, Any] = {
        "way": way,
        "practising_since": of.practising_since,
        "steps": packed(figures.steps(of)),
        "learners": [[person, span.begun.isoformat(), _iso(span.ended)] for person, span in figures.learners(of)],
        "seals": {str(each.id): each.seal for each in outcomes if each.team_id == team_id},
    }
    if row is None:
        db.session.add(TeamFigures(team_id=team_id, **said))
        return
    for name, value in said.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def packed(steps: figures.Steps) -> dict[str, dict[str, int]]:
    """The steps as a row of ``TeamFigures`` keeps them."""
    packed: dict[str, dict[str, int]] = {}
    for (day, name), amount in sorted(steps.items()):
        packed.setdefault(day.isoformat(), {})[name] = amount
    return packed


def _unpacked(steps: Mapping[str, Mapping[str, int]]) -> figures.Steps:
    return {(date.fromisoformat(day), name): amount for day, named in steps.items() for name, amount in named.items()}


def _keep_changes(outcomes: Sequence[OutcomeRow]) -> None:
    if not outcomes:
        return
    db.session.execute(delete(OutcomeChange).where(OutcomeChange.measure_id.in_([each.id for each in outcomes])))
    rows = [{"measure_id": each.id, "day": day, "nature": nature} for each in outcomes for day, nature in each.changes]
    if rows:
        db.session.execute(insert(OutcomeChange), rows)


def _add_to_area(area_id: int, steps: figures.Steps) -> None:
    """Bring the area's totals up to date from the first day on which one of them changes."""
    if not steps:
        return
    first = min(day for day, _name in steps)
    columns = area_figures.c
    rows = {
        row.day: list(row[2:])
        for row in fetch(select(area_figures).where(columns.area_id == area_id, columns.day >= first))
    }
    earlier = select(*(columns[name] for name in TOTALS)).where(columns.area_id == area_id, columns.day < first)
    before = fetch(earlier.order_by(columns.day.desc()).limit(1)).one_or_none()
    standing = list(before) if before else [0] * len(TOTALS)  # what was kept for the day before, as it goes on
    more = [0] * len(TOTALS)
    by_day: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for (day, name), amount in steps.items():
        by_day[day].append((_AT[name], amount))
    written = []
    for day in sorted({*rows, *by_day}):
        for at, amount in by_day.get(day, ()):
            more[at] += amount
        standing = rows.get(day, standing)
        written.append((area_id, day, *map(sum, zip(standing, more, strict=True))))
    db.session.execute(delete(area_figures).where(columns.area_id == area_id, columns.day >= first))
    names = ("area_id", "day", *TOTALS)
    db.session.execute(insert(area_figures), [dict(zip(names, row, strict=True)) for row in written])


_AT = {name: at for at, name in enumerate(TOTALS)}

worker.add(Job("refresh the leaders' figures", timedelta(seconds=20), refresh))
