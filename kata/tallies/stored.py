"""A recipe as plain JSON, to be kept; and back, trusting nothing of what was kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from kata.tables.numbers import DecimalSign
from kata.tables.short_years import Order
from kata.tallies.periods import Period
from kata.tallies.recipe import (
    Average,
    BadRecipe,
    Check,
    Condition,
    Count,
    DateColumn,
    Empty,
    OfAnswers,
    OfNumber,
    OfTime,
    Question,
    Recipe,
    Rows,
    Share,
    Transcription,
    Unit,
)

VERSION = 1

_KIND = {Recipe: "events", Transcription: "readings"}
_WHAT = {Rows: "rows", Share: "share", OfNumber: "number", OfTime: "time", OfAnswers: "answers"}


def to_plain(recipe: Recipe | Transcription) -> dict[str, Any]:
    """Dicts, lists, texts and numbers only."""
    plain = {"version": VERSION, "kind": _KIND[type(recipe)], **asdict(recipe)}
    if isinstance(recipe, Recipe):
        plain["count"] = {"what": _WHAT[type(recipe.count)], **plain["count"]}
    made: dict[str, Any] = json.loads(json.dumps(plain))
    return made


def from_plain(plain: Mapping[str, Any]) -> Recipe | Transcription:
    """The recipe. BadRecipe for one of an unknown version ("version"), and for what cannot be one."""
    if plain.get("version") != VERSION:
        raise BadRecipe("version")
    try:
        return _transcription(plain) if plain["kind"] == "readings" else _recipe(plain)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadRecipe("body") from None


def _basis(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "date": _date_column(plain["date"]),
        "zone": _text(plain["zone"]),
        "file_zone": _text(plain["file_zone"]),
        "decimal_sign": DecimalSign(plain["decimal_sign"]) if plain["decimal_sign"] else None,
        "missing": tuple(map(_text, plain["missing"])),
    }


def _transcription(plain: Mapping[str, Any]) -> Transcription:
    names: dict[str, Any] = {name: _text(plain[name]) for name in ("value", "numerator", "denominator", "note")}
    return Transcription(**_basis(plain), **names)


def _recipe(plain: Mapping[str, Any]) -> Recipe:
    return Recipe(
        **_basis(plain),
        count=_count(plain["count"]),
        period=Period(plain["period"]),
        week_start=int(plain["week_start"]),
        filters=tuple(map(_condition, plain["filters"])),
        group=_condition(plain["group"]) if plain["group"] else None,
        empty=Empty(plain["empty"]),
    )


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError
    return plain


def _condition(plain: Mapping[str, Any]) -> Condition:
    return Condition(_text(plain["column"]), Check(plain["check"]), _text(plain["value"]))


def _date_column(plain: Mapping[str, Any]) -> DateColumn:
    return DateColumn(_text(plain["column"]), Order(plain["order"]) if plain["order"] else None)


def _share(plain: Mapping[str, Any]) -> Share:
    return Share(_condition(plain["of"]))


def _number(plain: Mapping[str, Any]) -> OfNumber:
    return OfNumber(_text(plain["column"]), Average(plain["average"]), float(plain["percent"]))


def _time(plain: Mapping[str, Any]) -> OfTime:
    start, end = _date_column(plain["start"]), _date_column(plain["end"])
    return OfTime(start, end, Unit(plain["unit"]), Average(plain["average"]), float(plain["percent"]))


def _answers(plain: Mapping[str, Any]) -> OfAnswers:
    return OfAnswers(_text(plain["column"]), Question(plain["question"]))


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Count]] = {
    "rows": lambda _plain: Rows(),
    "share": _share,
    "number": _number,
    "time": _time,
    "answers": _answers,
}


def _count(plain: Mapping[str, Any]) -> Count:
    return _MAKERS[plain["what"]](plain)
