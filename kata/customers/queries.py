"""Reading moments of truth."""

from __future__ import annotations

from sqlalchemy import select

from kata.customers.models import MomentOfTruth
from kata.extensions import db


def moment_names(team_id: int) -> list[str]:
    """The names of the team's moments of truth in alphabetical order, as suggestions for a field."""
    found = db.session.scalars(select(MomentOfTruth.name).where(MomentOfTruth.team_id == team_id))
    return sorted(found, key=str.casefold)


def find(team_id: int, name: str) -> MomentOfTruth | None:
    """The team's moment of truth of this name, in any case.

    Compared here, since SQLite folds the case of plain Latin letters only; a team has few moments of truth.
    """
    wanted = name.strip().casefold()
    rows = db.session.scalars(select(MomentOfTruth).where(MomentOfTruth.team_id == team_id))
    return next((moment for moment in rows if moment.name.casefold() == wanted), None)
