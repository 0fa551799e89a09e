"""The activity record: one row for each thing that somebody did, with what stood afterwards.

Because every change leaves a full snapshot of what it changed, a storyboard of any past day is the newest snapshot
of each of its parts up to then; no second bookkeeping has to agree with this one.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from kata.extensions import Model
from kata.rules import Conflict


class Activity(Model):
    """One event. Rows are never deleted, and changed only where personal data is struck out for good."""

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verb: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    board_id: Mapped[int | None]
    team_id: Mapped[int | None]
    address: Mapped[str] = mapped_column(String(45), default="")
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    __table_args__ = (
        Index("ix_activity_board_subject", "board_id", "subject_type", "subject_id", "id"),
        Index("ix_activity_subject", "subject_type", "subject_id", "id"),
        Index("ix_activity_team", "team_id", "id"),
        Index("ix_activity_person", "person_id", "id"),
        # What administrators ask of the whole record: of a kind, from an address, between two days.
        Index("ix_activity_kind", "subject_type", "verb", "id"),
        Index("ix_activity_address", "address", "id"),
        Index("ix_activity_at", "at"),
    )


class Recorded:
    """What the record needs of a table: which columns tell its state, and where it belongs."""

    recorded_fields: ClassVar[tuple[str, ...]] = ()
    __tablename__: str
    id: Mapped[int]

    def snapshot(self) -> dict[str, Any]:
        """The recorded columns as plain JSON values; days, times and moments in ISO form."""
        return {name: plain(getattr(self, name)) for name in ("id", *self.recorded_fields)}

    @property
    def record_board_id(self) -> int | None:
        return getattr(self, "board_id", None)

    @property
    def record_team_id(self) -> int | None:
        return getattr(self, "team_id", None)


class Editable(Recorded):
    """A recorded table whose rows people edit: the version that they saw travels in the form and back."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands a declared_attr the class
        return {"version_id_col": cls.version}

    def expect_version(self, seen: int | None) -> None:
        """Raise ``Conflict`` when the person who edits saw another version than the one that stands."""
        if seen != self.version:
            raise Conflict(self.snapshot(), self.version)


class EditableInPart(Editable):
    """An editable table that says itself what makes another version: a write beside it interrupts nobody who edits."""

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands a declared_attr the class
        return {"version_id_col": cls.version, "version_id_generator": False}


def plain(value: Any) -> Any:
    """A recorded column as JSON can hold it."""
    return value.isoformat() if isinstance(value, date | time) else value
