"""Reading customers and moments of truth, which are open to everyone signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, bindparam, case, exists, func, or_, select, true, tuple_, union_all
from sqlalchemy.orm import joinedload

from kata import trigrams
from kata.access.policy import Viewer
from kata.customers.models import Customer, MomentMeasure, MomentOfTruth
from kata.customers.queries.voices import MY_TEAMS, ears, heard
from kata.extensions import db, fetch
from kata.folding import pattern
from kata.measures.models import Measure
from kata.teams.models import Team

LIST_SIZE = 12


class Found(NamedTuple):
    """A customer or a moment in the command box: what it is called, where it is, whose it is."""

    label: str
    href: str
    detail: str


def visible(viewer: Viewer) -> Select[MomentOfTruth]:
    """The moments of truth that the viewer may see, which is all of them; what was heard there is another matter."""
    return select(MomentOfTruth)


def moment(viewer: Viewer, *, lock: bool, moment_id: int) -> MomentOfTruth | None:
    """The moment with its team; the loader of the addresses below ``/moments/<id>``."""
    query = visible(viewer).where(MomentOfTruth.id == moment_id)
    query = query.options(joinedload(MomentOfTruth.team, innerjoin=True))
    return db.session.scalars(query.with_for_update(of=MomentOfTruth) if lock else query).one_or_none()


def customer(viewer: Viewer, *, lock: bool, customer_id: int) -> Customer | None:
    """The customer with its team; the loader of the addresses below ``/customers/<id>``."""
    query = select(Customer).where(Customer.id == customer_id).options(joinedload(Customer.team, innerjoin=True))
    return db.session.scalars(query.with_for_update(of=Customer) if lock else query).one_or_none()


# A team's -------------------------------------------------------------------------------------------------------------


def customers(team_id: int) -> list[Any]:
    """The team's customers in the order in which they came, archived ones last."""
    query = (
        select(Customer.id, Customer.name, Customer.about, Customer.inside, Customer.archived_at, Customer.version)
        .where(Customer.team_id == team_id)
        .order_by(Customer.archived_at.is_not(None), Customer.id)
    )
    return list(db.session.execute(query))


def moments(team_id: int) -> list[Any]:
    """The team's moments in the order of their journeys, archived ones last."""
    query = (
        select(
            MomentOfTruth.id,
            MomentOfTruth.name,
            MomentOfTruth.about,
            MomentOfTruth.customer_id,
            MomentOfTruth.archived_at,
        )
        .where(MomentOfTruth.team_id == team_id)
        .order_by(MomentOfTruth.archived_at.is_not(None), MomentOfTruth.place, MomentOfTruth.id)
    )
    return list(db.session.execute(query))


def moment_names(team_id: int) -> list[str]:
    """The names of the team's moments of truth in alphabetical order, as suggestions for a field."""
    query = select(MomentOfTruth.name).where(MomentOfTruth.team_id == team_id, MomentOfTruth.archived_at.is_(None))
    return sorted(db.session.scalars(query), key=str.casefold)


def offered_moments(team_id: int, now: int | None = None) -> list[Any]:
    """The team's moments in use and the one chosen ``now``, with the customer of each: id, name, customer."""
    query = (
        select(MomentOfTruth.id, MomentOfTruth.name, Customer.name.label("customer"))
        .outerjoin(Customer, Customer.id == MomentOfTruth.customer_id)
        .where(MomentOfTruth.team_id == team_id, or_(MomentOfTruth.archived_at.is_(None), MomentOfTruth.id == now))
        .order_by(Customer.id.is_(None), Customer.id, MomentOfTruth.place, MomentOfTruth.id)
    )
    return list(db.session.execute(query))


def find(team_id: int, name: str) -> MomentOfTruth | None:
    """The team's moment of truth of this name, in any case.

    Compared here, since SQLite folds the case of plain Latin letters only; a team has few moments of truth.
    """
    wanted = name.strip().casefold()
    rows = db.session.scalars(select(MomentOfTruth).where(MomentOfTruth.team_id == team_id))
    return next((moment for moment in rows if moment.name.casefold() == wanted), None)


