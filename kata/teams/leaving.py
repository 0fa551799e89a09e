"""What the room does when somebody is anonymised: every role ends, and no invitation keeps an address of theirs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select, true

from kata.activity.actions import strike_fields
from kata.extensions import db
from kata.identity.anonymity import Leaving, at_leaving
from kata.identity.traces import show
from kata.teams import actions
from kata.teams.models import Area, AreaLeader, Invitation, Membership, Team


def leave(leaving: Leaving) -> None:
    """End roles as the administrator would, and withdraw what still waits for one of their addresses."""
    theirs = select(Membership).where(Membership.person_id == leaving.person_id, Membership.ended_at.is_(None))
    for membership in db.session.scalars(theirs.with_for_update()):
        actions.end_membership(membership, by=leaving.by)
    led = select(AreaLeader).where(AreaLeader.person_id == leaving.person_id, AreaLeader.ended_at.is_(None))
    for office in db.session.scalars(led.with_for_update()):
        actions.end_leadership(office, by=leaving.by)
    _forget_invitations(leaving)


def _forget_invitations(leaving: Leaving) -> None:
    named = or_(Invitation.email.in_(leaving.addresses), Invitation.used_by_id == leaving.person_id)
    invitations = db.session.scalars(select(Invitation).where(named).with_for_update()).all()
    for invitation in invitations:
        invitation.email = None
        if invitation.used_at is None:
            actions.withdraw(invitation, by=leaving.by)
    db.session.flush()
    strike_fields("invitation", [invitation.id for invitation in invitations], {"email": None})


at_leaving(leave)
show(Team, _l("Team"), "/teams", readable=lambda _viewer: true())
show(Area, _l("Area"), "/admin/areas/{id}", readable=lambda _viewer: true())
