"""Several readings at once, a row each, as in a spreadsheet. An empty row, or a day without a value, is a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import Length

from kata.measures.actions import Given
from kata.measures.forms.parts import source
from kata.measures.models import Measure, Reading
from kata.rules import DomainError
from kata.web.forms import Form, blank_row, day, line, number, spare_rows

MOST_ROWS = 200
SPARE_ROWS = 3


class _Row(PlainForm):
    """A plain number of a day."""

    numbers = ("value",)

    day = day(_l("Day"))
    value = number(_l("Value"))
    note = line(_l("Note"), longest=500)


class _CountedRow(PlainForm):
    """The two counts of a day."""

    numbers = ("numerator", "denominator")

    day = day(_l("Day"))
    numerator = number(_l("How many"))
    denominator = number(_l("Of how many"))
    note = line(_l("Note"), longest=500)


class GridForm(Form):
    """``seen`` tells which version of each day's reading the person has before them."""

    readings: Any
    seen = HiddenField(default="", validators=[Length(max=40 * MOST_ROWS)])

    def __init__(self, measure: Measure, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._measure, self._today = measure, today
        self.given: list[Given] = []

    @property
    def blank(self) -> Any:
        """An empty row with ``__i__`` for its number: what a script makes further rows from."""
        return blank_row(self.readings)

    def versions(self) -> dict[date, int]:
        """Which version of each day's reading the person saw; what cannot be read was not seen."""
        found: dict[date, int] = {}
        for pair in (self.seen.data or "").split():
            text, _sign, version = pair.partition(":")
            try:
                found[date.fromisoformat(text)] = int(version)
            except ValueError:
                continue
        return found

    def show(self, readings: Iterable[Reading]) -> None:
        """Remember that the person has these readings before them now."""
        versions = {**self.versions(), **{each.day: each.version for each in readings}}
        self.seen.data = " ".join(f"{day}:{version}" for day, version in sorted(versions.items()))
        self.seen.raw_data = None

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Read the rows into ``given``; what is wrong stands at its field, and above all by the number of its row."""
        passed = super().validate(*args, **kwargs)
        days: dict[date, int] = {}
        self.given = [given for place, row in self._filled() if (given := self._read(place, row, days))]
        wrong = [*self._wrong()]
        for text in wrong:
            self.refuse("", text)
        return passed and not wrong

    def show_changed(self, readings: Sequence[Reading]) -> None:
        """Say at each row what its day's reading says by now; sent again, the row takes its place knowingly."""
        stands = {each.day: each for each in readings}
        for row in self.readings:
            there = stands.get(row.form.day.data)
            if there is not None:
                value = f"{there.value:.10g}"
                text = _("That day says %(value)s by now. Save again to put yours in its place.", value=value)
                row.form.day.errors = [text]
        self.show(readings)
        self.http_status = 409

    def _filled(self) -> Iterator[tuple[int, Any]]:
        for place, row in enumerate(self.readings, 1):
            if any(row.form[name].raw_data and str(row.form[name].raw_data[0]).strip() for name in self._telling(row)):
                yield place, row.form

    def _telling(self, row: Any) -> tuple[str, ...]:
        return (*row.form.numbers, "note")

    def _read(self, place: int, row: Any, days: dict[date, int]) -> Given | None:
        """The row as a reading; None, with an error at the field, where it cannot be one."""
        missing = [name for name in row.numbers if row[name].data is None and not row[name].errors]
        for name in missing:
            row[name].errors = [_("Type the number, or empty the whole row: a gap has neither value nor note.")]
        if row.day.data is None and not row.day.errors:
            row.day.errors = [_("Pick the day of this value.")]
        if row.errors:
            return None
        first = days.setdefault(row.day.data, place)
        if first != place:
            row.day.errors = [_("This is the day of row %(first)s, too. Leave one out.", first=first)]
            return None
        numbers = {name: row[name].data for name in row.numbers}
        given = Given(row.day.data, numbers.pop("value", None), row.note.data or "", **numbers)
        try:
            self._measure.expect_day(given.day)
            self._measure.measured(given.value, given.counts)
        except DomainError as broken:
            row[broken.field].errors = [broken.text]
            return None
        return given

    def _wrong(self) -> Iterator[str]:
        for place, row in enumerate(self.readings, 1):
            for field in row.form:
                for error in field.errors:
                    yield _("Row %(row)s, %(field)s: %(error)s", row=place, field=field.label.text, error=error)


class _PlainGrid(GridForm):
    readings = FieldList(FormField(_Row), max_entries=MOST_ROWS)


class _CountedGrid(GridForm):
    readings = FieldList(FormField(_CountedRow), max_entries=MOST_ROWS)


def grid(measure: Measure, today: date, shown: Sequence[Reading] = (), blank: Iterable[date] = ()) -> GridForm:
    """The grid as it was sent; with ``shown`` readings and days still ``blank``, a grid of these."""
    kind = _PlainGrid if measure.per is None else _CountedGrid
    opening = bool(shown or blank)
    rows = [
        {name: getattr(each, name) for name in ("day", "value", "numerator", "denominator", "note")} for each in shown
    ]
    form = kind(
        measure,
        today,
        data={"readings": [*rows, *({"day": day} for day in blank)]},
        draft=f"measure-{measure.id}-grid",
        **source(not opening),
    )
    if opening:
        form.show(shown)
    spare_rows(form.readings, len(form.readings) + SPARE_ROWS, f"measure-{measure.id}-grid")
    return form
