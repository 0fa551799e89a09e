"""The events of the record, which is in the order of time while the story is told team by team.

They wait in a file for each month, so that years of thousands of teams need no more memory than one month does.
"""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from kata.activity.models import Activity, plain
from kata.extensions import db
from kata.synth.rows import Row, put

TOGETHER = 2_000


class Event(NamedTuple):
    """One event as its table keeps it; ``snapshot`` is JSON already."""

    at: datetime
    person_id: int | None
    verb: str
    subject_type: str
    subject_id: int
    board_id: int | None
    team_id: int | None
    address: str
    snapshot: str


class Record:
    """Events that wait in ``folder`` until all have been told."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, list[Event]] = defaultdict(list)
        self.count = 0

    def note(
        self, at: datetime, by: int | None, verb: str, model: Any, row: Row, *, board: int | None = None, **more: Any
    ) -> None:
        """That ``by`` did ``verb`` to a row, with the row's recorded columns as they stand now."""
        told = {name: plain(row[name]) for name in ("id", *model.recorded_fields)} | more
        place = (row.get("board_id", board), row.get("team_id"))
        self._keep(Event(at, by, verb, model.__tablename__, row["id"], *place, "", json.dumps(told)))

    def _keep(self, event: Event) -> None:
        month = self._waiting[f"{event.at:%Y-%m}"]
        month.append(event)
        self.count += 1
        if len(month) == TOGETHER:
            self._put_aside(f"{event.at:%Y-%m}")

    def _put_aside(self, month: str) -> None:
        with (self._folder / month).open("ab") as file:
            pickle.dump(self._waiting.pop(month), file, pickle.HIGHEST_PROTOCOL)

    def months(self) -> Iterator[list[Event]]:
        """All of them, month by month, each in the order of time."""
        for month in list(self._waiting):
            self._put_aside(month)
        for path in sorted(self._folder.iterdir()):
            yield sorted(_read(path), key=lambda event: event.at)


def write(events: list[Event]) -> None:
    """Write events in their order, in the caller's transaction."""
    put(db.session.connection(), Activity.__table__, Event._fields, events, as_they_are=("snapshot",))


def _read(path: Path) -> Iterator[Event]:
    """Only files that this process has written itself a moment ago, in a folder of its own."""
    with path.open("rb") as file:
        while file.peek(1):
            yield from pickle.load(file)  # noqa: S301 - see above
