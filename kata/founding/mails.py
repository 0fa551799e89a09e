"""The first mail that somebody gets: that they have an account, and the way in. Its words are made when it is sent."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.founding.actions import link_token
from kata.identity import queries
from kata.identity.links import LIFETIME
from kata.outbox import kinds
from kata.outbox.kinds import Kind, Letter
from kata.outbox.letters import letter
from kata.outbox.models import Mail
from kata.teams.queries import teams_of_person
from kata.web.language import reading


def welcome(mail: Mail) -> Letter | None:
    """Who made the account, where they belong, and the link; nothing where that was used or replaced meanwhile."""
    token = link_token(mail.about["by"], mail.person_id or 0, mail.about["once"])
    person = queries.person(mail.person_id) if mail.person_id else None
    maker = queries.person(mail.about["by"])
    if person is None or maker is None or queries.usable_link(token) is None:
        return None
    with reading(maker.language):
        teams = [team.name for team in teams_of_person(person.id)]
        told = {"name": maker.name, "team": teams[0]} if teams else {"name": maker.name}
        invites = (
            _("%(name)s invites you to practise with %(team)s, one experiment at a time.", **told)
            if teams
            else _("%(name)s made an account for you, so that you can see what your teams learn.", **told)
        )
        said = _("The link is for you alone and works once, within a week. You choose a password when you open it.")
        return letter(str(_("Your way in")), [str(invites), str(said)], f"/link/{token}", str(_("Begin")))


kinds.add(Kind("welcome", _l("First sign-in link"), LIFETIME - timedelta(days=1), welcome))
