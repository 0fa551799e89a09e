"""How a reader writes numbers and days. Geometry knows no language: it asks what it is given here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

Unit = Literal["day", "week", "month", "year"]
SKELETONS: dict[Unit, str] = {"day": "MMMd", "week": "MMMd", "month": "MMM", "year": "y"}
SHORT = 3  # letters of a unit that has room on an axis: %, min, °C


@dataclass(frozen=True, slots=True)
class Labels:
    """What a chart writes: ``number(value, digits)``, ``day(day)`` in full, ``tick(day, unit)`` on the time axis."""

    number: Callable[[float, int], str]
    day: Callable[[date], str]
    tick: Callable[[date, Unit], str]
    unit: str = ""

    @classmethod
    def of(cls, locale: str, unit: str = "") -> Labels:
        """The labels of a Babel locale (``en_GB``): 1,234.5 · 7 March 2016 · 7 Mar, Mar, 2016."""
        return cls(
            number=lambda value, digits: _number(value, digits, locale),
            day=lambda day: _day(day, locale),
            tick=lambda day, unit: _tick(day, unit, locale),
            unit=unit,
        )

    def with_unit(self, text: str) -> str:
        """A number as it stands in a sentence: ``95 %``."""
        return f"{text}\N{NO-BREAK SPACE}{self.unit}" if self.unit else text

    def on_axis(self, text: str) -> str:
        """A number as it stands at the top of the axis, with the unit where that is short."""
        return self.with_unit(text) if len(self.unit) <= SHORT else text


def digits_for(span: float) -> int:
    """Decimals worth writing for a line on an axis of this span: steps of a thousandth of it or so; 0 to 4."""
    return next((digits for digits, least in enumerate((300, 3, 0.3, 0.03)) if span >= least), 4)


@lru_cache(maxsize=8192)
def _number(value: float, digits: int, locale: str) -> str:
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    return str(format_decimal(round(value, digits) + 0.0, format=pattern, locale=locale))


@lru_cache(maxsize=8192)
def _day(day: date, locale: str) -> str:
    return str(format_date(day, "long", locale=locale))


@lru_cache(maxsize=2048)
def _tick(day: date, unit: Unit, locale: str) -> str:
    return str(format_skeleton(SKELETONS[unit], day, locale=locale))
