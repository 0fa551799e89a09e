"""Where moments of truth may name somebody who is anonymised. What was heard is its team's: the rest is counted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import true

from kata.customers.models import MomentOfTruth
from kata.identity.traces import show

show(MomentOfTruth, _l("Moment of truth"), "/moments/{id}", readable=lambda _viewer: true())
