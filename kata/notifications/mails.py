"""A digest as a mail: its words, found when it is sent, with the headers that let a mail program end it."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.notifications import links
from kata.notifications.pages.digest import Digest, as_text
from kata.notifications.queries import readers
from kata.notifications.queries.happenings import Span
from kata.notifications.rounds import made_for
from kata.notifications.schedule import Wish
from kata.notifications.words import when
from kata.outbox import kinds
from kata.outbox.kinds import Kind, Letter
from kata.outbox.models import Mail
from kata.teams.queries import viewer_of
from kata.web.templates import rendered


def write(mail: Mail) -> Letter | None:
    """What its reader may be told at this moment of the time that the mail is about.

    ``None`` where they want none any more, their account is closed, or everything has gone out of their sight.
    """
    found = readers.reader(mail.person_id or 0)
    if found is None or found.rhythm == "off" or found.email != mail.address:
        return None
    span = Span(datetime.fromisoformat(mail.about["since"]), datetime.fromisoformat(mail.about["until"]))
    made = made_for(viewer_of(found), span, readers.told_before(mail))
    return letter(made, readers.wish_of(found)) if made.changed else None


def letter(made: Digest, wish: Wish) -> Letter:
    """The digest as a mail."""
    home = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    off = f"{home}/mail/off/{links.off_token(made.viewer.person_id)}"
    foot = {"when": when(wish), "settings": f"{home}/settings#mail", "off": off}
    html = rendered("notifications/mail.html", digest=made, home=home, **foot)
    return Letter(
        made.subject,
        as_text(made, home, _foot(**foot)),
        html,
        headers={"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        remember={"signals": made.memory},
    )


def _foot(when: str, settings: str, off: str) -> list[str]:
    return [
        when,
        str(_("Change it: %(address)s", address=settings)),
        str(_("One click ends these mails: %(address)s", address=off)),
    ]


kinds.add(Kind("digest", _l("What changed"), timedelta(days=3), write))
