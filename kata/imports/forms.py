"""What is asked about a file: where it is, how it is read, what becomes of its rows, and whether that is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, Length, NumberRange, Optional

from kata.identity import zones
from kata.imports import recipes, words
from kata.imports.facts import TOLD_COLUMNS, Facts
from kata.measures.queries import Choice, choices
from kata.measures.words import BETTER, KIND, KIND_HINT
from kata.tallies import BadRecipe, Recipe, Transcription, to_plain
from kata.web.forms import Form, OnceMixin, WholeField, line, offer
from kata.web.forms import words as lines

NEW = "new"
LONGEST_PASTE = 2_000_000
KINDS = {"readings": _l("Each row is a reading"), "events": _l("Each row is something that happened")}
KIND_HINTS = {
    "readings": _l("a day and its value"),
    "events": _l("a ticket, an answer, a flight: they are counted by day, week or month"),
}
WHATS = {
    "share": _l("Share of rows"),
    "time": _l("Time between two dates"),
    "number": _l("Average of a column"),
    "rows": _l("Number of rows"),
    "answers": _l("Answers of a survey"),
}
PERIODS = {"day": _l("Day"), "week": _l("Week"), "month": _l("Month")}
ORDERS = {
    "day_first": _l("the day: 3 April"),
    "month_first": _l("the month: March 4"),
    "year_first": _l("the year, in two digits: 26"),
}
SIGNS = {"point": _l("the point: 1,234.5"), "comma": _l("the comma: 1.234,5")}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "stroke": "|"}  # a tab is no value that a form can send
SAID = {
    "date": _l("Pick the column that says on which day it was."),
    "value": _l("Pick the column of values, or the two counts."),
    "numerator": _l("Pick the column that says how many."),
    "denominator": _l("Pick the column that says of how many."),
    "what": _l("Say what to count."),
    "share": _l("Pick which rows count."),
    "share_column": _l("Pick the column that says so."),
    "share_value": _l("Type a number to compare with."),
    "only_value": _l("Type a number to compare with."),
    "number": _l("Pick the column of numbers."),
    "start": _l("Pick the column of the beginning."),
    "end": _l("Pick the column of the end."),
    "answers": _l("Pick the column of answers."),
    "file_zone": _l("Pick one of the places in the list."),
    "percent": _l("Type a number between 0 and 100."),
}


def _said(options: Mapping[Any, Any]) -> dict[str, str]:
    return {str(value): str(label) for value, label in options.items()}


def _radio(label: Any, options: Mapping[Any, Any], **kwargs: Any) -> RadioField:
    rules = [Optional(), AnyOf([str(value) for value in options], message=_l("Pick one of these."))]
    return RadioField(label, choices=lambda: _said(options), validate_choice=False, validators=rules, **kwargs)


def _select(label: Any, options: Mapping[Any, Any] | None = None, **kwargs: Any) -> SelectField:
    if options is None:
        return SelectField(label, choices=[], validators=[Optional()], **kwargs)
    return SelectField(label, choices=lambda: offer(_said(options).items()), validators=[Optional()], **kwargs)


class UploadForm(OnceMixin, Form):
    """A file, or rows that were copied; ``measure`` is the one that the person came from."""

    team = SelectField(_l("Team"), choices=[])
    file = FileField(_l("File"))
    pasted = lines(_l("Or paste rows, with their headings"), longest=LONGEST_PASTE)
    measure = StringField(validators=[Length(max=20)])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """One of the two must be there."""
        passed: bool = super().validate(*args, **kwargs)
        if passed and not self.chosen()[0]:
            text = _("Choose a file, or paste some rows.")
            if self.file.data:
                text = _("There is nothing in this file.")
            self.refuse("file", text)
            return False
        return passed

    def chosen(self) -> tuple[bytes, str]:
        """The bytes, and what the file is called."""
        if self.file.data:
            data: bytes = self.file.data.read()
            self.file.data.seek(0)
            return data, self.file.data.filename or _("a file without a name")
        return (self.pasted.data or "").encode("utf-8", errors="replace"), _("pasted rows")

    def measure_id(self, team_id: int) -> int | None:
        """The measure that the person came from, where it is one of the team's."""
        wanted = self.measure.data or ""
        return next((each.id for each in choices(team_id) if str(each.id) == wanted), None)


