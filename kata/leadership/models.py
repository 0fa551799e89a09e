"""What is kept ready for leaders. All of it follows from other tables, and can be made anew at any time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from kata.extensions import Model
from kata.leadership.figures import TOTALS


class TeamFigures(Model):
    """What a team contributes to the figures of its areas.

    ``way`` are the areas to which it was added: its own and those above it. ``steps`` holds ``figures.steps`` as
    ``{day: {total: amount}}``, ``learners`` who practised when, as ``[person, from, until]``, and ``seals`` the
    fingerprint of each outcome measure's chart whose changes are kept.
    """

    __tablename__ = "team_figures"

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    way: Mapped[list[int]] = mapped_column(JSON)
    practising_since: Mapped[date | None]
    steps: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON)
    learners: Mapped[list[Any]] = mapped_column(JSON)
    seals: Mapped[dict[str, str]] = mapped_column(JSON)


#: The totals of an area as they stood at the end of each day on which one of them changed: any day of any year is one
#: row, and what happened between two days is the difference of two.
area_figures = Table(
    "area_figures",
    Model.metadata,
    Column("area_id", ForeignKey("area.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in TOTALS),
)


class AreaPeople(Model):
    """From a day on, how many people practise in an area and whether its figures may be told of (``disclosure``)."""

    __tablename__ = "area_people"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    people: Mapped[int]
    told: Mapped[bool]


class LevelsTold(Model):
    """How many people of an area were at which level of a skill when a quarter ended, as far as it may be told.

    ``quarter`` is its first day. Rows never change: what was told once would tell of a few when it is told anew.
    """

    __tablename__ = "levels_told"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    quarter: Mapped[date] = mapped_column(primary_key=True)
    novice: Mapped[int]
    beginner: Mapped[int]
    competent: Mapped[int]
    proficient: Mapped[int]
    expert: Mapped[int]


class OutcomeChange(Model):
    """A change of an outcome measure that a rule of its chart names: the day on which it began, and what it says."""

    __tablename__ = "outcome_change"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    nature: Mapped[str] = mapped_column(String(8))

    __table_args__ = (
        CheckConstraint("nature in ('better', 'worse', 'neither')", name="nature"),
        Index("ix_outcome_change_day", "day"),
    )


class FiguresState(Model):
    """How far the figures follow what happened; one row.

    ``upto`` is the last event of the activity record that is in them, ``fresh_at`` when that was looked up last;
    ``tree`` and ``practice`` are fingerprints of the areas and of who practises where; ``levels_until`` is the first
    day of the last quarter of which levels were told.
    """

    __tablename__ = "figures_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    upto: Mapped[int]
    fresh_at: Mapped[datetime]
    tree: Mapped[str] = mapped_column(String(64), default="")
    practice: Mapped[str] = mapped_column(String(64), default="")
    levels_until: Mapped[date | None]

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
