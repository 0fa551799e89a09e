"""The outbox as a file."""

from __future__ import annotations

from operator import attrgetter

from flask_babel import lazy_gettext as _l

from kata.outbox import kinds
from kata.outbox.words import STATES
from kata.web.csv import Columns

MAILS: Columns = (
    (_l("To"), attrgetter("address")),
    (_l("Kind"), lambda row: kinds.label(row.kind)),
    (_l("Written"), attrgetter("written_at")),
    (_l("State"), lambda row: str(STATES[row.state])),
    (_l("Ended"), attrgetter("ended_at")),
    (_l("Tries"), attrgetter("tries")),
    (_l("Reason"), attrgetter("reason")),
)
