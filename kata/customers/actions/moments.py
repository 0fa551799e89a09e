"""Naming customers and their moments of truth, ordering the journey, and saying which measures tell of a moment."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from kata import clock
from kata.activity.actions import record
from kata.customers.models import LONGEST_NAME, Customer, MomentMeasure, MomentOfTruth
from kata.customers.queries import moments as queries
from kata.extensions import db
from kata.measures.models import Measure
from kata.rules import DomainError
from kata.teams.models import Team

# Customers ------------------------------------------------------------------------------------------------------------


def create_customer(team: Team, *, name: str, about: str = "", inside: bool = False, by: int) -> Customer:
    """A new customer of the team; refuses a name that the team has already."""
    _expect_free_customer(team.id, name)
    customer = Customer(team_id=team.id, team=team, name=name, about=about, inside=inside)
    db.session.add(customer)
    record("named", customer, by=by)
    return customer


def rewrite_customer(customer: Customer, seen: int | None, *, name: str, about: str, inside: bool, by: int) -> None:
    """Describe the customer better; what they were called before stays in the record."""
    customer.expect_version(seen)
    _expect_free_customer(customer.team_id, name, but=customer.id)
    customer.name, customer.about, customer.inside = name, about, inside
    record("rewrote", customer, by=by)


def _expect_free_customer(team_id: int, name: str, *, but: int | None = None) -> None:
    taken = queries.find_customer(team_id, name)
    if taken and taken.id != but:
        raise DomainError("name", _("Your team has a customer called “%(name)s” already.", name=taken.name))


# Moments of truth -----------------------------------------------------------------------------------------------------


def name_moment(team_id: int, name: str, by: int) -> MomentOfTruth:
    """The team's moment of truth of this name, in any case; a new one where nobody has named it before.

    Two people who name the same one at once get the same one. An archived one is in use again.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise DomainError("moment", _("Name the moment of truth as the customer would: “I can’t get in”."))
    if len(wanted) > LONGEST_NAME:
        raise DomainError("moment", _("Name the moment of truth in at most %(n)s characters.", n=LONGEST_NAME))
    there = queries.find(team_id, wanted)
    if there is not None and there.archived_at is not None:
        there.archived_at = None
        record("restored", there, by=by)
    return there or _named(team_id, wanted, by)


def _named(team_id: int, name: str, by: int) -> MomentOfTruth:
    moment = MomentOfTruth(team_id=team_id, name=name, place=_last_place(team_id, None))
    try:
        with db.session.begin_nested():
            db.session.add(moment)
    except IntegrityError:
        there = queries.find(team_id, name)
        if there is None:
            raise
        return there
    record("named", moment, by=by)
    return moment


def create_moment(team: Team, *, name: str, about: str = "", customer_id: int | None = None, by: int) -> MomentOfTruth:
    """A new moment, last in the journey of its customer; refuses a name that the team has already."""
    _expect_free_moment(team.id, name)
    expect_own_customer(team.id, customer_id)
    place = _last_place(team.id, customer_id)
    moment = MomentOfTruth(team_id=team.id, team=team, name=name, about=about, customer_id=customer_id, place=place)
    db.session.add(moment)
    record("named", moment, by=by)
    return moment


def rewrite_moment(
    moment: MomentOfTruth, seen: int | None, *, name: str, about: str, customer_id: int | None, by: int
) -> None:
    """Describe the moment better; given to another customer, it comes last in that journey."""
    moment.expect_version(seen)
    _expect_free_moment(moment.team_id, name, but=moment.id)
    if customer_id != moment.customer_id:
        expect_own_customer(moment.team_id, customer_id)
        moment.customer_id, moment.place = customer_id, _last_place(moment.team_id, customer_id)
    moment.name, moment.about = name, about
    record("rewrote", moment, by=by)


def move(moment: MomentOfTruth, to: int, *, by: int) -> int:
    """Move the moment to a zero-based place in the journey of its customer; answers the place it had.

    Its place has no part in the version, so that nobody who words a moment meanwhile is told of a conflict.
    """
    in_use = moment.customer_id if queries.is_in_use(moment.customer_id) else None
    journey = queries.journey(moment.team_id, in_use)
    if moment not in journey:
        raise DomainError("", _("An archived moment has no place in the journey. Use it again first."))
    before = journey.index(moment)
    journey.insert(max(0, min(to, len(journey) - 1)), journey.pop(before))
    for place, each in enumerate(journey):
        if each.place != place:
            each.place = place
            record("moved" if each is moment else "made room", each, by=by)
    return before


def _last_place(team_id: int, customer_id: int | None) -> int:
    return max((each.place for each in queries.journey(team_id, customer_id)), default=-1) + 1


def _expect_free_moment(team_id: int, name: str, *, but: int | None = None) -> None:
    taken = queries.find(team_id, name)
    if taken and taken.id != but:
        raise DomainError("name", _("Your team has a moment of truth called “%(name)s” already.", name=taken.name))


def expect_own_customer(team_id: int, customer_id: int | None) -> None:
    """Raise at the field ``customer_id`` when it is none of the team's customers in use."""
    if customer_id is None:
        return
    customer = db.session.get(Customer, customer_id)
    if customer is None or customer.team_id != team_id or customer.archived_at is not None:
        raise DomainError("customer_id", _("Choose one of the team’s own customers."))


# Measures of a moment -------------------------------------------------------------------------------------------------


def link_measure(moment: MomentOfTruth, measure_id: int, *, by: int) -> None:
    """Let one of the team's own measures tell how the moment goes; one that does already keeps doing so."""
    measure = db.session.get(Measure, measure_id)
    if measure is None or measure.team_id != moment.team_id or measure.archived_at is not None:
        raise DomainError("measure_id", _("Choose one of the team’s own measures."))
    link = queries.link(moment.id, measure_id)
    if link is None:
        link = MomentMeasure(moment_id=moment.id, measure_id=measure_id)
        db.session.add(link)
    elif link.removed_at is None:
        return
    link.removed_at = None
    record("linked a measure", link, by=by)


def unlink_measure(moment: MomentOfTruth, measure_id: int, *, by: int) -> None:
    """The measure tells of this moment no more; the measure itself stays as it is."""
    link = queries.link(moment.id, measure_id)
    if link is not None and link.removed_at is None:
        link.removed_at = clock.now()
        record("took a measure off", link, by=by)
