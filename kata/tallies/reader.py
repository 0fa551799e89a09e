"""How the cells of one table are read by one recipe, and why a row may have to be left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from kata.tables.blocks import Stretch
from kata.tables.cells import Cell, is_missing, missing_words, plain, text_of
from kata.tables.dates import Moment, days_in, moment_in
from kata.tables.numbers import DecimalSign, number_in, numbers_in
from kata.tables.table import Table
from kata.tallies.periods import Place
from kata.tallies.recipe import Basis, Check, Condition, DateColumn

Cells = Sequence[Cell]


class Reason(StrEnum):
    """Why a row does not count."""

    DATE_MISSING = "date_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATE_AHEAD = "date_ahead"  # it has not come yet
    NO_SUCH_DAY = "no_such_day"  # the place never had it
    VALUE_MISSING = "value_missing"
    VALUE_UNREADABLE = "value_unreadable"
    NO_TIME_OF_DAY = "no_time_of_day"  # a span from a bare day to a moment, or the reverse
    END_BEFORE_START = "end_before_start"
    NOT_AN_ANSWER = "not_an_answer"
    OFF_SCALE = "off_scale"
    DATE_TWICE = "date_twice"  # an earlier row has the same day
    COUNT_MISSING = "count_missing"  # one of two counts stands alone


class Unfit(Exception):
    """The table lacks columns that the recipe names."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__(*columns)
        self.columns = columns


class LeftOut(Exception):
    """The row does not count; ``column`` and ``cell`` are what says so."""

    def __init__(self, reason: Reason, column: str, cell: Cell) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Reader:
    at: Mapping[str, int]  # where each column stands in a row
    missing: frozenset[str]
    sign: DecimalSign | None
    place: Place

    @classmethod
    def of(cls, table: Table, recipe: Basis) -> Reader:
        """Raises Unfit where the table lacks a column."""
        if lacking := tuple(name for name in recipe.columns if table.column(name) is None):
            raise Unfit(lacking)
        place = Place(ZoneInfo(recipe.zone), ZoneInfo(recipe.file_zone or recipe.zone))
        at = {column.name: column.position - 1 for column in table.columns}
        return cls(at, missing_words(recipe.missing), recipe.decimal_sign, place)

    def says(self, cells: Cells, column: str) -> bool:
        """Whether anything is known there."""
        return not is_missing(cells[self.at[column]], self.missing)

    def known(self, cells: Cells, column: str, reason: Reason = Reason.VALUE_MISSING) -> Cell:
        """The cell, which says something."""
        if not self.says(cells, column):
            raise LeftOut(reason, column, cells[self.at[column]])
        return cells[self.at[column]]

    def number(self, cells: Cells, column: str, reason: Reason = Reason.VALUE_UNREADABLE) -> float:
        cell = self.known(cells, column)
        number = number_in(cell, self.sign)
        if number is None:
            raise LeftOut(reason, column, cell)
        return number

    def moment(
        self,
        cells: Cells,
        of: DateColumn,
        missing: Reason = Reason.VALUE_MISSING,
        unreadable: Reason = Reason.VALUE_UNREADABLE,
    ) -> Moment:
        cell = self.known(cells, of.column, missing)
        moment = moment_in(cell, of.order)
        if moment is None:
            raise LeftOut(unreadable, of.column, cell)
        return moment

    def day(self, cells: Cells, of: DateColumn, today: date) -> date:
        """The day on which it was in the recipe's zone; not one after ``today``."""
        moment = self.moment(cells, of, Reason.DATE_MISSING, Reason.DATE_UNREADABLE)
        day = self.place.day(moment)
        if day is None or day > today:
            reason = Reason.NO_SUCH_DAY if day is None else Reason.DATE_AHEAD
            raise LeftOut(reason, of.column, cells[self.at[of.column]])
        return day

    def plain_days(self, stretch: Stretch, today: date) -> list[date] | None:
        """The days of a column's cells as ``day`` would find them; None where any of them needs a closer look."""
        days = days_in(stretch)
        if not days or max(days) > today or not self.missing.isdisjoint(stretch.cells):
            return None
        return days if self.place.has_all(days) else None

    def plain_numbers(self, stretch: Stretch) -> list[float] | None:
        """The numbers of a column's cells as ``number`` would find them; None where any of them needs a closer look."""
        return numbers_in(stretch.cells, self.sign) if self.missing.isdisjoint(stretch.cells) else None

    def asks(self, condition: Condition) -> Callable[[Cells], bool]:
        """The condition as a question to a row. A cell that cannot be read as a number is neither large nor small."""
        at, check = self.at[condition.column], condition.check
        if check.of_number:
            limit, sign = float(condition.value), 1 if check is Check.AT_LEAST else -1
            return lambda cells: (
                (number := number_in(cells[at], self.sign)) is not None and sign * number >= sign * limit
            )
        if check.of_blank:
            return lambda cells: is_missing(cells[at], self.missing) is (check is Check.BLANK)
        wanted = plain(condition.value).casefold()
        if check in (Check.IS, Check.IS_NOT):
            return lambda cells: (text_of(cells[at]).casefold() == wanted) is (check is Check.IS)
        return lambda cells: (wanted in text_of(cells[at]).casefold()) is (check is Check.CONTAINS)
