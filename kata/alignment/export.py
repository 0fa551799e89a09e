"""The list of barriers as a file."""

from __future__ import annotations

from operator import attrgetter

from flask_babel import lazy_gettext as _l

from kata.web.csv import Columns

BARRIERS: Columns = (
    (_l("Barrier"), attrgetter("row.text")),
    (_l("Kind"), attrgetter("kind")),
    (_l("What it costs the customer"), attrgetter("row.cost")),
    (_l("Team"), attrgetter("row.team")),
    (_l("Waits in"), attrgetter("row.area")),
    (_l("Led by"), attrgetter("row.leaders")),
    (_l("Raised"), attrgetter("row.raised_at")),
    (_l("Days"), attrgetter("days")),
    (_l("Where it stands"), attrgetter("standing")),
    (_l("Promised for"), attrgetter("row.promised_for")),
)
