"""What is asked about readings: a value or two counts, of which day, and why it is so."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, Length, Optional

from kata.measures.forms.parts import VersionForm, said, source
from kata.measures.models import Measure, Reading
from kata.measures.words import ORDER
from kata.web import forms as fields
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, line, number, words

LONGEST_PASTE = 200_000


def _one_reading_a_day() -> str:
    return str(_("That day has a reading already. Correct it if it is wrong."))


CONSTRAINTS["uq_reading_measure_id_day"] = CONSTRAINTS["reading.measure_id, reading.day"] = ("day", _one_reading_a_day)


class ReadingFields(Form):
    """One value of one day: a plain number, or the two counts that a share or a rate is made of."""

    day = fields.day(_l("Day"), required=_l("Pick the day on which it was measured."))
    value = number(_l("Value"), required=_l("Type the value that was measured."))
    numerator = number(_l("How many"), required=_l("Type how many were counted."))
    denominator = number(_l("Of how many"), required=_l("Type of how many."))
    note = line(_l("Note"), longest=500)

    def __init__(self, *args: Any, counted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value",) if counted else ("numerator", "denominator"):
            del self[name]
        self.counted = counted

    def given(self) -> dict[str, Any]:
        """The fields as ``actions.add_reading`` and ``actions.correct`` take them."""
        numbers = ("numerator", "denominator") if self.counted else ("value",)
        return {"day": self.day.data, "note": self.note.data or "", **{name: self[name].data for name in numbers}}


class ReadingForm(OnceMixin, ReadingFields):
    """A new reading."""


class CorrectionForm(VersionMixin, ReadingFields):
    """A reading said right."""


class NoteForm(VersionMixin, Form):
    """The why behind a number."""

    note = line(_l("Note"), longest=500)


class StrikeForm(VersionForm):
    """Why a reading does not count."""

    reason = line(_l("Why it does not count"), longest=300, required=_l("Say why this reading does not count."))


class PasteForm(Form):
    """Rows of a spreadsheet. ``seen`` comes with the button that saves: the fingerprint of the preview above it."""

    text = words(
        _l("Rows of your spreadsheet"),
        longest=LONGEST_PASTE,
        required=_l("Paste some rows, a day and a value in each."),
    )
    order = RadioField(
        _l("Which comes first in these dates?"),
        choices=lambda: said(ORDER),
        validate_choice=False,
        validators=[Optional(), AnyOf(["day", "month"], message=_l("Say whether the day or the month comes first."))],
    )
    seen = StringField(validators=[Length(max=64)])

    @property
    def day_first(self) -> bool | None:
        """The answer to the question, where it was given."""
        return {"day": True, "month": False}.get(self.order.data or "")


def correction(reading: Reading, *, sent: bool = False) -> CorrectionForm:
    """The form with the reading as it stands, or as it was sent. A value without counts is corrected as a value."""
    now = {
        "day": reading.day,
        "value": reading.value,
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "note": reading.note,
        "version": reading.version,
    }
    counted = reading.counts is not None
    return CorrectionForm(data=now, counted=counted, draft=f"reading-{reading.id}", **source(sent))


def note(reading: Reading, *, sent: bool = False) -> NoteForm:
    """The note as it stands, or as it was sent."""
    now = {"note": reading.note, "version": reading.version}
    return NoteForm(data=now, draft=f"reading-{reading.id}-note", **source(sent))


def strike(reading: Reading, *, sent: bool = False) -> StrikeForm:
    """The form that strikes the reading out."""
    now = {"version": reading.version}
    return StrikeForm(data=now, draft=f"reading-{reading.id}-strike", **source(sent))


def new_reading(measure: Measure, today: date | None = None) -> ReadingForm:
    """A blank reading of ``today``; without that, what was sent."""
    return ReadingForm(
        data={"day": today},
        counted=measure.per is not None,
        draft=f"measure-{measure.id}-reading",
        **source(today is None),
    )
