"""Reading customers and moments of truth, which are open to everyone signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from kata.access.policy import Viewer
from kata.customers.models import Customer, MomentMeasure, MomentOfTruth
from kata.customers.queries.voices import heard_by
from kata.extensions import db
from kata.measures.models import Measure
from kata.teams.models import Team

LIST_SIZE = 24


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
    query = (
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
            MomentMeasure.moment_id.in_(moment_ids), MomentMeasure.removed_at.is_(None), Measure.archived_at.is_(None)
        )
        .order_by(Measure.kind, func.lower(Measure.name), Measure.id)
    )
    for row in db.session.execute(query) if moment_ids else ():
        found[row.moment_id].append(row)
    return found


def link(moment_id: int, measure_id: int) -> MomentMeasure | None:
    """What links a measure to a moment, taken back or not."""
    query = select(MomentMeasure).where(MomentMeasure.moment_id == moment_id, MomentMeasure.measure_id == measure_id)
    return db.session.scalars(query).one_or_none()


# Across the organisation ----------------------------------------------------------------------------------------------


def listed(viewer: Viewer, *, teams: Collection[int] | None = None, after: int | None = None) -> list[Any]:
    """A page of moments in use: the viewer's teams first, then by team, customer and place in the journey.

    ``teams`` narrows it to theirs; ``after`` is the id of the last moment of the page before. One row more than
    ``LIST_SIZE`` says that there is another page.
    """
    order = _order(viewer)
    query = (
        select(
            MomentOfTruth.id,
            MomentOfTruth.name,
            MomentOfTruth.about,
            MomentOfTruth.team_id,
            Customer.name.label("customer"),
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            heard_by(viewer, Team.id).label("told"),
        )
        .join(Team, Team.id == MomentOfTruth.team_id)
        .outerjoin(Customer, Customer.id == MomentOfTruth.customer_id)
        .where(MomentOfTruth.archived_at.is_(None), Team.closed_at.is_(None))
        .order_by(*order)
        .limit(LIST_SIZE + 1)
    )
    if teams is not None:
        query = query.where(MomentOfTruth.team_id.in_(teams))
    if after is not None:
        place = _place(order, after)
        query = query.where(tuple_(*order) > tuple_(*place)) if place else query
    return list(db.session.execute(query))


def _order(viewer: Viewer) -> tuple[Any, ...]:
    mine = case((MomentOfTruth.team_id.in_(sorted(viewer.teams)), 0), else_=1)
    with_customer = func.coalesce(MomentOfTruth.customer_id, 2**31 - 1)
    return mine, func.lower(Team.name), Team.id, with_customer, MomentOfTruth.place, MomentOfTruth.id


def _place(order: tuple[Any, ...], moment_id: int) -> Sequence[Any] | None:
    """Where a moment stands in that order; nowhere once it is gone."""
    query = select(*order).join(Team, Team.id == MomentOfTruth.team_id).where(MomentOfTruth.id == moment_id)
    return db.session.execute(query).one_or_none()


def find_anywhere(text: str, limit: int) -> list[Found]:
    """Moments and customers in use whose name holds ``text``, for the command box."""
    named = MomentOfTruth.name.icontains(text, autoescape=True)
    rows = db.session.execute(
        select(MomentOfTruth.id, MomentOfTruth.name, Team.name.label("team"))
        .join(Team, Team.id == MomentOfTruth.team_id)
        .where(named, MomentOfTruth.archived_at.is_(None))
        .order_by(func.length(MomentOfTruth.name), MomentOfTruth.id)
        .limit(limit)
    )
    moments = [Found(row.name, f"/moments/{row.id}", row.team) for row in rows]
    rows = db.session.execute(
        select(Customer.id, Customer.name, Team.name.label("team"), Team.slug)
        .join(Team, Team.id == Customer.team_id)
        .where(Customer.name.icontains(text, autoescape=True), Customer.archived_at.is_(None))
        .order_by(func.length(Customer.name), Customer.id)
        .limit(limit)
    )
    customers = [Found(row.name, f"/teams/{row.slug}/customers#customer-{row.id}", row.team) for row in rows]
    return (moments + customers)[:limit]