def find_customer(team_id: int, name: str) -> Customer | None:
    """The team's customer of this name, in any case, archived ones too."""
    wanted = name.strip().casefold()
    rows = db.session.scalars(select(Customer).where(Customer.team_id == team_id))
    return next((customer for customer in rows if customer.name.casefold() == wanted), None)


def journey(team_id: int, customer_id: int | None) -> list[MomentOfTruth]:
    """The moments in use of one customer in their order, locked; of nobody in use without a customer."""
    query = select(MomentOfTruth).where(MomentOfTruth.team_id == team_id, MomentOfTruth.archived_at.is_(None))
    if customer_id is None:
        gone = select(Customer.id).where(Customer.team_id == team_id, Customer.archived_at.is_not(None))
        query = query.where(or_(MomentOfTruth.customer_id.is_(None), MomentOfTruth.customer_id.in_(gone)))
    else:
        query = query.where(MomentOfTruth.customer_id == customer_id)
    return list(db.session.scalars(query.order_by(MomentOfTruth.place, MomentOfTruth.id).with_for_update()))


def is_in_use(customer_id: int | None) -> bool:
    """Whether there is such a customer, and they are not archived."""
    query = select(Customer.id).where(Customer.id == customer_id, Customer.archived_at.is_(None))
    return customer_id is not None and db.session.scalar(query) is not None


# Measures of moments --------------------------------------------------------------------------------------------------


def measures_of(moment_ids: Collection[int]) -> dict[int, list[Any]]:
    """The measures in use that tell of each moment, outcome measures first, in one statement."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in fetch(_MEASURES, {"moments": sorted(moment_ids)}) if moment_ids else ():
        found[row.moment_id].append(row)
    return found


_MEASURES: Any = (
    select(
        MomentMeasure.moment_id,
        Measure.id,
        Measure.name,
        Measure.unit,
        Measure.kind,
        Measure.low,
        Measure.high,
    )
    .join(Measure, Measure.id == MomentMeasure.measure_id)
    .where(
        MomentMeasure.moment_id.in_(bindparam("moments", expanding=True)),
        MomentMeasure.removed_at.is_(None),
        Measure.archived_at.is_(None),
    )
    .order_by(Measure.kind, func.lower(Measure.name), Measure.id)
)


def link(moment_id: int, measure_id: int) -> MomentMeasure | None:
    """What links a measure to a moment, taken back or not."""
    query = select(MomentMeasure).where(MomentMeasure.moment_id == moment_id, MomentMeasure.measure_id == measure_id)
    return db.session.scalars(query).one_or_none()


# Across the organisation ----------------------------------------------------------------------------------------------


TEAM, AREAS = bindparam("team", type_=Integer), bindparam("areas", type_=Integer, expanding=True)
#: Where the page before ended, in the order of the list; before everything where there was none.
PLACE = ("mine", "name", "team_id", "customer", "place", "id")
BEGINNING: tuple[Any, ...] = (-1, "", 0, 0, -1, 0)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Whose moments are asked for: those of one team, of the teams in some areas, or (neither) everybody's."""

    team_id: int | None = None
    areas: frozenset[int] | None = None


def listed(viewer: Viewer, wanted: Narrowed, *, after: int | None = None) -> list[Any]:
    """A page of moments in use: the viewer's teams first, then by team, customer and place in the journey.

    ``after`` is the id of the last moment of the page before. One row more than ``LIST_SIZE`` says that there is
    another page.
    """
    mine = {"me": viewer.person_id, "my_teams": sorted(viewer.teams)}
    place = fetch(_place(), {**mine, "after": after}).one_or_none() if after is not None else None
    values = mine | dict(zip(PLACE, place or BEGINNING, strict=True)) | ears(viewer)
    if wanted.team_id is not None:
        values["team"] = wanted.team_id
    elif wanted.areas is not None:
        values["areas"] = sorted(wanted.areas)
    of = "team" if wanted.team_id is not None else "areas" if wanted.areas is not None else ""
    # Of the other teams only as many are looked at as fill a page, from the one on at which the page before ended.
    values["from_name"], values["from_id"] = (values["name"], values["team_id"]) if values["mine"] == 1 else ("", 0)
    return list(fetch(_listed(viewer.is_administrator, of), values))


