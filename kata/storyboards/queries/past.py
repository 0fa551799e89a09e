"""A storyboard as it stood at the end of a past day, put together from the activity record.

Answers the same questions in the same shapes as ``sheets``, so that pages and templates cannot tell the difference.
Names of people and measures are today's: they are who and what they are, whatever they were called then.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Date, select

from kata.activity.models import Activity
from kata.activity.queries import board_as_of
from kata.customers.models import MomentOfTruth
from kata.extensions import Model, UtcDateTime, db
from kata.identity.models import Person
from kata.measures.models import Measure
from kata.storyboards.models import Challenge, Photo
from kata.storyboards.queries import sheets
from kata.teams.cadence import day_end_utc
from kata.teams.models import Area


class AsOf:
    """The sheets of one board at the end of ``day`` in the team's time zone."""

    def __init__(self, board_id: int, day: date, zone: str) -> None:
        self.moment = day_end_utc(day, zone)
        self._parts: dict[str, list[SimpleNamespace]] = defaultdict(list)
        for kind, _subject, snapshot in board_as_of(board_id, self.moment):
            self._parts[kind].append(_typed(kind, snapshot))
        self._people = self._names(Person, {"learner_id", "coach_id", "second_coach_id", "by_id"})
        self._measures = self._rows(Measure, {"measure_id"})

    @property
    def began(self) -> bool:
        """Whether the board existed at all by then."""
        return bool(self._parts["storyboard"])

    def head(self, board_id: int) -> Any:
        now = sheets.head(board_id)._asdict()
        was = vars(self._parts["storyboard"][-1])
        challenge = self._open_challenge()
        target = self._newest("target_condition")
        focus = next((each for each in self._parts["obstacle"] if each.status == "focus"), None)
        running = next((each for each in self._parts["experiment"] if each.ended_at is None), None)
        described = [each.created_at for each in self._parts["current_condition"]]
        return SimpleNamespace(
            **{
                **now,
                **was,
                "learner": self._people.get(was["learner_id"], ""),
                "coach": self._people.get(was["coach_id"]),
                "second_coach": self._people.get(was["second_coach_id"]),
                "described_at": max(described, default=None),
                "achieve_by": getattr(target, "achieve_by", None),
                "focus": getattr(focus, "text", None),
                "focus_id": getattr(focus, "id", None),
                **{f"challenge_{name}": getattr(challenge, name, None) for name in ("id", "measure_id", "moment_id")},
                **{f"target_{name}": getattr(target, name, None) for name in ("id", "number", "status", "ended_at")},
                **{f"open_{name}": getattr(running, name, None) for name in OPEN_FIELDS},
            }
        )

    def challenge(self, board_id: int) -> Any | None:
        was = self._open_challenge()
        if was is None:
            return None
        measure = self._measures.get(was.measure_id)
        moment = db.session.get(MomentOfTruth, was.moment_id) if was.moment_id else None
        served = db.session.execute(
            select(Challenge.statement, Area.name, Area.slug)
            .join(Area, Area.id == Challenge.area_id)
            .where(Challenge.id == was.serves_id)
        ).one_or_none()
        return SimpleNamespace(
            **vars(was),
            **_measure_fields(measure),
            version=None,
            moment=moment.name if moment else None,
            serves=served[0] if served else None,
            serves_area=served[1] if served else None,
            serves_slug=served[2] if served else None,
        )

    def condition(self, board_id: int) -> Any | None:
        was = self._newest("current_condition")
        if was is None:
            return None
        return SimpleNamespace(**vars(was), by=self._people.get(was.by_id))

    def target(self, board_id: int) -> list[Any]:
        was = self._newest("target_condition")
        if was is None:
            return []
        base = {**vars(was), "version": None}
        aims = [a for a in self._parts["target_measure"] if a.target_id == was.id and a.removed_at is None]
        rows = [
            SimpleNamespace(
                **base,
                measure_id=aim.measure_id,
                from_value=aim.from_value,
                to_value=aim.to_value,
                kind=self._measures[aim.measure_id].kind,
                **_measure_fields(self._measures[aim.measure_id]),
            )
            for aim in aims
        ]
        none = {"measure_id": None, "from_value": None, "to_value": None, "kind": None}
        return sorted(rows, key=lambda row: row.kind) or [SimpleNamespace(**base, **none, **_measure_fields(None))]

    def obstacles(self, target_id: int) -> list[Any]:
        tried: dict[int, int] = defaultdict(int)
        for each in self._parts["experiment"]:
            tried[each.obstacle_id] += 1
        rows = [
            SimpleNamespace(**vars(each), version=None, tried=tried[each.id])
            for each in self._parts["obstacle"]
            if each.target_id == target_id
        ]
        return sorted(rows, key=lambda row: (row.ended_at is not None, row.position, row.id))

    def experiments(
        self, board_id: int, *, before: int | None = None, only: int | None = None, most: int = sheets.RECORD_SIZE + 1
    ) -> list[Any]:
        obstacles = {each.id: each.text for each in self._parts["obstacle"]}
        numbers = {each.id: each.number for each in self._parts["target_condition"]}
        chosen = sorted(
            (e for e in self._parts["experiment"] if before is None or e.number < before),
            key=lambda each: -each.number,
        )
        return [
            SimpleNamespace(
                **vars(each),
                board_id=board_id,
                version=None,
                obstacle=obstacles.get(each.obstacle_id, ""),
                target_number=numbers.get(each.target_id),
                **{
                    k: v
                    for k, v in _measure_fields(self._measures.get(each.measure_id)).items()
                    if k in EXPERIMENT_MEASURE
                },
            )
            for each in chosen[:most]
        ]

    def photos(self, experiment_ids: list[int]) -> list[Any]:
        return [p for p in self._parts["photo"] if p.experiment_id in experiment_ids and p.removed_at is None]

    def amendments(self, experiment_ids: list[int]) -> list[Any]:
        return [
            SimpleNamespace(**vars(each), by=self._people.get(each.by_id, ""))
            for each in self._parts["amendment"]
            if each.experiment_id in experiment_ids
        ]

    def answers(self, board_id: int) -> list[Any]:
        experiments = {each.id: each for each in self._parts["experiment"]}
        rows = [
            SimpleNamespace(
                **vars(each),
                version=None,
                by=self._people.get(each.by_id),
                **{
                    name: getattr(experiments.get(each.experiment_id), name, None)
                    for name in ("number", "step", "expectation")
                },
            )
            for each in self._parts["signal_answer"]
        ]
        return sorted(rows, key=lambda row: (row.day, row.id), reverse=True)

    def _open_challenge(self) -> Any | None:
        return next((each for each in self._parts["challenge"] if each.ended_at is None), None)

    def _newest(self, kind: str) -> Any | None:
        return max(self._parts[kind], key=lambda each: each.number, default=None)

    def _names(self, model: type[Person], fields: set[str]) -> dict[int, str]:
        return {key: row.name for key, row in self._rows(model, fields).items()}

    def _rows(self, model: Any, fields: set[str]) -> dict[int, Any]:
        wanted = {getattr(part, name, None) for parts in self._parts.values() for part in parts for name in fields}
        rows = db.session.scalars(select(model).where(model.id.in_(wanted - {None})))
        return {row.id: row for row in rows}


