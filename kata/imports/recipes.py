"""What a person chose, field by field, as a recipe; and what a file offers by itself, as choices. Pure.

Choices are texts by the names of the form's fields, so that they can be kept, shown again, and taken over by the next
file of the same shape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kata.imports.facts import Facts
from kata.tables import DecimalSign, Order
from kata.tallies import (
    Average,
    BadRecipe,
    Check,
    Condition,
    DateColumn,
    Empty,
    OfAnswers,
    OfNumber,
    OfTime,
    Period,
    Question,
    Recipe,
    Rows,
    Share,
    Transcription,
    Unit,
)

Choices = Mapping[str, str]
OWN = "own"  # a condition of one's own, in place of one that the list offers
_DAYS = ("day", "date", "datum", "week", "month")
_VALUES = ("value", "reading", "wert")


def recipe_of(choices: Choices, zone: str) -> Recipe | Transcription:
    """The recipe, its days counted in ``zone``. Raises BadRecipe with the field that is missing or wrong."""
    if not choices.get("date"):
        raise BadRecipe("date")
    order = Order(choices["order"]) if choices.get("order") else None
    basis: dict[str, Any] = {
        "date": DateColumn(choices["date"], order),
        "zone": zone,
        "file_zone": choices.get("file_zone", ""),
        "decimal_sign": DecimalSign(choices["sign"]) if choices.get("sign") else None,
        "missing": tuple(words(choices.get("missing", ""))),
    }
    if choices.get("kind") == "readings":
        return Transcription(**basis, **_numbers(choices), note=choices.get("note", ""))
    return Recipe(
        **basis,
        count=_count(choices, order),
        period=Period(choices.get("period") or Period.WEEK),
        filters=_filters(choices),
        group=pair(choices.get("group", "")),
        empty=Empty.ZERO if choices.get("zero") and choices.get("what") == "rows" else Empty.GAP,
    )


def words(text: str) -> list[str]:
    """The words that mean "not known", as they are typed: one after the other, with commas between."""
    return list(dict.fromkeys(filter(None, (word.strip() for word in text.split(",")))))


def pair(text: str) -> Condition | None:
    """A condition as the lists offer it: a column and one of its values."""
    if not text:
        return None
    try:
        column, value = json.loads(text)
    except (ValueError, TypeError):
        raise BadRecipe("group") from None
    return Condition(str(column), Check.IS, str(value))


def pair_text(column: str, value: str) -> str:
    """The same as the value of an option."""
    return json.dumps([column, value], ensure_ascii=False)


def offered(facts: Facts) -> dict[str, str]:
    """Choices that the file itself suggests; a person looks at them before anything is saved."""
    dates, numbers = facts.of_kind("dates"), facts.of_kind("numbers")
    date = _called(facts.names, _DAYS) or (dates[0] if dates else "")
    counts = [name for name in facts.names if name.casefold() in ("numerator", "denominator")]
    value = _called(facts.names, _VALUES) or (numbers[0] if len(numbers) == 1 else "")
    is_readings = bool(date) and len(dates) < 2 and (bool(value) or len(counts) == 2) and len(facts.columns) <= 6
    offer = {"kind": "readings" if is_readings else "events", "date": date, "missing": ", ".join(facts.missing)}
    if len(counts) == 2:
        offer |= {name.casefold(): name for name in counts}
    elif is_readings:
        offer["value"] = value
    note = _called(facts.of_kind("words"), ("note", "notes", "comment"))
    return offer | ({"note": note} if is_readings and note else {})


def _called(names: list[str], wanted: tuple[str, ...]) -> str:
    return next((name for name in names if name.casefold() in wanted), "")


def _numbers(choices: Choices) -> dict[str, Any]:
    value, numerator, denominator = (choices.get(name, "") for name in ("value", "numerator", "denominator"))
    if numerator and not denominator:
        raise BadRecipe("denominator")
    if denominator and not numerator:
        raise BadRecipe("numerator")
    return {"numerator": numerator, "denominator": denominator} if numerator else {"value": value}


def _filters(choices: Choices) -> tuple[Condition, ...]:
    own = _condition(choices, "only")
    return (own,) if own else ()


def _condition(choices: Choices, prefix: str) -> Condition | None:
    column, value = choices.get(f"{prefix}_column", ""), choices.get(f"{prefix}_value", "")
    if not column:
        return None
    test = Check(choices.get(f"{prefix}_test") or Check.IS)
    try:
        return Condition(column, test, value.replace(",", ".") if test.of_number else value)
    except BadRecipe:
        raise BadRecipe(f"{prefix}_value") from None


def _count(choices: Choices, order: Order | None) -> Rows | Share | OfNumber | OfTime | OfAnswers:
    match choices.get("what"):
        case "rows":
            return Rows()
        case "share":
            return Share(_share(choices))
        case "number":
            return OfNumber(_needed(choices, "number"), *_average(choices))
        case "time":
            start, end = (DateColumn(_needed(choices, name), order) for name in ("start", "end"))
            return OfTime(start, end, Unit(choices.get("unit_of_time") or Unit.HOURS), *_average(choices))
        case "answers":
            return OfAnswers(_needed(choices, "answers"), Question(choices.get("question") or Question.NPS))
    raise BadRecipe("what")


def _share(choices: Choices) -> Condition:
    chosen = choices.get("share", "")
    found = _condition(choices, "share") if chosen == OWN else pair(chosen)
    if found is None:
        raise BadRecipe("share_column" if chosen == OWN else "share")
    return found


def _average(choices: Choices) -> tuple[Average, float]:
    try:
        percent = float((choices.get("percent") or "90").replace(",", "."))
    except ValueError:
        raise BadRecipe("percent") from None
    return Average(choices.get("average") or Average.MEDIAN), percent


def _needed(choices: Choices, name: str) -> str:
    if not choices.get(name):
        raise BadRecipe(name)
    return choices[name]
