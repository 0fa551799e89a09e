"""When digests come, in words."""

from __future__ import annotations

from babel.dates import get_day_names
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.notifications.schedule import Wish
from kata.teams.words import zone_in_words
from kata.web.language import reader

RHYTHMS = {
    "weekly": _l("Once a week"),
    "daily": _l("On each practice day"),
    "off": _l("Never"),
}


def when(wish: Wish) -> str:
    """You get this on Mondays at 07:00, when something changed."""
    told = {"time": f"{wish.hour:02}:00", "zone": zone_in_words(wish.zone)}
    if wish.rhythm == "off":
        return str(_("You get no mails about what changed."))
    if wish.rhythm == "daily":
        return str(_("It comes on practice days at %(time)s (%(zone)s), when something changed.", **told))
    day = get_day_names("wide", locale=reader().locale)[wish.weekday]
    return str(_("It comes every %(day)s at %(time)s (%(zone)s), when something changed.", day=day, **told))
