"""What the sheets of a storyboard show, worked out before a template sees it.

Every sheet is one frozen view-model, built from ``sheets`` (now) or from ``past.AsOf`` (another day); the page is all
of them together, and a partial answer is one or two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from kata import clock
from kata.access.policy import Action, Scope, Viewer, allows
from kata.charts import Spark
from kata.storyboards import felt, prompts
from kata.storyboards.lot import in_use, lot
from kata.storyboards.models.experiments import stage
from kata.storyboards.photos import is_kept
from kata.storyboards.queries import sheets
from kata.storyboards.queries.heads import scope_of
from kata.teams.cadence import PracticeDays
from kata.web.htmx import Partial

#: The charts of measures by their ids.
Charts = dict[int, felt.Readings]
Tries = tuple[felt.Tried, ...]

SHEETS = ("head", "challenge", "target", "actual", "process", "obstacles", "felt", "record")


class Sheets(Protocol):
    """Where a board is read from: now, or as of a past day."""

    def head(self, board_id: int) -> Any: ...
    def challenge(self, board_id: int) -> Any | None: ...
    def condition(self, board_id: int) -> Any | None: ...
    def target(self, board_id: int) -> list[Any]: ...
    def obstacles(self, target_id: int) -> list[Any]: ...
    def experiments(
        self, board_id: int, *, before: int | None = None, only: int | None = None, most: int = ...
    ) -> list[Any]: ...
    def answers(self, board_id: int) -> list[Any]: ...
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
        return scope_of(self.head)

    @property
    def day_before(self) -> date:
        return self.today - timedelta(days=1)

    @property
    def day_after(self) -> date:
        return self.today + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure on a sheet: from → to, where it is now, and the line of its readings."""

    measure_id: int
    name: str
    unit: str
    kind: str | None
    start: float | None
    goal: float | None
    now: float | None
    day: date | None
    spark: Spark | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One experiment of the record. ``differs`` is ``None`` while nobody has looked or no number says.

    ``lost_photos`` are the ids of those photos whose file is no longer in the data folder.
    """

    row: Any
    stage: str
    late: bool
    differs: bool | None
    photos: tuple[Any, ...]
    lost_photos: frozenset[int]
    amendments: tuple[Any, ...]

    @property
    def difference(self) -> float | None:
        """How far what happened lies from what was expected, in the measure's unit."""
        if self.row.happened_value is None or self.row.expected_value is None:
            return None
        return float(round(self.row.happened_value - self.row.expected_value, 10))


def place(viewer: Viewer, board_id: int, source: Sheets = sheets, on: date | None = None) -> Place:
    """The board around its sheets; nothing can be written on a past day, an ended or an archived board."""
    return place_of(viewer, source.head(board_id), on)


def place_of(viewer: Viewer, head: Any, on: date | None = None) -> Place:
    """The board whose head is known already."""
    today = on or clock.today(head.time_zone)
    scope = scope_of(head)
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


def board(
    viewer: Viewer, head: Any, source: Sheets = sheets, on: date | None = None, *, brief: bool = False
) -> dict[str, Any]:
    """Everything on the board whose head this is, as the context of its page; ``brief`` leaves out what only somebody
    who sits before it looks at: photos, and what was amended.
    """
    board_id, where = int(head.id), place_of(viewer, head, on)
    challenge, target = source.challenge(board_id), source.target(board_id)
    readings = _readings([challenge] if challenge else [], target, on)
    rows = source.experiments(board_id, most=felt.MARKED)
    tried = felt.tried_of(where, rows)
    return {
        "place": where,
        **_challenge(challenge, readings),
        **_target(where, target, readings),
        **_actual(source.condition(board_id), target, readings, tried),
        **_obstacles(where, source),
        **_felt(where, challenge, target, readings, tried, source),
        **_record(where, None if brief else source, rows),
    }


def working_sheets(viewer: Viewer, head: Any) -> dict[str, Any]:
    """What a conversation at the board looks at: its sheets without photos, amendments and what customers feel."""
    board_id, where = int(head.id), place_of(viewer, head)
    challenge, target = sheets.challenge(board_id), sheets.target(board_id)
    readings = _readings([challenge] if challenge else [], target, None)
    rows = sheets.experiments(board_id, most=felt.MARKED)
    return {
        "place": where,
        **_challenge(challenge, readings),
        **_target(where, target, readings),
        **_actual(sheets.condition(board_id), target, readings, felt.tried_of(where, rows)),
        **_obstacles(where, sheets),
        **_record(where, None, rows),
    }


def sheet(where: Place, name: str, source: Sheets = sheets) -> dict[str, Any]:
    """The context of one sheet of a live board, read by itself."""
    board_id = where.id
    if name == "process":
        return {"condition": source.condition(board_id)}
    if name == "challenge":
        row = source.challenge(board_id)
        return _challenge(row, _readings([row] if row else [], [], None))
    if name == "target":
        rows = source.target(board_id)
        return _target(where, rows, _readings([], rows, None))
    if name == "actual":
        rows, tried = source.target(board_id), felt.tried_of(where, source.experiments(board_id, most=felt.MARKED))
        return _actual(source.condition(board_id), rows, _readings([], rows, None), tried)
    if name == "obstacles":
        return _obstacles(where, source)
    if name == "felt":
        row, rows = source.challenge(board_id), source.target(board_id)
        tried = felt.tried_of(where, source.experiments(board_id, most=felt.MARKED))
        return _felt(where, row, rows, _readings([row] if row else [], rows, None), tried, source)
    return _record(where, source, source.experiments(board_id)) if name == "record" else {}


