"""Keeping, from day to day, how many people practise in each area, and whether its figures may be told of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from kata.extensions import db, fetch
from kata.leadership.disclosure import told_of
from kata.leadership.models import AreaPeople, FiguresState, TeamFigures
from kata.leadership.queries import touched


def refresh(state: FiguresState) -> None:
    """Count anew who practises where, if anybody began or stopped to; the caller commits."""
    query = select(TeamFigures.way, TeamFigures.learners).order_by(TeamFigures.team_id)
    teams = [(row.way, row.learners) for row in fetch(query)]
    practice = touched.fingerprint((state.tree, teams))
    if practice == state.practice:
        return
    rows = list(_rows(teams, touched.parents()))
    db.session.execute(delete(AreaPeople))
    if rows:
        db.session.execute(insert(AreaPeople), rows)
    state.practice = practice


def _rows(teams: list[tuple[list[int], list[Any]]], parents: dict[int, int | None]) -> Iterator[dict[str, object]]:
    """A row for each area and each day on which what is told of it becomes another."""
    groups, said = Groups(), dict[int, tuple[int, bool]]()
    for day, changes in sorted(_changes(teams).items()):
        for way, person, amount in changes:
            groups.change(way, person, amount)
        told = told_of(parents, groups.people)
        for area, group in groups.people.items():
            now = (group.bit_count(), area in told)
            if said.get(area) != now:
                said[area] = now
                yield {"area_id": area, "day": day, "people": now[0], "told": now[1]}


def _changes(teams: list[tuple[list[int], list[Any]]]) -> dict[date, list[tuple[list[int], int, int]]]:
    """By day, in which areas somebody has one storyboard more, or one fewer."""
    found: dict[date, list[tuple[list[int], int, int]]] = defaultdict(list)
    for way, learners in teams:
        for person, begun, ended in learners:
            found[date.fromisoformat(begun)].append((way, person, 1))
            if ended is not None:
                found[date.fromisoformat(ended)].append((way, person, -1))
    return found


class Groups:
    """The people of each area as bits, while storyboards come and go: who has one is in the area."""

    def __init__(self) -> None:
        self.people: dict[int, int] = {}
        self._storyboards: Counter[tuple[int, int]] = Counter()
        self._bits: dict[int, int] = {}

    def change(self, areas: Iterable[int], person: int, amount: int) -> None:
        bit = 1 << self._bits.setdefault(person, len(self._bits))
        for area in areas:
            self._storyboards[area, person] += amount
            group = self.people.get(area, 0)
            self.people[area] = group | bit if self._storyboards[area, person] > 0 else group & ~bit
