"""What somebody is asked who wants to be told what changed."""

from __future__ import annotations

from typing import Any

from babel.dates import get_day_names
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from kata.identity.forms import chosen
from kata.notifications.words import RHYTHMS
from kata.web.forms import Form, WholeField, offer
from kata.web.language import reader


def _weekdays() -> list[SelectChoice]:
    names = get_day_names("wide", locale=reader().locale)
    return offer((day, names[day].capitalize()) for day in range(7))


def _hours() -> list[SelectChoice]:
    return offer((hour, f"{hour:02}:00") for hour in range(24))


_PICK: Any = {"invalid_choice_message": _l("Pick one of the three.")}


class DigestForm(Form):
    """How often, on which day and at what hour; the version of what was chosen before, if anything was."""

    version = WholeField(widget=HiddenInput(), validators=[Optional()])
    rhythm: Any = RadioField(_l("How often"), choices=lambda: offer(RHYTHMS.items()), **_PICK)
    weekday = chosen(_l("Day of the week"), _l("Pick one of the days in the list."), _weekdays, coerce=int)
    hour = chosen(_l("Hour"), _l("Pick one of the hours in the list."), _hours, coerce=int)
