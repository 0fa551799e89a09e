"""Uploaded files on their way to readings, and the recipes that turn next week's file into readings by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable
from kata.extensions import Model
from kata.teams.models import Team

STATES = ("arrived", "reading", "asked", "saving", "done", "refused")


class ImportRecipe(Editable, Model):
    """How files of one shape become readings of one measure; kept so that the next file is one upload.

    ``body`` is the plain form of the recipe (columns, formats, what to count); ``shape`` the header that it fits.
    """

    __tablename__ = "import_recipe"
    recorded_fields: ClassVar = ("team_id", "measure_id", "name", "body", "shape", "archived_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    shape: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        UniqueConstraint("measure_id", "name"),
        Index("ix_import_recipe_shape", "team_id", "shape"),
    )

    @property
    def scope(self) -> Scope:
        return self.team.scope


class Upload(Model):
    """One file on its way: it lies in the data folder under its checksum until it is saved, refused or forgotten.

    ``state`` goes *arrived* → *reading* → *asked* (a person looks and chooses) → *saving* → *done*, or *refused* with
    the reason in ``outcome``. ``alive_at`` is renewed by whoever works on it, so that a job whose process died is
    taken up by the next one that asks.
    """

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    recipe_id: Mapped[int | None] = mapped_column(ForeignKey("import_recipe.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="arrived")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    alive_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (CheckConstraint(f"state in ({', '.join(repr(each) for each in STATES)})", name="state"),)

    @property
    def scope(self) -> Scope:
        return self.team.scope
