"""The organisation: areas form a tree, teams hang on it, people belong to teams and lead areas."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from kata import clock
from kata.access.policy import Scope
from kata.activity.models import Editable, Recorded
from kata.extensions import Model
from kata.folding import folded, folded_column
from kata.rules import DomainError
from kata.teams import countries, languages

ROLES = ("member", "coach")


class Area(Editable, Model):
    """A part of the organisation. A leader leads an area and all below it."""

    __tablename__ = "area"
    recorded_fields: ClassVar = ("name", "slug", "parent_id", "closed_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    closed_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("parent_id is null or parent_id <> id", name="not_own_parent"),)

    @property
    def scope(self) -> Scope:
        return Scope(area_id=self.id)


class AreaLeader(Recorded, Model):
    """Somebody leads an area, from a day until (perhaps) another."""

    __tablename__ = "area_leader"
    recorded_fields: ClassVar = ("area_id", "person_id", "started_at", "ended_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_area_leader_current",
            "area_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index("ix_area_leader_person", "person_id"),
    )

    @property
    def scope(self) -> Scope:
        return Scope(area_id=self.area_id)


class Team(Editable, Model):
    """People who practise together. Days and due dates are counted in its time zone and on its practice days."""

    __tablename__ = "team"
    recorded_fields: ClassVar = (
        "name",
        "slug",
        "area_id",
        "time_zone",
        "country",
        "region",
        "language",
        "practice_days",
        "closed_at",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    name_folded: Mapped[str] = folded_column("name")
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/London")
    country: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(2), default=languages.DEFAULT, server_default="en", index=True)
    practice_days: Mapped[int] = mapped_column(default=0b0011111)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]

    area: Mapped[Area] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("practice_days between 1 and 127", name="practice_days"),
        Index("ix_team_name", "name_folded", "id"),
    )

    @validates("name")
    def _fold(self, _key: str, name: str) -> str:
        self.name_folded = folded(name)
        return name

    @property
    def record_team_id(self) -> int:
        return self.id

    @property
    def scope(self) -> Scope:
        return Scope(team_id=self.id, area_id=self.area_id)

    def work_in(self, country: str, region: str) -> None:
        """Say in which country, and where it has regions with holidays of their own in which, the team works."""
        if not countries.fits(country, region):
            raise DomainError("region", _("Pick one of the regions of this country."))
        self.country, self.region = country, region


class Membership(Recorded, Model):
    """Somebody belongs to a team as a member or as a coach; both at once is two rows."""

    __tablename__ = "membership"
    recorded_fields: ClassVar = ("team_id", "person_id", "role", "started_at", "ended_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (
        CheckConstraint("role in ('member', 'coach')", name="role"),
        Index(
            "uq_membership_current",
            "team_id",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index("ix_membership_person", "person_id"),
        Index("ix_membership_team", "team_id"),
    )

    @property
    def scope(self) -> Scope:
        return self.team.scope


class Invitation(Recorded, Model):
    """A link that lets one person join a team, once, until it expires. Only its hash is kept."""

    __tablename__ = "invitation"
    recorded_fields: ClassVar = ("team_id", "role", "email", "expires_at", "used_at", "used_by_id", "withdrawn_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    role: Mapped[str] = mapped_column(String(10), default="member")
    email: Mapped[str | None] = mapped_column(String(254))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(lazy="raise_on_sql")

    __table_args__ = (CheckConstraint("role in ('member', 'coach')", name="role"),)

    @property
    def scope(self) -> Scope:
        return self.team.scope
