"""Dates and numbers that can be read in two ways: settled by the whole column, or asked about. Never guessed. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, TypeVar

from kata.tables import (
    DecimalSign,
    Order,
    Sightings,
    Table,
    Verdict,
    missing_words,
    survey_dates,
    survey_numbers,
)
from kata.tables.dates import DateSurvey
from kata.tables.surveys import Survey
from kata.tallies import DateColumn, OfAnswers, OfNumber, OfTime, Recipe, Share, Transcription, Unfit

R = TypeVar("R", bound=Recipe | Transcription)


@dataclass(frozen=True, slots=True)
class Question:
    """What the file does not tell. ``one`` and ``other`` are rows that prove the two ways, where it contradicts itself;
    ``open`` are rows that can be read in both.
    """

    about: Literal["order", "sign", "percent", "money"]
    column: str
    one: tuple[tuple[int, str], ...] = ()
    other: tuple[tuple[int, str], ...] = ()
    open: tuple[tuple[int, str], ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Dicts, lists, texts and numbers only."""
        return asdict(self)


def settle(table: Table, recipe: R) -> tuple[R, list[Question]]:
    """The recipe with what the columns prove, and what has still to be asked.

    What a person said before stands where the file proves nothing; what it proves stands above it. Raises Unfit.
    """
    if lacking := tuple(name for name in recipe.columns if table.column(name) is None):
        raise Unfit(lacking)
    questions: list[Question] = []
    settled = _with_sign(table, recipe, questions)
    settled = replace(settled, date=_settled_date(table, settled, settled.date, questions))
    if isinstance(settled, Recipe) and isinstance(settled.count, OfTime):
        start = _settled_date(table, settled, settled.count.start, questions)
        end = _settled_date(table, settled, settled.count.end, questions)
        settled = replace(settled, count=replace(settled.count, start=start, end=end))
    return settled, _once(questions)


def number_columns(recipe: Recipe | Transcription) -> tuple[str, ...]:
    """The columns whose cells are read as numbers."""
    if isinstance(recipe, Transcription):
        return recipe.numbers
    asked = [condition.column for condition in recipe.conditions if condition.check.of_number]
    match recipe.count:
        case OfNumber(column=column) | OfAnswers(column=column):
            asked.append(column)
        case Share(of) if of.check.of_number:
            asked.append(of.column)
    return tuple(dict.fromkeys(asked))


def _settled_date(table: Table, recipe: R, of: DateColumn, questions: list[Question]) -> DateColumn:
    column = table.column(of.column)
    if column is None:
        raise Unfit((of.column,))
    found = survey_dates(table.stretches(column), missing_words(recipe.missing))
    if found.verdict in (Verdict.AMBIGUOUS, Verdict.MIXED) and of.order is None:
        questions.append(_order_question(of.column, found))
    proved: Order | None = found.order
    return replace(of, order=proved or of.order)


def _order_question(column: str, found: DateSurvey) -> Question:
    asked = _question("order", column, found)
    if found.verdict is Verdict.AMBIGUOUS:
        return replace(asked, open=asked.open + _rows(found.short))
    if not found.short.count:
        return asked
    first, *others = _rows(found.narrowing) + asked.one + asked.other + asked.open
    return replace(asked, one=(first,), other=tuple(others), open=())


def _with_sign(table: Table, recipe: R, questions: list[Question]) -> R:
    """One sign for all of the recipe's columns: what any of them proves holds for the others."""
    proved: DecimalSign | None = None
    doubtful: list[Question] = []
    for name in number_columns(recipe):
        column = table.column(name)
        if column is None:
            raise Unfit((name,))
        found = survey_numbers(table.stretches(column), missing_words(recipe.missing))
        if found.verdict in (Verdict.AMBIGUOUS, Verdict.MIXED):
            doubtful.append(_question("sign", name, found))
        proved = proved or found.sign
        if len(found.kinds) > 1:
            one, other, *more = map(_rows, found.kinds)
            about: Literal["money", "percent"] = "money" if found.money else "percent"
            questions.append(Question(about, name, one, other, tuple(row for rows in more for row in rows)))
    if recipe.decimal_sign is None and proved is None:
        questions.extend(doubtful)
    return replace(recipe, decimal_sign=proved or recipe.decimal_sign)


def _question(about: Literal["order", "sign"], column: str, found: Survey) -> Question:
    return Question(about, column, _rows(found.one), _rows(found.other), _rows(found.open))


def _rows(seen: Sightings) -> tuple[tuple[int, str], ...]:
    return tuple((each.row, each.value) for each in seen.examples)


def _once(questions: list[Question]) -> list[Question]:
    """Each column is asked about once, though a recipe may name it twice."""
    return list({(each.about, each.column): each for each in questions}.values())
