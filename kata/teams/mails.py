"""An invitation as a mail, to the address that it names; what stands in its link is worked out when it is sent."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.identity.queries import person
from kata.outbox import kinds
from kata.outbox.kinds import Kind, Letter
from kata.outbox.letters import letter
from kata.outbox.models import Mail
from kata.teams import actions, queries
from kata.web.language import reading


def invitation(mail: Mail) -> Letter | None:
    """Who invites to which team, and the link; nothing where it was taken back, taken up or ran out meanwhile."""
    about = mail.about
    token = actions.invitation_token(about["by"], about["team"], about["once"])
    found, inviter = queries.usable_invitation(token), person(about["by"])
    if found is None or inviter is None:
        return None
    with reading(inviter.language):
        told = {"name": inviter.name, "team": found.team.name}
        return letter(
            str(_("An invitation to %(team)s", **told)),
            [
                str(_("%(name)s invites you to practise with %(team)s, one experiment at a time.", **told)),
                str(_("The link is for you alone and works once, within two weeks.")),
            ],
            f"/join/{token}",
            str(_("Join the team")),
        )


kinds.add(Kind("invitation", _l("Invitation"), actions.INVITATION_LIFETIME - timedelta(days=1), invitation))
