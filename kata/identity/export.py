"""What leaves of the accounts as a file: the list that administrators see."""

from __future__ import annotations

from operator import attrgetter

from flask_babel import lazy_gettext as _l

from kata.web.csv import Columns

PEOPLE: Columns = (
    (_l("Name"), attrgetter("name")),
    (_l("E-mail"), attrgetter("email")),
    (_l("Administrator"), attrgetter("is_administrator")),
    (_l("Closed"), attrgetter("disabled_at")),
)
