"""Making and describing measures, and saying how their charts are read."""

from __future__ import annotations

from typing import TypedDict, Unpack

from flask_babel import gettext as _

from kata.activity.actions import record
from kata.extensions import db
from kata.measures import pictures, queries
from kata.measures.models import Measure
from kata.rules import DomainError
from kata.teams.models import Team
from kata.web.text import day_year, number

#: The length of a shift that each preset's authors use.
SHIFT_OF = {"mdc": 7, "wheeler": 8, "run": 7}


class Described(TypedDict, total=False):
    """What can be said of a measure; what is left out stays as it is, or as the model has it."""

    name: str
    unit: str
    better: str
    kind: str
    definition: str
    source: str
    per: float | None
    low: float | None
    high: float | None
    target: float | None
    cadence: str
    owner_id: int | None


def create(team_id: int, *, by: int, **described: Unpack[Described]) -> Measure:
    """A new measure of the team: name, better direction and kind at least. Refuses a name that the team has already."""
    _expect_free(team_id, described["name"])
    _expect_owner(team_id, described.get("owner_id"))
    measure = Measure(team_id=team_id, team=db.session.get_one(Team, team_id), **described)
    measure.expect_sense()
    db.session.add(measure)
    record("created", measure, by=by)
    return measure


def rewrite(measure: Measure, seen: int | None, *, by: int, **described: Unpack[Described]) -> None:
    """Describe the measure better; what was said before stays in the record."""
    measure.expect_version(seen)
    _expect_free(measure.team_id, described.get("name", measure.name), but=measure.id)
    if described.get("owner_id") != measure.owner_id:
        _expect_owner(measure.team_id, described.get("owner_id"))
    _expect_same_scale(measure, described.get("per", measure.per))
    for name, value in described.items():
        setattr(measure, name, value)
    measure.expect_sense()
    _expect_readings_within(measure)
    record("rewrote", measure, by=by)
    pictures.refresh(measure)


def configure(
    measure: Measure,
    seen: int | None,
    *,
    preset: str,
    shift: int,
    trend: int,
    screened: bool,
    baseline: int | None,
    by: int,
) -> None:
    """Say how the chart is read. Another preset brings its own length of a shift, unless one was chosen by hand."""
    measure.expect_version(seen)
    if baseline is not None and baseline < 12:
        raise DomainError("baseline", _("Lock at least 12 points: fewer make no limits to judge by."))
    if preset != measure.preset and shift == SHIFT_OF[measure.preset]:
        shift = SHIFT_OF[preset]
    measure.preset, measure.shift, measure.trend = preset, shift, trend
    measure.screened, measure.baseline = screened, baseline
    record("set the chart of", measure, by=by)
    pictures.refresh(measure)


def archive(measure: Measure, seen: int | None, *, by: int) -> None:
    """Take the measure out of use; nothing of it is lost."""
    measure.expect_version(seen)
    measure.archive()
    record("archived", measure, by=by)


def restore(measure: Measure, seen: int | None, *, by: int) -> None:
    """Bring an archived measure back into use."""
    measure.expect_version(seen)
    measure.restore()
    record("restored", measure, by=by)


def _expect_free(team_id: int, name: str, *, but: int | None = None) -> None:
    taken = queries.named(team_id, name)
    if taken and taken[0] != but:
        raise DomainError("name", _("Your team has a measure called “%(name)s” already.", name=taken[1]))


def _expect_owner(team_id: int, owner_id: int | None) -> None:
    """The owner is somebody of the team: who answers for a number must be near it."""
    if owner_id is not None and owner_id not in dict(queries.owners(team_id)):
        raise DomainError("owner_id", _("Pick somebody who belongs to the team."))


def _expect_same_scale(measure: Measure, per: float | None) -> None:
    if per != measure.per and measure.per is not None and queries.has_counts(measure.id):
        text = _("It has readings that were counted this way. For another way of counting, make a new measure.")
        raise DomainError("per", text)


def _expect_readings_within(measure: Measure) -> None:
    beyond = queries.beyond(measure.id, measure.low, measure.high)
    if beyond:
        day, value = beyond
        field = "low" if measure.low is not None and value < measure.low else "high"
        told = {"day": day_year(day), "value": number(value)}
        raise DomainError(field, _("The reading of %(day)s is %(value)s: correct it first, or allow it here.", **told))
