"""What leaves of this room as a file: what a team heard."""

from __future__ import annotations

from operator import attrgetter

from flask_babel import lazy_gettext as _l

from kata.customers.words import SAYS, SOURCE
from kata.web.csv import Columns

VOICES: Columns = (
    (_l("Heard on"), attrgetter("heard_on")),
    (_l("How it reached us"), lambda row: SOURCE[row.source]),
    (_l("What it tells"), lambda row: SAYS[row.says]),
    (_l("What they said"), attrgetter("words")),
    (_l("Why, as we understand it"), attrgetter("why")),
    (_l("Moment of truth"), attrgetter("moment")),
    (_l("Customer"), attrgetter("customer")),
    (_l("Struck out"), lambda row: row.struck_reason or None),
)