class TableForm(Form):
    """Where in the file the table stands, and how its text is written."""

    sheet = SelectField(_l("Sheet"), choices=[], validators=[Optional()])
    header_row = WholeField(
        _l("Row with the names of the columns"), validators=[Optional(), NumberRange(min=0, max=1_048_576)]
    )

    encoding = SelectField(_l("Characters"), choices=[], validators=[Optional()])
    delimiter = SelectField(_l("Between the cells stand"), choices=[], validators=[Optional()])

    def offer(self, sheets: Iterable[str], facts: Facts | None, *, is_text: bool) -> None:
        """Fill the choices. ``is_text``: no workbook, which tells by itself how it is written."""
        self.sheet.choices = offer((name, name) for name in sheets)
        if is_text:
            told = facts if facts and facts.kind == "csv" else None
            codec = words.encoding(told.encoding) if told and not self.encoding.data else ""
            sign = words.delimiter(told.delimiter) if told and not self.delimiter.data else ""
            self.encoding.choices = offer([("", _as_told(codec)), *words.ENCODING.items()])
            self.delimiter.choices = offer(
                [("", _as_told(sign)), *((name, words.DELIMITER[sign]) for name, sign in DELIMITERS.items())]
            )

    @classmethod
    def of(cls, way: Mapping[str, Any], **source: Any) -> TableForm:
        """The form with the keywords of ``tables.read`` that hold now."""
        signs = {sign: name for name, sign in DELIMITERS.items()}
        return cls(data={**way, "delimiter": signs.get(way.get("delimiter") or "")}, **source)

    def chosen(self) -> dict[str, Any]:
        """The keywords of ``tables.read``."""
        text = {"encoding": self.encoding.data or None, "delimiter": DELIMITERS.get(self.delimiter.data or "")}
        found = {"sheet": self.sheet.data or None, "header_row": self.header_row.data, **text}
        return {name: value for name, value in found.items() if value is not None}


def _as_told(what: str) -> str:
    return str(_("%(what)s, as the file tells", what=what) if what else _("as the file tells"))


class SaveForm(Form):
    """Yes to the preview with this fingerprint."""

    seen = StringField(validators=[Length(max=64)])
    recipe_name = line(_l("Keep these choices as"), longest=120)
    again = BooleanField(_l("Then count something else in this file"))


