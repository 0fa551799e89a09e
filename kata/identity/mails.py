"""The mails of the door: a link for who forgot their password, and the two of another address.

No secret lies in the outbox: what stands in a link follows from the mail and the installation's own secret, and the
words are made when the mail is sent. Nothing here tells somebody who asks whether an address has an account; whoever
owns the address reads it in their mail.
"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.identity import actions, queries
from kata.outbox import kinds
from kata.outbox.kinds import Kind, Letter
from kata.outbox.letters import letter
from kata.outbox.models import Mail
from kata.web.language import LOCALES, reading


def make_link(mail: Mail) -> None:
    """Let the link that the mail will hold work from now on, where there is an account to sign in to."""
    person = queries.person_by_email(mail.address)
    if person is not None:
        actions.mailed_link(person, actions.link_token(mail.key))


def forgotten(mail: Mail) -> Letter | None:
    """The link, for whom it was asked; nothing where nobody has the address."""
    person = queries.person_by_email(mail.address)
    if person is None:
        return None
    with reading(person.language):
        return letter(
            str(_("Your sign-in link")),
            [
                str(_("Somebody asked for a link to sign in as you. It works once, within two hours.")),
                str(_("Once you are in, you can set a new password. If you did not ask, do nothing: nothing changed.")),
            ],
            f"/link/{actions.link_token(mail.key)}",
            str(_("Sign in")),
        )


def new_address(mail: Mail) -> Letter | None:
    """To the address that somebody wants to sign in with: the link that proves it; its owner's, where it has one."""
    change = queries.address_change(actions.address_token(mail.about["nonce"]))
    person = queries.person(mail.person_id) if mail.person_id else None
    if change is None or person is None:
        return None
    owner = queries.owner_of(mail.address)
    taken = owner is not None and owner != person.id
    with reading(LOCALES[0] if taken else person.language):
        if taken:
            said = _(
                "Somebody wanted to sign in with this address, which is that of your account. Nothing was changed."
            )
            return letter(str(_("Nothing was changed")), [str(said)])
        return letter(
            str(_("Is this your new address?")),
            [
                str(_("You want to sign in with this address from now on. Open the link where you are signed in.")),
                str(_("It works once, within a day. If you did not ask, do nothing: nothing changes.")),
            ],
            f"/settings/email/{actions.address_token(mail.about['nonce'])}",
            str(_("Use this address")),
        )


def old_address(mail: Mail) -> Letter | None:
    """To the address that somebody signs in with still: what was asked for, in case it was not they."""
    person = queries.person(mail.person_id) if mail.person_id else None
    if person is None:
        return None
    with reading(person.language):
        return letter(
            str(_("Another address was asked for")),
            [
                str(_("Somebody who is signed in as you wants to sign in with %(email)s.", email=mail.about["to"])),
                str(_("It changes when they prove that it is theirs. If it was not you, set another password now.")),
            ],
            "/settings#password-change",
            str(_("Settings")),
        )


kinds.add(Kind("forgotten", _l("Sign-in link"), timedelta(hours=1), forgotten, before=make_link))
kinds.add(Kind("new address", _l("New address"), timedelta(hours=12), new_address))
kinds.add(Kind("old address", _l("Notice of a new address"), timedelta(days=3), old_address))
