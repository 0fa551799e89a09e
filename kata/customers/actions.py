"""Naming moments of truth."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from kata.activity.actions import record
from kata.customers import queries
from kata.customers.models import LONGEST_NAME, MomentOfTruth
from kata.extensions import db
from kata.rules import DomainError


def name_moment(team_id: int, name: str, by: int) -> MomentOfTruth:
    """The team's moment of truth of this name, in any case; a new one where nobody has named it before.

    Two people who name the same one at once get the same one.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise DomainError("moment", _("Name the moment of truth as the customer would: “I can’t get in”."))
    if len(wanted) > LONGEST_NAME:
        raise DomainError("moment", _("Name the moment of truth in at most %(n)s characters.", n=LONGEST_NAME))
    there = queries.find(team_id, wanted)
    return there or _named(team_id, wanted, by)


def _named(team_id: int, name: str, by: int) -> MomentOfTruth:
    moment = MomentOfTruth(team_id=team_id, name=name)
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
