"""A storyboard as a story, put together: its beginning, its chapters with what was tried in each, and its end.

A page holds as many experiments as are pleasant to read at once. A chapter that has no room is folded to its beginning
and end, and has pages of its own, so that a board of two thousand experiments is as light as one of twenty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata import clock
from kata.alignment.words import took
from kata.stories.pages.felt import Felt, felt
from kata.stories.queries import telling
from kata.stories.queries.opening import Opened
from kata.stories.queries.telling import CHAPTERS
from kata.storyboards.pages import Entry, entries
from kata.storyboards.photos import is_kept
from kata.storyboards.queries import sheets
from kata.web.text import day_year

#: So many experiments a page tells at most.
ROOM = 32

ENDINGS: dict[str, Any] = {
    "achieved": _l("Achieved"),
    "not achieved": _l("Not achieved"),
    "left": _l("Left behind"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An experiment with its photos, those that are still kept."""

    entry: Entry
    photos: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Barrier:
    """An obstacle that the team could not remove by itself, and what its leaders answered."""

    text: str
    cost: str
    raised: date
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Against:
    """Some experiments in a row against one obstacle. ``ending`` is how it left, told behind its last experiment."""

    obstacle: str
    told: tuple[Told, ...]
    ending: str
    note: str
    barrier: Barrier | None


@dataclass(frozen=True, slots=True)
class Aim:
    """A measure of a chapter: from → to, and what was read at last."""

    name: str
    unit: str
    start: float | None
    goal: float
    reached: float | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A target condition. ``folded``: how many experiments it has that this page has no room for."""

    row: Any
    began: date
    ended: date | None
    aims: tuple[Aim, ...]
    parts: tuple[Against, ...]
    folded: int

    @property
    def ending(self) -> Any:
        return ENDINGS.get(self.row.status)


@dataclass(frozen=True, slots=True)
class Story:
    """A page of it. ``next_chapters`` and ``next_experiments`` are after which number it goes on, where it does."""

    opened: Opened
    is_first: bool
    began: date
    ended: date | None
    conditions: tuple[Any, ...]
    chapters: tuple[Chapter, ...]
    felt: Felt | None
    next_chapters: int | None
    next_experiments: int | None = None


def story(opened: Opened, after: int = 0) -> Story:
    """The story from its beginning; or, of a long one, from the chapter after a number on."""
    rows = telling.chapters(opened.id, after)
    numbers = sorted({row.number for row in rows})
    shown = [row for row in rows if row.number in numbers[:CHAPTERS]]
    told = _fitting(shown)
    found = telling.experiments(told, 0, ROOM)
    return Story(
        opened=opened,
        is_first=not after,
        began=opened.day(opened.row.started_at),
        ended=opened.ended,
        conditions=() if after else tuple(telling.conditions(opened.id)),
        chapters=_chapters(opened, shown, found),
        felt=None if after else felt(opened, shown),
        next_chapters=numbers[CHAPTERS - 1] if len(numbers) > CHAPTERS else None,
    )


def chapter(opened: Opened, number: int, after: int = 0) -> Story | None:
    """One chapter by itself, from the experiment after a number on; ``None`` where there is none of this number."""
    rows = telling.chapters(opened.id, number - 1, 1)
    if not rows or rows[0].number != number:
        return None
    found = telling.experiments([rows[0].id], after, ROOM + 1)
    return Story(
        opened=opened,
        is_first=not after,
        began=opened.day(opened.row.started_at),
        ended=opened.ended,
        conditions=(),
        chapters=tuple(replace(each, folded=0) for each in _chapters(opened, rows, found[:ROOM])),
        felt=None,
        next_chapters=None,
        next_experiments=found[ROOM - 1].number if len(found) > ROOM else None,
    )


def _fitting(rows: Sequence[Any]) -> list[int]:
    """The chapters whose experiments have room on one page, from the first on."""
    room, fitting = ROOM, []
    for row in {each.id: each for each in rows}.values():
        if row.tried <= room:
            room -= row.tried
            fitting.append(row.id)
    return fitting


def _chapters(opened: Opened, rows: Sequence[Any], found: Sequence[Any]) -> tuple[Chapter, ...]:
    """Rows of ``telling.chapters`` with the experiments that were found of them."""
    grouped = [list(those) for _id, those in groupby(rows, key=lambda row: row.id)]
    obstacles = telling.obstacles([those[0].id for those in grouped])
    told = _told(found, clock.today(opened.row.time_zone))
    return tuple(
        _chapter(opened, those, [row for row in obstacles if row.target_id == those[0].id], told) for those in grouped
    )


def _chapter(opened: Opened, rows: Sequence[Any], obstacles: Sequence[Any], told: Sequence[Told]) -> Chapter:
    row = rows[0]
    own = [each for each in told if each.entry.row.target_id == row.id]
    return Chapter(
        row=row,
        began=opened.day(row.created_at),
        ended=opened.day(row.ended_at) if row.ended_at else None,
        aims=tuple(
            Aim(each.measure, each.unit, each.from_value, each.to_value, each.reached)
            for each in rows
            if each.measure_id is not None
        ),
        parts=tuple(_parts(opened, own, obstacles)),
        folded=row.tried if row.tried and not own else 0,
    )


def _parts(opened: Opened, told: Sequence[Told], obstacles: Sequence[Any]) -> Iterable[Against]:
    """The experiments in their order, those in a row against one obstacle together; then what was only raised."""
    known = {row.id: row for row in obstacles}
    runs = [(id_, tuple(those)) for id_, those in groupby(told, key=lambda each: each.entry.row.obstacle_id)]
    last = {id_: place for place, (id_, _those) in enumerate(runs)}
    for place, (id_, those) in enumerate(runs):
        row = known.get(id_) if last[id_] == place else None
        yield _against(opened, those[0].entry.row.obstacle, those, row)
    for row in obstacles:
        if row.id not in last and row.barrier_id is not None:
            yield _against(opened, row.text, (), row)


def _against(opened: Opened, obstacle: str, told: tuple[Told, ...], row: Any | None) -> Against:
    endings = {"removed": _("Removed"), "set aside": _("Set aside")}
    return Against(
        obstacle=obstacle,
        told=told,
        ending=str(endings.get(row.status, "")) if row is not None else "",
        note=row.note if row is not None else "",
        barrier=_barrier(opened, row) if row is not None and row.barrier_id is not None else None,
    )


def _barrier(opened: Opened, row: Any) -> Barrier:
    """What became of it. Leaders are told by their office alone: a story may be read from outside."""
    promised = day_year(row.by_date) if row.by_date is not None else ""
    answers = {
        "removed": _("the leaders removed it."),
        "promised": _("the leaders promised to remove it by %(day)s.", day=promised),
        "cannot": _("it cannot be removed."),
        "instead": _("try this instead."),
    }
    answer = _("Nobody has answered it.")
    if row.barrier_status in answers and row.answered_at is not None:
        after = took(max(0, (row.answered_at - row.raised_at).days))
        answer = _("Answered %(after)s: %(answer)s", after=after, answer=answers[row.barrier_status])
    return Barrier(row.barrier, row.cost, opened.day(row.raised_at), str(answer), row.answer or "")


def _told(found: Sequence[Any], today: date) -> list[Told]:
    photos: dict[int, list[Any]] = {}
    for photo in sheets.photos([row.id for row in found]) if found else []:
        if is_kept(photo.sha256):
            photos.setdefault(photo.experiment_id, []).append(photo)
    return [Told(each, tuple(photos.get(each.row.id, ()))) for each in entries(list(found), today, None)]
