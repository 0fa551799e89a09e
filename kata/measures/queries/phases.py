"""Reading phases: one by its address, those that cut a series, and all that were ever started."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from kata.access.policy import Viewer
from kata.extensions import db, fetch
from kata.identity.models import Person
from kata.measures.models import Measure, Phase
from kata.measures.queries.measures import lock_measure, visible
from kata.measures.series import Cut
from kata.teams.models import Team


class PhaseRow(NamedTuple):
    """A line of the list of phases: since when, why, by whom and when it was started, and whether it was taken back."""

    id: int
    starts_on: date
    reason: str
    created_at: datetime
    removed_at: datetime | None
    version: int
    by_name: str | None


def phase(viewer: Viewer, *, lock: bool, phase_id: int) -> Phase | None:
    """The phase with its measure and team; the loader of the addresses below ``/phases/<id>``."""
    if lock:
        lock_measure(select(Phase.measure_id).where(Phase.id == phase_id))
    query = (
        visible(viewer)
        .with_only_columns(Phase, maintain_column_froms=True)
        .join(Phase, Phase.measure_id == Measure.id)
        .join(Team, Team.id == Measure.team_id)
        .where(Phase.id == phase_id)
        .options(contains_eager(Phase.measure).contains_eager(Measure.team))
    )
    return db.session.scalars(query).one_or_none()


def cuts(measure_id: int) -> list[Cut]:
    """Where the limits of a measure begin anew, oldest first."""
    query = select(Phase.starts_on, Phase.reason).where(Phase.measure_id == measure_id, Phase.removed_at.is_(None))
    return [Cut(*row) for row in fetch(query.order_by(Phase.starts_on))]


def phases(measure_id: int) -> list[PhaseRow]:
    """Every phase of a measure, those taken back too, the newest first."""
    return [PhaseRow(*row) for row in fetch(_PHASES, {"measure_id": measure_id})]


_PHASES = (
    select(Phase.id, Phase.starts_on, Phase.reason, Phase.created_at, Phase.removed_at, Phase.version, Person.name)
    .join(Person, Person.id == Phase.by_id, isouter=True)
    .where(Phase.measure_id == bindparam("measure_id"))
    .order_by(Phase.starts_on.desc(), Phase.id.desc())
)
