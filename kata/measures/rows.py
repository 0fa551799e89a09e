"""A file of labels and values as a series, for the command that analyses it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import flask_babel

from kata.spc import LARGEST
from kata.tables import (
    Cell,
    Code,
    Refused,
    Stretch,
    Table,
    moment_in,
    number_in,
    read,
    survey_dates,
    survey_numbers,
)
from kata.tables.cells import missing_words, text_of
from kata.tables.surveys import Verdict

# The library has no types; this is what it gives.
_: Callable[..., str] = flask_babel.gettext

BLANK = missing_words(())
#: The columns of a file that has more than two.
LABEL, VALUE = "label", "value"


@dataclass(frozen=True, slots=True)
class Rows:
    """The series in the order of time. ``positions``: where each point stands among the rows of the file, from 1."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the file: its number as a spreadsheet shows it, and its cells; a column of values has no labels."""

    number: int
    label: Cell | None
    value: Cell


def series_in(data: bytes, name: str) -> Rows:
    """The series in a file: ``label,value`` or one column of values, with a header or without; a blank value is a gap.

    Where every label is a date of one meaning, the rows are put in the order of time; otherwise they stay as they are.
    Raises ``ValueError`` in a sentence that names the row.
    """
    try:
        table = read(data, name, header_row=0)
    except Refused as refusal:
        raise ValueError(_refusal(refusal)) from None
    lines = _without_header(_lines(table))
    values = _values(lines)
    if lines[0].label is None:
        places = tuple(range(1, len(lines) + 1))
        return Rows(tuple(map(str, places)), tuple(values), places)
    order = _in_time(lines)
    return Rows(
        tuple(text_of(lines[at].label or "") for at in order),
        tuple(values[at] for at in order),
        tuple(at + 1 for at in order),
    )


def _lines(table: Table) -> list[_Line]:
    width = len(table.columns)
    if width == 1:
        return [_Line(number, None, cells[0]) for number, cells in table.rows()]
    label, value = 0, 1
    if width > 2:
        _number, first = next(table.rows())
        names = [text_of(cell).casefold() for cell in first]
        if LABEL not in names or VALUE not in names:
            raise ValueError(_("There are %(n)s columns. Leave a label and a value, and no others.", n=width))
        label, value = names.index(LABEL), names.index(VALUE)
    return [_Line(number, cells[label], cells[value]) for number, cells in table.rows()]


def _without_header(lines: list[_Line]) -> list[_Line]:
    """Without the first row, where words stand in place of its value."""
    found = survey_numbers([_values_of(lines[:1])], BLANK)
    lines = lines[1:] if found.unreadable.count else lines
    if not lines:
        raise ValueError(_("There are no values in the file."))
    return lines


def _values(lines: Sequence[_Line]) -> list[float | None]:
    """The numbers, read in the one way that the whole column allows."""
    survey = survey_numbers([_values_of(lines)], BLANK)
    for example in survey.unreadable.examples:
        raise ValueError(_("Row %(row)s: “%(text)s” is not a number.", row=example.row, text=example.value))
    if survey.money and len(survey.kinds) > 1:
        other = survey.kinds[-1].examples[0]
        said = _("Row %(row)s: “%(text)s” is written in another way than the rest. Write all of them in one way.")
        raise ValueError(said % {"row": other.row, "text": other.value})
    if survey.verdict in (Verdict.AMBIGUOUS, Verdict.MIXED):
        doubtful = (survey.open.examples or survey.other.examples)[0]
        said = _("Row %(row)s: “%(text)s” can be read in two ways. Write numbers with a point, and without separators.")
        raise ValueError(said % {"row": doubtful.row, "text": doubtful.value})
    return [_value(line, number_in(line.value, survey.sign)) for line in lines]


def _values_of(lines: Sequence[_Line]) -> Stretch:
    return Stretch([line.number for line in lines], [line.value for line in lines])


def _value(line: _Line, number: float | None) -> float | None:
    if number is None and text_of(line.value) == "":
        return None
    if number is None or abs(number) >= LARGEST:
        raise ValueError(_("Row %(row)s: the number is too large to be kept exactly.", row=line.number))
    return number


def _in_time(lines: Sequence[_Line]) -> list[int]:
    """The places of the lines (from 0) in the order of time, or as they stand where their labels do not tell it."""
    cells = [line.label or "" for line in lines]
    survey = survey_dates([Stretch([line.number for line in lines], cells)], BLANK)
    if survey.verdict not in (Verdict.CERTAIN, Verdict.PROVED) or survey.missing or survey.unreadable.count:
        return list(range(len(lines)))
    moments = [moment.isoformat() if (moment := moment_in(cell, survey.order)) else "" for cell in cells]
    ordered = sorted(range(len(lines)), key=moments.__getitem__)
    for earlier, later in pairwise(ordered):
        if moments[earlier] == moments[later]:
            said = _("Rows %(one)s and %(other)s have the same date. Leave one of them out.")
            raise ValueError(said % {"one": lines[earlier].number, "other": lines[later].number})
    return ordered


def _refusal(refusal: Refused) -> str:
    problem = refusal.problems[0]
    if problem.code is Code.EMPTY:
        return _("There are no values in the file.")
    if problem.code is Code.RAGGED:
        said = _("Row %(row)s has %(value)s cells, where the first row has %(wanted)s.")
        return said % {"row": problem.row, "value": problem.value, "wanted": problem.wanted}
    if problem.row:
        return _("Row %(row)s cannot be read as part of a table of labels and values.", row=problem.row)
    return _("The file cannot be read as a table of labels and values.")
