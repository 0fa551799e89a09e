"""What the sheets of a storyboard show, worked out before a template sees it.

Every sheet is one frozen view-model, built from ``sheets`` (now) or from ``past.AsOf`` (another day); the page is all
of them together, and a partial answer is one or two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from kata import clock
from kata.access.policy import Action, Scope, Viewer, allows
from kata.measures.queries import LatestValue, latest_values
from kata.storyboards import prompts
from kata.storyboards.models.experiments import stage
from kata.storyboards.queries import sheets
from kata.teams.cadence import PracticeDays
from kata.web.htmx import Partial

SHEETS = ("head", "challenge", "target", "actual", "process", "obstacles", "record")


class Sheets(Protocol):
    """Where a board is read from: now, or as of a past day."""

    def head(self, board_id: int) -> Any: ...
    def challenge(self, board_id: int) -> Any | None: ...
    def condition(self, board_id: int) -> Any | None: ...
    def target(self, board_id: int) -> list[Any]: ...
    def obstacles(self, target_id: int) -> list[Any]: ...
    def experiments(self, board_id: int, *, before: int | None = None, only: int | None = None) -> list[Any]: ...
    def photos(self, experiment_ids: list[int]) -> list[Any]: ...
    def amendments(self, experiment_ids: list[int]) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """The board around a sheet: who and where it is, what day it shows, what the viewer may do with it."""

    head: Any
    today: date
    on: date | None
    here: int
    prompt: prompts.Prompt | None
    can_write: bool
    can_run: bool
    linked: bool

    @property
    def id(self) -> int:
        return int(self.head.id)

    @property
    def scope(self) -> Scope:
        head = self.head
        return Scope(head.team_id, head.area_id, head.learner_id, frozenset({head.coach_id}))

    @property
    def day_before(self) -> date:
        return self.today - timedelta(days=1)

    @property
    def day_after(self) -> date:
        return self.today + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure on a sheet: from → to, and where it is now."""

    measure_id: int
    name: str
    unit: str
    kind: str | None
    start: float | None
    goal: float | None
    now: float | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One experiment of the record. ``differs`` is ``None`` while nobody has looked or no number says."""

    row: Any
    stage: str
    late: bool
    differs: bool | None
    photos: tuple[Any, ...]
    amendments: tuple[Any, ...]

    @property
    def difference(self) -> float | None:
        """How far what happened lies from what was expected, in the measure's unit."""
        if self.row.happened_value is None or self.row.expected_value is None:
            return None
        return float(round(self.row.happened_value - self.row.expected_value, 10))


@dataclass(frozen=True, slots=True)
class Lot:
    """The parking lot: the one in focus, those that wait, those that have left."""

    target_id: int | None
    focus: Any | None
    waiting: tuple[Any, ...]
    ended: tuple[Any, ...]


def place(viewer: Viewer, board_id: int, source: Sheets = sheets, on: date | None = None) -> Place:
    """The board around its sheets; nothing can be written on a past day, an ended or an archived board."""
    return place_of(viewer, source.head(board_id), on)


def place_of(viewer: Viewer, head: Any, on: date | None = None) -> Place:
    """The board whose head is known already."""
    today = on or clock.today(head.time_zone)
    scope = Scope(head.team_id, head.area_id, head.learner_id, frozenset({head.coach_id}))
    live = on is None and head.ended_on is None and head.archived_at is None
    return Place(
        head=head,
        today=today,
        on=on,
        here=prompts.here(head),
        prompt=prompts.prompt(head, today) if on is None else None,
        can_write=live and allows(viewer, Action.WRITE_BOARD, scope),
        can_run=on is None and allows(viewer, Action.RUN_BOARD, scope),
        linked=head.challenge_measure_id is not None and head.challenge_moment_id is not None,
    )


def board(viewer: Viewer, board_id: int, source: Sheets = sheets, on: date | None = None) -> dict[str, Any]:
    """Everything on the board, as the context of its page."""
    where = place(viewer, board_id, source, on)
    challenge, target = source.challenge(board_id), source.target(board_id)
    values = _values(_measure_ids([challenge] if challenge else [], target), on)
    return {
        "place": where,
        **_challenge(challenge, values),
        **_target(where, target, values),
        **_actual(source.condition(board_id), target, values),
        **_obstacles(where, source),
        **_record(where, source, None),
    }


def sheet(where: Place, name: str, source: Sheets = sheets) -> dict[str, Any]:
    """The context of one sheet of a live board, read by itself."""
    board_id = where.id
    if name == "process":
        return {"condition": source.condition(board_id)}
    if name == "challenge":
        row = source.challenge(board_id)
        return _challenge(row, _values(_measure_ids([row] if row else [], []), None))
    if name in {"target", "actual"}:
        rows = source.target(board_id)
        values = _values(_measure_ids([], rows), None)
        return _target(where, rows, values) if name == "target" else _actual(source.condition(board_id), rows, values)
    if name == "obstacles":
        return _obstacles(where, source)
    return _record(where, source, None) if name == "record" else {}


