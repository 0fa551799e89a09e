"""A recipe: which rows of a table count, on which day, and what is counted. What it says is checked when it is made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from kata.tables.cells import MISSING_WORDS
from kata.tables.numbers import DecimalSign
from kata.tables.short_years import Order
from kata.tallies.periods import Period


class BadRecipe(Exception):
    """The recipe contradicts itself or names what does not exist. ``field`` says where."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Check(StrEnum):
    """What a cell is asked. Texts are compared without regard to case and surrounding blanks."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    BLANK = "blank"
    NOT_BLANK = "not_blank"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"

    @property
    def of_number(self) -> bool:
        return self in (Check.AT_LEAST, Check.AT_MOST)

    @property
    def of_blank(self) -> bool:
        return self in (Check.BLANK, Check.NOT_BLANK)


@dataclass(frozen=True, slots=True)
class Condition:
    """``value`` is a text; for `AT_LEAST` and `AT_MOST` a number with a decimal point; unused for the blank ones."""

    column: str
    check: Check
    value: str = ""

    def __post_init__(self) -> None:
        if self.check.of_number and not _is_number(self.value):
            raise BadRecipe("condition")


@dataclass(frozen=True, slots=True)
class DateColumn:
    """``order`` is what the column proved or a person said; None where every date has one meaning."""

    column: str
    order: Order | None = None


class Average(StrEnum):
    MEAN = "mean"
    MEDIAN = "median"
    PERCENTILE = "percentile"


class Unit(StrEnum):
    """What a span of time is told in."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"

    @property
    def seconds(self) -> int:
        return {Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.DAYS: 86_400}[self]


class Question(StrEnum):
    """The survey question whose answers stand in the column, and with it the scale and the published measure."""

    NPS = "nps"
    CSAT = "csat"  # 1 to 5: the share of 4 and 5
    CES = "ces"  # 2.0, 1 to 7, high is good: the share of 5 to 7
    CES_ORIGINAL = "ces_original"  # 1.0, 1 to 5, low is good: the mean


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows there are."""


@dataclass(frozen=True, slots=True)
class Share:
    """In how many per cent of the rows a column says so. Rows where it says nothing are left out, and told."""

    of: Condition


@dataclass(frozen=True, slots=True)
class OfNumber:
    """The average of a column's numbers."""

    column: str
    average: Average
    percent: float = 50  # for a percentile

    def __post_init__(self) -> None:
        _check_percent(self.percent)


@dataclass(frozen=True, slots=True)
class OfTime:
    """The average time from one date column to another."""

    start: DateColumn
    end: DateColumn
    unit: Unit
    average: Average
    percent: float = 50

    def __post_init__(self) -> None:
        _check_percent(self.percent)


@dataclass(frozen=True, slots=True)
class OfAnswers:
    column: str
    question: Question


Count: TypeAlias = Rows | Share | OfNumber | OfTime | OfAnswers


class Empty(StrEnum):
    """What a period without a row means."""

    GAP = "gap"  # nothing was measured
    ZERO = "zero"  # nothing happened, and that is a count: only for `Rows`


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """How the file is to be read: what both kinds of recipe say.

    ``zone`` is where the days are counted; ``file_zone`` is what the file's times without an offset are in, "" meaning
    the same place. ``missing`` are the words that mean "not known".
    """

    date: DateColumn
    zone: str
    file_zone: str = ""
    decimal_sign: DecimalSign | None = None
    missing: tuple[str, ...] = MISSING_WORDS

    def __post_init__(self) -> None:
        for field, name in (("zone", self.zone), ("file_zone", self.file_zone or "UTC")):
            try:
                ZoneInfo(name)
            except (KeyError, OSError, ValueError):  # unknown; a folder; no name at all
                raise BadRecipe(field) from None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the table must have, each once."""
        return (self.date.column,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcription(Basis):
    """The rows are readings already: a value, or how many (``numerator``) and of how many (``denominator``)."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        Basis.__post_init__(self)
        if bool(self.value) == bool(self.numerator) or bool(self.numerator) != bool(self.denominator):
            raise BadRecipe("value")

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that hold numbers."""
        return (self.value,) if self.value else (self.numerator, self.denominator)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.date.column, *self.numbers, self.note))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(Basis):
    """The rows are events, to be counted by the period. ``week_start`` is 0 for Monday. ``group`` is one filter more,
    which people choose from a list.
    """

    count: Count
    period: Period
    week_start: int = 0
    filters: tuple[Condition, ...] = ()
    group: Condition | None = None
    empty: Empty = Empty.GAP

    def __post_init__(self) -> None:
        Basis.__post_init__(self)
        if not 0 <= self.week_start <= 6:
            raise BadRecipe("week_start")
        if self.empty is Empty.ZERO and not isinstance(self.count, Rows):
            raise BadRecipe("empty")

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All that a row must fulfil."""
        return self.filters if self.group is None else (*self.filters, self.group)

    @property
    def columns(self) -> tuple[str, ...]:
        names = [self.date.column, *(condition.column for condition in self.conditions)]
        match self.count:
            case Share(of):
                names.append(of.column)
            case OfNumber(column=column) | OfAnswers(column=column):
                names.append(column)
            case OfTime(start=start, end=end):
                names += [start.column, end.column]
        return tuple(dict.fromkeys(names))


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _check_percent(percent: float) -> None:
    if not 0 < percent < 100:
        raise BadRecipe("percent")
