"""What is asked when a phase starts."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.measures.forms.parts import source
from kata.web import forms as fields
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, line


def _one_phase_a_day() -> str:
    return str(_("A phase starts on that day already."))


CONSTRAINTS["uq_phase_day"] = CONSTRAINTS["phase.measure_id, phase.starts_on"] = ("starts_on", _one_phase_a_day)


class PhaseForm(OnceMixin, Form):
    """Since when the process runs differently, and what was changed."""

    starts_on = fields.day(_l("Since"), required=_l("Pick the day from which on the process runs differently."))
    reason = line(
        _l("What was changed"),
        longest=300,
        required=_l("Say what was changed: limits are never drawn anew without a reason."),
    )

    def started(self) -> dict[str, Any]:
        """The fields as ``actions.start_phase`` takes them."""
        return {"starts_on": self.starts_on.data, "reason": self.reason.data}


def new_phase(measure_id: int, day: date | None = None, *, sent: bool = False) -> PhaseForm:
    """A phase from ``day`` on, or the one that was sent."""
    return PhaseForm(data={"starts_on": day}, draft=f"measure-{measure_id}-phase", **source(sent))