def partials(viewer: Viewer, board_id: int, *names: str) -> tuple[Partial, ...]:
    """The named sheets as pieces for an answer to htmx."""
    where = place(viewer, board_id)
    return tuple(Partial(name, f"storyboards/_{name}.html", {"place": where, **sheet(where, name)}) for name in names)


def older(where: Place, before: int) -> dict[str, Any]:
    """The page of the experiment record before number ``before``."""
    return _record(where, sheets, before)


def lines_to_carry_on(board_id: int) -> tuple[Line, ...]:
    """The measures that the next target condition starts from: those of the last one, or else the challenge's."""
    rows = [row for row in sheets.target(board_id) if row.measure_id is not None]
    rows = rows or [row for row in [sheets.challenge(board_id)] if row is not None and row.measure_id is not None]
    values = _values(_measure_ids([], rows), None)
    return tuple(filter(None, (line(row, values) for row in rows)))


def _measure_ids(challenges: Iterable[Any], targets: Iterable[Any]) -> list[int]:
    return sorted({row.measure_id for row in (*challenges, *targets) if row.measure_id is not None})


def _values(measure_ids: list[int], on: date | None) -> dict[int, LatestValue]:
    return latest_values(measure_ids, on)


def line(row: Any, values: dict[int, LatestValue]) -> Line | None:
    """The measure of a challenge or of an aim with its latest value; ``None`` where it has none."""
    if row is None or row.measure_id is None:
        return None
    now = values.get(row.measure_id)
    return Line(
        measure_id=row.measure_id,
        name=row.measure,
        unit=row.unit,
        kind=getattr(row, "kind", None),
        start=row.from_value,
        goal=row.to_value,
        now=now.value if now else None,
        day=now.day if now else None,
    )


def _challenge(row: Any | None, values: dict[int, LatestValue]) -> dict[str, Any]:
    return {"challenge": row, "challenge_line": line(row, values)}


def _target(where: Place, rows: list[Any], values: dict[int, LatestValue]) -> dict[str, Any]:
    row = rows[0] if rows else None
    lines = tuple(filter(None, (line(each, values) for each in rows)))
    return {
        "target": row,
        "target_lines": lines,
        "target_lacks": tuple(kind for kind in ("outcome", "process") if all(each.kind != kind for each in lines)),
        "days_left": (row.achieve_by - where.today).days if row else None,
    }


def _actual(row: Any | None, targets: list[Any], values: dict[int, LatestValue]) -> dict[str, Any]:
    return {"condition": row, "actual_lines": tuple(filter(None, (line(each, values) for each in targets)))}


def _obstacles(where: Place, source: Sheets) -> dict[str, Any]:
    target_id = where.head.target_id if prompts.active(where.head) else None
    rows = source.obstacles(target_id) if target_id is not None else []
    return {
        "lot": Lot(
            target_id=target_id,
            focus=next((row for row in rows if row.status == "focus"), None),
            waiting=tuple(row for row in rows if row.status == "waiting"),
            ended=tuple(row for row in rows if row.status in {"removed", "set aside"}),
        )
    }


def _record(where: Place, source: Sheets, before: int | None) -> dict[str, Any]:
    rows = source.experiments(where.id, before=before)
    more = len(rows) > sheets.RECORD_SIZE
    rows = rows[: sheets.RECORD_SIZE]
    return {"entries": entries(rows, where.today, source), "older": rows[-1].number if more else None}


def entries(rows: list[Any], today: date, source: Sheets = sheets) -> tuple[Entry, ...]:
    """Experiments with their photos and amendments."""
    ids = [row.id for row in rows]
    photos, amendments = _by_experiment(source.photos(ids)), _by_experiment(source.amendments(ids))
    return tuple(
        Entry(
            row=row,
            stage=(written := stage(row.set_aside_reason, row.learned, row.happened, row.expectation)),
            late=written == "running" and row.check_on is not None and row.check_on < today,
            differs=_differs(row),
            photos=tuple(photos[row.id]),
            amendments=tuple(amendments[row.id]),
        )
        for row in rows
    )


def _by_experiment(rows: list[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.experiment_id].append(row)
    return grouped


def _differs(row: Any) -> bool | None:
    if not row.happened or row.happened_value is None or row.expected_value is None:
        return None
    return bool(row.happened_value != row.expected_value)


def next_practice_day(where: Place) -> date:
    """The team's next practice day: the default day to go and see."""
    return PracticeDays.from_mask(where.head.practice_days).next_practice_day(where.today)