def partials(viewer: Viewer, board_id: int, *names: str) -> tuple[Partial, ...]:
    """The named sheets as pieces for an answer to htmx; the board is not asked where none has changed."""
    if not names:
        return ()
    where = place(viewer, board_id)
    return tuple(Partial(name, f"storyboards/_{name}.html", {"place": where, **sheet(where, name)}) for name in names)


def parking_lot(viewer: Viewer, board_id: int, target_id: int) -> tuple[Partial, ...]:
    """The sheet of the parking lot for whoever has just written in it."""
    now = in_use(board_id, target_id)
    if now is None:
        return partials(viewer, board_id, "obstacles")
    return (Partial("obstacles", "storyboards/_obstacles.html", {"lot": now}),)


def older(where: Place, before: int) -> dict[str, Any]:
    """The page of the experiment record before number ``before``."""
    return _record(where, sheets, sheets.experiments(where.id, before=before))


def lines_to_carry_on(board_id: int) -> tuple[Line, ...]:
    """The measures that the next target condition starts from: those of the last one, or else the challenge's."""
    rows = [row for row in sheets.target(board_id) if row.measure_id is not None]
    rows = rows or [row for row in [sheets.challenge(board_id)] if row is not None and row.measure_id is not None]
    readings = _readings([], rows, None)
    return tuple(filter(None, (line(row, readings) for row in rows)))


def _readings(challenges: Iterable[Any], targets: Iterable[Any], on: date | None) -> Charts:
    """The charts of every measure that these rows name."""
    return felt.readings_of(
        sorted({row.measure_id for row in (*challenges, *targets) if row.measure_id is not None}), on
    )


def line(row: Any, readings: Charts) -> Line | None:
    """The measure of a challenge or of an aim with its latest value; ``None`` where it has none."""
    if row is None or row.measure_id is None:
        return None
    day, now = felt.latest(readings.get(row.measure_id))
    return Line(
        measure_id=row.measure_id,
        name=row.measure,
        unit=row.unit,
        kind=getattr(row, "kind", None),
        start=row.from_value,
        goal=row.to_value,
        now=now,
        day=day,
    )


def _challenge(row: Any | None, readings: Charts) -> dict[str, Any]:
    return {"challenge": row, "challenge_line": line(row, readings)}


def _target(where: Place, rows: list[Any], readings: Charts) -> dict[str, Any]:
    row = rows[0] if rows else None
    lines = tuple(filter(None, (line(each, readings) for each in rows)))
    return {
        "target": row,
        "target_lines": lines,
        "target_lacks": tuple(kind for kind in ("outcome", "process") if all(each.kind != kind for each in lines)),
        "days_left": (row.achieve_by - where.today).days if row else None,
    }


def _actual(row: Any | None, targets: list[Any], readings: Charts, tried: Tries) -> dict[str, Any]:
    lines = (line(each, readings) for each in targets)
    drawn = (replace(each, spark=felt.beside(readings, each, tried)) for each in lines if each is not None)
    return {"condition": row, "actual_lines": tuple(drawn)}


def _felt(
    where: Place, challenge: Any | None, targets: list[Any], readings: Charts, tried: Tries, source: Sheets
) -> dict[str, Any]:
    """The chart of the challenge's measure; while that has no readings, of the first outcome that is aimed at."""
    aims = [row for row in targets if row.kind == "outcome"]
    named = [row for row in (challenge, *aims) if row is not None and row.measure_id in readings]
    chosen = named[0] if named else None
    aim = next((row for row in targets if chosen is not None and row.measure_id == chosen.measure_id), None)
    return {"felt": felt.felt(where, chosen, readings, aim, tried, source.answers(where.id))}


def _obstacles(where: Place, source: Sheets) -> dict[str, Any]:
    head, running = where.head, prompts.active(where.head)
    over = not running and (head.ended_on is not None or head.archived_at is not None)
    target_id = head.target_id if running or over else None
    rows = source.obstacles(target_id) if target_id is not None else []
    busy = head.open_id is not None
    return {"lot": lot(where.id, target_id, rows, can_write=where.can_write, busy=busy, over=over, on=where.on)}


@dataclass(frozen=True, slots=True)
class Space:
    """How many obstacles that wait, and steps of the process, have room where nobody can scroll."""

    waiting: int
    steps: int


WALL, PAPER = Space(waiting=3, steps=7), Space(waiting=8, steps=16)


def to_look_at(context: dict[str, Any], space: Space) -> dict[str, Any]:
    """The board without anything to press, and of its lists what comes first; the sheets say how many more."""
    return {
        **context,
        "place": replace(context["place"], can_write=False),
        "lot": context["lot"].to_look_at(space.waiting),
        "to_look_at": space,
    }


def _record(where: Place, source: Sheets | None, rows: list[Any]) -> dict[str, Any]:
    more = len(rows) > sheets.RECORD_SIZE
    rows = rows[: sheets.RECORD_SIZE]
    return {"entries": entries(rows, where.today, source), "older": rows[-1].number if more else None}


def entries(rows: list[Any], today: date, source: Sheets | None = sheets) -> tuple[Entry, ...]:
    """Experiments with their photos and amendments; without both where there is no ``source`` for them."""
    ids = [row.id for row in rows]
    photos = _by_experiment(source.photos(ids) if source else [])
    amendments = _by_experiment(source.amendments(ids) if source else [])
    return tuple(
        Entry(
            row=row,
            stage=(written := stage(row.set_aside_reason, row.learned, row.happened, row.expectation)),
            late=written == "running" and row.check_on is not None and row.check_on < today,
            differs=_differs(row),
            photos=tuple(photos[row.id]),
            lost_photos=frozenset(photo.id for photo in photos[row.id] if not is_kept(photo.sha256)),
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
