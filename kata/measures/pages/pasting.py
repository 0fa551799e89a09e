"""A paste as it was understood, before any of it is saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from kata.measures.actions import Comparison, Given, compare
from kata.measures.forms import PasteForm
from kata.measures.models import Measure
from kata.measures.pages.parts import WORDS
from kata.measures.paste import Pasted, PastedReading
from kata.tables.export import restored
from kata.web.htmx import Partial

LINES = 200
ORDER = ("correction", "new", "known", "gap")


@dataclass(frozen=True, slots=True)
class PasteLine:
    """A row of a paste as it was understood: ``new``, ``correction`` (of what it ``was``), ``known`` or ``gap``."""

    state: str
    day: date
    value: float | None
    was: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A paste as it was understood; corrections first, and how many more lines there are than are shown."""

    pasted: Pasted
    comparison: Comparison
    lines: list[PasteLine]
    more: int
    count: Counter[str]

    @property
    def can_save(self) -> bool:
        return self.pasted.is_ready and not self.comparison.is_done

    @property
    def offer(self) -> str:
        """The words on the button that saves."""
        new, corrected = len(self.comparison.new), len(self.comparison.changed)
        both = _("Save %(new)s new, correct %(corrected)s", new=new, corrected=corrected)
        fresh = ngettext("Save one reading", "Save %(num)s readings", new)
        mended = ngettext("Save one correction", "Save %(num)s corrections", corrected)
        return str(both if new and corrected else mended if corrected else fresh)


def preview(of: Measure, pasted: Pasted) -> Preview:
    """What the paste was understood as, and what saving it would do."""
    comparison = compare(of, given(pasted))
    was = {change.reading.day: change.reading.value for change in comparison.changed}
    new = {each.day for each in comparison.new}
    lines = [_line(row, new, was) for row in pasted.rows]
    lines.sort(key=lambda line: (ORDER.index(line.state), -line.day.toordinal()))
    return Preview(pasted, comparison, lines[:LINES], max(0, len(lines) - LINES), Counter(line.state for line in lines))


def given(pasted: Pasted) -> list[Given]:
    """The readings of a paste; its gaps stay gaps."""
    return [
        Given(row.day, row.value, restored(row.note), row.numerator, row.denominator)
        for row in pasted.rows
        if row.value is not None
    ]


def paste_form(of: Measure, form: PasteForm, shown: Preview | None = None) -> Partial:
    """The place for pasted rows, and below it what they were understood as."""
    return Partial("paste", "measures/_paste.html", {"measure": of, "form": form, "preview": shown, **WORDS})


def _line(row: PastedReading, new: set[date], was: dict[date, float]) -> PasteLine:
    if row.value is None:
        return PasteLine("gap", row.day, None, None, row.note)
    state = "new" if row.day in new else "correction" if row.day in was else "known"
    return PasteLine(state, row.day, row.value, was.get(row.day), restored(row.note))