@cache
def _listed(is_administrator: bool, of: str) -> Any:
    order, narrowed = _order(), {"team": Team.id == TEAM, "areas": Team.area_id.in_(AREAS)}.get(of, true())
    used = exists().where(MomentOfTruth.team_id == Team.id, MomentOfTruth.archived_at.is_(None))
    others = (
        select(Team.id)
        .where(Team.closed_at.is_(None), used, narrowed)
        .where(tuple_(Team.name_folded, Team.id) >= tuple_(bindparam("from_name", type_=String), _number("from_id")))
        .order_by(Team.name_folded, Team.id)
        .limit(LIST_SIZE + 2)
    )
    before = (bindparam(name, type_=String) if name == "name" else _number(name) for name in PLACE)
    return (
        select(
            MomentOfTruth.id,
            MomentOfTruth.name,
            MomentOfTruth.about,
            MomentOfTruth.team_id,
            Customer.name.label("customer"),
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            heard(is_administrator, Team.id).label("told"),
        )
        .join(Team, Team.id == MomentOfTruth.team_id)
        .outerjoin(Customer, Customer.id == MomentOfTruth.customer_id)
        .where(MomentOfTruth.archived_at.is_(None), Team.closed_at.is_(None), narrowed)
        .where(MomentOfTruth.team_id.in_(select(union_all(_own(), others.subquery().select()).subquery().c.id)))
        .where(tuple_(*order) > tuple_(*before))
        .order_by(*order)
        .limit(LIST_SIZE + 1)
    )


def _own() -> Any:
    return select(Team.id).where(Team.id.in_(MY_TEAMS))


def _number(name: str) -> Any:
    return bindparam(name, type_=Integer)


def _order() -> tuple[Any, ...]:
    mine = case((MomentOfTruth.team_id.in_(MY_TEAMS), 0), else_=1)
    with_customer = func.coalesce(MomentOfTruth.customer_id, 2**31 - 1)
    return mine, Team.name_folded, Team.id, with_customer, MomentOfTruth.place, MomentOfTruth.id


@cache
def _place() -> Any:
    """Where a moment stands in that order; nowhere once it is gone."""
    query = select(*(each.label(name) for each, name in zip(_order(), PLACE, strict=True)))
    return query.join(Team, Team.id == MomentOfTruth.team_id).where(MomentOfTruth.id == _number("after"))


def find_anywhere(text: str, limit: int) -> list[Found]:
    """Moments and customers in use whose name holds ``text``, for the command box."""
    values = {"name": pattern(text), "most": limit, **trigrams.letters(text)}
    moments = [
        Found(row.name, f"/moments/{row.id}", row.team)
        for row in fetch(_named(MomentOfTruth, trigrams.way(text)), values)
    ]
    customers = [
        Found(row.name, f"/teams/{row.slug}/customers#customer-{row.id}", row.team)
        for row in (fetch(_named(Customer, trigrams.way(text)), values) if len(moments) < limit else ())
    ]
    return (moments + customers)[:limit]


@cache
def _named(of: Any, by: str) -> Any:
    query = (
        select(of.id, of.name, Team.name.label("team"), Team.slug)
        .join(Team, Team.id == of.team_id)
        .where(of.name.ilike(bindparam("name", type_=String), escape="\\"), of.archived_at.is_(None))
    )
    return trigrams.found(query, of, (func.length(of.name), of.id), by)