def photo_stood(photo: Photo, day: date, zone: str) -> bool:
    """Whether the photo was on its board at the end of ``day`` in the team's time zone."""
    query = (
        select(Activity.snapshot)
        .where(
            Activity.subject_type == photo.__tablename__,
            Activity.subject_id == photo.id,
            Activity.at < day_end_utc(day, zone),
        )
        .order_by(Activity.id.desc())
        .limit(1)
    )
    snapshot = db.session.scalar(query)
    return snapshot is not None and snapshot["removed_at"] is None


EXPERIMENT_MEASURE = ("measure", "unit")
OPEN_FIELDS = ("id", "number", "kind", "step", "expectation", "happened", "check_on")


def _measure_fields(measure: Any | None) -> dict[str, Any]:
    if measure is None:
        return dict.fromkeys(("measure", "unit", "better", "low", "high"))
    told = {name: getattr(measure, name) for name in ("unit", "better", "low", "high")}
    return {"measure": measure.name, **told}


def _typed(kind: str, snapshot: dict[str, Any]) -> SimpleNamespace:
    """A snapshot with its days and moments as such again, by the types of the table's columns."""
    columns = Model.metadata.tables[kind].columns
    values = {name: _parsed(columns[name].type, value) for name, value in snapshot.items() if name in columns}
    return SimpleNamespace(**values)


def _parsed(column_type: Any, value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if isinstance(column_type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column_type, Date) else value
