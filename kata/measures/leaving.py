"""Where measures may name somebody who is anonymised; what is measured is open to everyone signed in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import true

from kata.identity.traces import show
from kata.measures.models import Measure, Phase, Reading

show(Measure, _l("Measure"), "/measures/{id}", readable=lambda _viewer: true())
show(Reading, _l("Reading"), "/measures/{near}", near="measure_id", readable=lambda _viewer: true())
show(Phase, _l("Phase"), "/measures/{near}", near="measure_id", readable=lambda _viewer: true())