class ChoicesForm(Form):
    """How rows become readings. Which fields matter depends on ``kind`` and ``what``; the page shows only those."""

    kind_hints, measure_kind_hints = KIND_HINTS, KIND_HINT

    kind = _radio(_l("What the rows are"), KINDS)
    date = _select(_l("Date"))
    order = _radio(_l("Which comes first in these dates?"), ORDERS)
    sign = _radio(_l("Which sign stands before the decimals?"), SIGNS)
    file_zone = SelectField(_l("Times in this file are those of"), choices=[], validators=[Optional()])
    missing = line(_l("Words that mean “not known”"), longest=200)

    value = _select(_l("Value"))
    numerator = _select(_l("How many"))
    denominator = _select(_l("Of how many"))
    note = _select(_l("Note"))

    what = _radio(_l("What to count"), WHATS)
    share = _select(_l("Rows that count"), validate_choice=False)
    share_column = _select(_l("Column"))
    share_test = _select(_l("Test"), words.TEST)
    share_value = line(_l("Compared with"), longest=200)
    number = _select(_l("Column of numbers"))
    start = _select(_l("From"))
    end = _select(_l("To"))
    unit_of_time = _select(_l("Told in"), words.UNIT, default="hours")
    average = _select(_l("Of each period"), words.AVERAGE)
    percent = line(_l("Percentile"), longest=10)
    answers = _select(_l("Column of answers"))
    question = _select(_l("The question"), words.QUESTION)

    group = _select(_l("Only one group"), validate_choice=False)
    only_column = _select(_l("And only where"))
    only_test = _select(_l("Test"), words.TEST)
    only_value = line(_l("Compared with"), longest=200)
    period = _radio(_l("For each"), PERIODS, default="week")
    zero = BooleanField(_l("A period without a row is a count of 0"))
    keep_unfinished = BooleanField(_l("Also take the last period, though it is not over in the file"))

    measure = SelectField(_l("Measure"), choices=[])
    name = line(_l("Name"), longest=120)
    measure_kind = _radio(_l("Kind"), KIND)
    better = _radio(_l("Better direction"), BETTER)
    unit = line(_l("Unit"), longest=40)

    def offer(self, facts: Facts, measures: Iterable[Choice], zone: str) -> None:
        """Fill the choices from the file's columns, the team's measures and its time ``zone``; a measure that went is
        a new one.
        """
        own = _("%(zone)s, where the team is", zone=zone)
        places = {region: offer(names.items()) for region, names in zones.grouped().items()}
        self.file_zone.choices = {"": offer([("", own)]), **places}
        names = facts.names[:TOLD_COLUMNS]
        blank, none = ("", _("pick a column")), ("", _("none"))
        ordered = {kind: _first(facts, kind, names) for kind in ("dates", "numbers", "words")}
        for field in (self.date, self.start, self.end):
            field.choices = offer([blank, *ordered["dates"]])
        for field in (self.value, self.number, self.answers):
            field.choices = offer([blank, *ordered["numbers"]])
        for field in (self.numerator, self.denominator):
            field.choices = offer([none, *ordered["numbers"]])
        self.note.choices = offer([none, *ordered["words"]])
        self.share_column.choices = offer([blank, *((name, name) for name in names)])
        self.only_column.choices = offer([("", _("no further condition")), *((name, name) for name in names)])
        pairs = _pairs(facts)
        own = (recipes.OWN, _("a condition of your own"))
        first = ("", _("pick which rows count"))
        self.share.choices = {"": offer([first, own, *_kept(self.share.data, pairs)]), **pairs}
        self.group.choices = {"": offer([("", _("all rows")), *_kept(self.group.data, pairs)]), **pairs}
        known = {str(each.id): each.name for each in measures}
        self.measure.choices = offer([*known.items(), (NEW, _("a new measure"))])
        if self.measure.data not in known:
            self.measure.data = NEW

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Also whether a recipe comes of it, and what a new measure needs."""
        passed: bool = super().validate(*args, **kwargs)
        try:
            self.recipe("UTC")
        except BadRecipe as bad:
            self.refuse(bad.field, str(SAID.get(bad.field, _("Look at these choices again."))))
            return False
        if self.measure.data == NEW:
            passed = self._needs("name", _("Give the measure a name.")) and passed
            passed = self._needs("measure_kind", _("Say whether it is an outcome or a process measure.")) and passed
            passed = self._needs("better", _("Say which direction is better.")) and passed
        return passed

    def recipe(self, zone: str) -> Recipe | Transcription:
        """What was chosen, as a recipe. Raises BadRecipe."""
        return recipes.recipe_of(self.told(), zone)

    def told(self) -> dict[str, str]:
        """Every choice as a text, by the name of its field."""
        return {
            field.name: ("yes" if field.data is True else "" if field.data in (None, False) else str(field.data))
            for field in self
        }

    def choices(self, zone: str) -> dict[str, Any]:
        """As the upload keeps them."""
        wanted: dict[str, Any] = {
            "name": self.name.data,
            "kind": self.measure_kind.data,
            "better": self.better.data,
            "unit": self.unit.data,
        }
        return {
            "form": self.told(),
            "recipe": to_plain(self.recipe(zone)),
            "keep_unfinished": bool(self.keep_unfinished.data),
            "measure": wanted if self.measure.data == NEW else {"id": int(self.measure.data)},
        }

    def _needs(self, name: str, text: str) -> bool:
        if self[name].data:
            return True
        self.refuse(name, text)
        return False


def choices_form(
    facts: Facts, measures: Iterable[Choice], zone: str, known: Mapping[str, str] | None = None
) -> ChoicesForm:
    """The form with what is ``known``; without that, what was sent. Each look keeps the choices: there is no draft."""
    if known is None:
        form = ChoicesForm()
    else:
        form = ChoicesForm(formdata=None, data={name: value or None for name, value in known.items()})
    form.offer(facts, measures, zone)
    return form


def _first(facts: Facts, kind: str, names: list[str]) -> list[tuple[str, str]]:
    """All columns, those of the kind first."""
    kinds = {column.name: column.kind for column in facts.columns}
    return [(name, name) for name in sorted(names, key=lambda name: kinds[name] != kind)]


def _kept(chosen: str | None, pairs: Mapping[str, list[Any]]) -> list[tuple[str, str]]:
    """A value that was chosen for an earlier file and does not stand in this one stays a choice."""
    offered = {choice.value for choices in pairs.values() for choice in choices}
    if not chosen or chosen == recipes.OWN or chosen in offered:
        return []
    try:
        condition = recipes.pair(chosen)
    except BadRecipe:
        return []
    return [(chosen, f"{condition.column}: {condition.value}")] if condition else []


def _pairs(facts: Facts) -> dict[str, list[Any]]:
    """Columns whose values repeat, each with its values: what rows can be chosen by."""
    return {
        column.name: offer(
            (recipes.pair_text(column.name, value), f"{column.name}: {value}") for value in column.values
        )
        for column in facts.columns
        if column.values and column.kind != "dates"
    }
