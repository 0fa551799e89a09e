"""Dates with a year of two digits: 01-02-03 has three meanings, and the column proves one of them, or a person says it.

Only years that everybody takes for the same are read: 00 to 29 for 2000 to 2029, 70 to 99 for 1970 to 1999. What lies
between is one century to a spreadsheet and another to other programs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)


class Order(StrEnum):
    """What comes first. The year last, where it is not first; a month comes first in none of those with points."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"  # only of years of two digits: one of four says so by itself


@dataclass(frozen=True, slots=True)
class ShortDate:
    """The day by each order that can read it."""

    by: dict[Order, date]

    def settle(self, order: Order | None) -> date | None:
        """The day by this order; without one, what all that can read it agree on."""
        if order is not None:
            return self.by.get(order)
        meanings = set(self.by.values())
        return meanings.pop() if len(meanings) == 1 else None


def short_date(cell: str) -> ShortDate | None:
    """What the text can mean as such a date; None where it is none by any order."""
    found = _SHORT.fullmatch(cell)
    if found is None:
        return None
    first, sign, second, third = found.groups()
    ways = {Order.DAY_FIRST: (third, second, first), Order.YEAR_FIRST: (first, second, third)}
    if sign != ".":
        ways[Order.MONTH_FIRST] = (third, first, second)
    by = {order: day for order, parts in ways.items() if (day := _day(*parts))}
    return ShortDate(by) if by else None


def _day(year: str, month: str, day: str) -> date | None:
    if len(year) != 2 or 30 <= int(year) < 70:
        return None
    try:
        return date(int(year) + (2000 if int(year) < 30 else 1900), int(month), int(day))
    except ValueError:
        return None
