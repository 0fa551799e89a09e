"""What the measures room asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from kata.measures.models import Measure, Reading
from kata.measures.words import BETTER, KIND, KIND_HINT, ORDER
from kata.rules import Conflict
from kata.web import forms as fields
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, line, number, words

LONGEST_PASTE = 200_000


def _one_reading_a_day() -> str:
    return str(_("That day has a reading already. Correct it if it is wrong."))


def _one_name() -> str:
    return str(_("Your team has a measure of this name already."))


# PostgreSQL names the constraint, SQLite the columns.
CONSTRAINTS["uq_measure_team_id_name"] = CONSTRAINTS["measure.team_id, measure.name"] = ("name", _one_name)
CONSTRAINTS["uq_reading_measure_id_day"] = CONSTRAINTS["reading.measure_id, reading.day"] = ("day", _one_reading_a_day)


def _pick(label: Any, options: dict[str, Any], missing: Any) -> RadioField:
    rules = [InputRequired(missing), AnyOf(list(options), message=missing)]
    return RadioField(label, choices=lambda: _said(options), validate_choice=False, validators=rules)


def _said(options: dict[str, Any]) -> dict[str, str]:
    """The choices in the reader's language."""
    return {value: str(words) for value, words in options.items()}


class MeasureFields(Form):
    """What describes a measure."""

    kind_hints = KIND_HINT

    name = line(_l("Name"), longest=120, required=_l("Give the measure a name."))
    unit = line(_l("Unit"), longest=40)
    kind = _pick(_l("Kind"), KIND, _l("Say whether it is an outcome or a process measure."))
    better = _pick(_l("Better direction"), BETTER, _l("Say which direction is better."))
    definition = words(_l("Operational definition"), longest=4000)
    source = line(_l("Source"), longest=300)

    def described(self) -> dict[str, str]:
        """The fields as ``actions.create`` and ``actions.rewrite`` take them."""
        return {name: self[name].data or "" for name in ("name", "unit", "kind", "better", "definition", "source")}


class MeasureForm(OnceMixin, MeasureFields):
    """A new measure."""


class MeasureEditForm(VersionMixin, MeasureFields):
    """A measure described better."""


class VersionForm(VersionMixin, Form):
    """A button about something that others may have changed meanwhile: there are no two texts to choose from."""

    def show_theirs(self, conflict: Conflict) -> bool:
        self.version.data, self.version.raw_data = conflict.version, None
        self.refuse("", _("Somebody else changed this meanwhile. Look at it again, then decide."))
        self.http_status = 409
        return True


class ReadingFields(Form):
    """One value of one day."""

    day = fields.day(_l("Day"), required=_l("Pick the day on which it was measured."))
    value = number(_l("Value"), required=_l("Type the value that was measured."))
    note = line(_l("Note"), longest=500)

    def given(self) -> dict[str, Any]:
        """The fields as ``actions.add_reading`` and ``actions.correct`` take them."""
        return {"day": self.day.data, "value": self.value.data, "note": self.note.data or ""}


class ReadingForm(OnceMixin, ReadingFields):
    """A new reading."""


class CorrectionForm(VersionMixin, ReadingFields):
    """A reading said right."""


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
        choices=lambda: _said(ORDER),
        validate_choice=False,
        validators=[Optional(), AnyOf(["day", "month"], message=_l("Say whether the day or the month comes first."))],
    )
    seen = StringField(validators=[Length(max=64)])

    @property
    def day_first(self) -> bool | None:
        """The answer to the question, where it was given."""
        return {"day": True, "month": False}.get(self.order.data or "")


def correction(reading: Reading, *, sent: bool = False) -> CorrectionForm:
    """The form with the reading as it stands, or as it was sent; a whole number without a decimal point."""
    value = int(reading.value) if reading.value.is_integer() else reading.value
    now = {"day": reading.day, "value": value, "note": reading.note, "version": reading.version}
    return CorrectionForm(data=now, draft=f"reading-{reading.id}", **_source(sent))


def strike(reading: Reading, *, sent: bool = False) -> StrikeForm:
    """The form that strikes the reading out."""
    now = {"version": reading.version}
    return StrikeForm(data=now, draft=f"reading-{reading.id}-strike", **_source(sent))


def new_reading(measure_id: int, today: date | None = None) -> ReadingForm:
    """A blank reading of ``today``; without that, what was sent."""
    return ReadingForm(data={"day": today}, draft=f"measure-{measure_id}-reading", **_source(today is None))


def description(measure: Measure, *, sent: bool = False) -> MeasureEditForm:
    """The form with the measure as it stands, or as it was sent."""
    return MeasureEditForm(obj=measure, draft=f"measure-{measure.id}", **_source(sent))


def _source(sent: bool) -> dict[str, None]:
    """A form reads the request by itself; one that was not sent must not, since a page holds several."""
    return {} if sent else {"formdata": None}
