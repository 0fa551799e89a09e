"""What the rhythm of a board asks for."""

from __future__ import annotations

from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from kata.identity.forms import chosen
from kata.teams.forms import PracticeDaysField
from kata.web.forms import Form, OnceMixin, WholeField, day

LENGTHS = (10, 15, 20, 25, 30, 45, 60)


class ClockField(TimeField):
    """A time of day as clocks on the wall show it; where a browser offers no clock, it is typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([value.strip().replace(".", ":") for value in valuelist])
        except ValueError:
            raise ValueError(_("That is not a time of day. Write it as 09:15.")) from None

    def told(self, value: object) -> str:
        """09:15, also from a record."""
        return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")[:5]


class RhythmForm(OnceMixin, Form):
    """On which weekdays, at what time and from when on; the version of what there was, if there was one."""

    version = WholeField(widget=HiddenInput(), validators=[Optional()])
    days: Any = PracticeDaysField(_l("Days"))
    at: Any = ClockField(
        _l("Time"), format=["%H:%M", "%H:%M:%S"], validators=[InputRequired(_l("Say at what time of day."))]
    )
    minutes = chosen(_l("How long"), _l("Pick one of the lengths in the list."), lambda: _lengths(), coerce=int)
    starts_on = day(_l("From"), required=_l("Say from which day on."))


def _lengths() -> list[SelectChoice]:
    return [SelectChoice(value=n, label=_("%(n)s minutes", n=n)) for n in LENGTHS]
