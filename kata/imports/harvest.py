"""A table and a recipe become readings as a measure can take them, with all that has to be told about the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat
from typing import Any

from kata.formulas import Figure
from kata.measures.actions import Given
from kata.measures.many import named
from kata.measures.models import Measure
from kata.rules import DomainError
from kata.tables import Block, Table
from kata.tallies import Lines, Recipe, Tally, Transcript, Transcription, tally
from kata.web.prose import clean

MOST_TOLD = 20
LONGEST_NOTE = 500

#: Is told how many rows have been gone through, after each block of them.
Tell = Callable[[int], None]


@dataclass(slots=True)
class Harvest:
    """``flaws`` are plain: reason (of ``tallies.Reason``, "note" or "value"), row, column, value, and words where the
    measure itself says no. With any of them nothing may be saved; ``flaw_total`` may exceed those that are told.

    ``left_out`` tells rows of events that do not count, by reason; they hinder nothing.
    """

    given: list[Given] = field(default_factory=list)
    gaps: int = 0
    rows: int = 0
    counted: int = 0
    filtered: int = 0
    left_out: dict[str, Any] = field(default_factory=dict)
    unfinished: date | None = None
    flaws: list[dict[str, Any]] = field(default_factory=list)
    flaw_total: int = 0

    def find_fault(self, reason: str, *, row: int = 0, column: str = "", value: str = "", words: str = "") -> None:
        """Note what forbids saving."""
        self.flaw_total += 1
        if len(self.flaws) < MOST_TOLD:
            self.flaws.append({"reason": reason, "row": row, "column": column, "value": value, "words": words})


def harvest(
    table: Table, recipe: Recipe | Transcription, measure: Measure, *, today: date, keep_unfinished: bool, tell: Tell
) -> Harvest:
    """The readings for ``measure``, which need not exist yet; the recipe is settled. Nothing is written."""
    told = _telling(table, tell)
    if isinstance(recipe, Transcription):
        return _copied(Transcript(told, recipe, today), measure)
    return _counted(tally(told, recipe, today=today), measure, keep_unfinished=keep_unfinished)


def _telling(table: Table, tell: Tell) -> Table:
    """The table, which tells how far it is gone through."""

    def blocks() -> Iterator[Block]:
        for block in table.source.blocks():
            yield block
            if block.numbers:
                tell(block.numbers[-1])

    return replace(table, source=replace(table.source, blocks=blocks))


def _copied(script: Transcript, measure: Measure) -> Harvest:
    found = Harvest()
    for lines in script:
        found.rows += len(lines.rows)
        if not _take_all(found, measure, lines):
            _take_each(found, measure, lines, script.recipe)
    found.rows += script.total
    found.flaw_total += script.total
    flaws = [
        {"reason": each.reason.value, "row": each.row, "column": each.column, "value": each.value, "words": ""}
        for each in script.flaws
    ]
    found.flaws = sorted([*flaws, *found.flaws], key=lambda each: each["row"])[:MOST_TOLD]
    found.counted = len(found.given)
    return found


def _take_all(found: Harvest, measure: Measure, lines: Lines) -> bool:
    """Take these lines over as they are; false where one of them is more than a day and a value that can be."""
    if any(lines.notes) or len(lines.numbers) != 1:
        return False
    values = [value for value in lines.numbers[0] if value is not None]
    if len(values) < len(lines.days) or not measure.allows(values):
        return False
    found.given += named(Given, zip(lines.days, values, repeat(""), repeat(None), repeat(None), strict=False))
    return True


def _take_each(found: Harvest, measure: Measure, lines: Lines, recipe: Transcription) -> None:
    for row, day, numbers, note in lines.each():
        if not numbers:
            found.gaps += 1
            continue
        words = clean(note) if note else ""
        if len(words) > LONGEST_NOTE:
            found.find_fault("note", row=row, column=recipe.note, value=words[:40])
        given = Given(day, numbers[0], words) if len(numbers) == 1 else Given(day, None, words, *numbers)
        _take(found, measure, given, row=row, column=recipe.numbers[-1])


def _counted(result: Tally, measure: Measure, *, keep_unfinished: bool) -> Harvest:
    found = Harvest(rows=result.rows, counted=result.counted, filtered=result.filtered)
    found.left_out = {
        reason.value: {"count": seen.count, "examples": [[each.row, each.value] for each in seen.examples]}
        for reason, seen in result.left_out.items()
    }
    for reading in result.readings:
        if reading.is_unfinished and not keep_unfinished:
            found.unfinished = reading.start
        elif reading.figure.value is None:
            found.gaps += 1
        else:
            _take(found, measure, _given(reading.start, reading.figure, measure))
    return found


def _given(day: date, figure: Figure, measure: Measure) -> Given:
    """With its two counts where the measure keeps them and the figure is made of them."""
    if measure.per is not None and figure.denominator:
        return Given(day, None, "", figure.numerator, figure.denominator)
    return Given(day, figure.value)


def _take(found: Harvest, measure: Measure, given: Given, *, row: int = 0, column: str = "") -> None:
    try:
        value = measure.measured(given.value, given.counts)
    except DomainError as broken:
        found.find_fault("value", row=row, column=column, value=given.day.isoformat(), words=broken.text)
    else:
        found.given.append(given if value == given.value else given._replace(value=value))
