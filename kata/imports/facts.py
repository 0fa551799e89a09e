"""What a person is told of a file before anything is decided: its columns, what stands in them, what seems missing.

Told from the first rows only, as an offer. What the import goes by is proved on whole columns (``settle.py``). Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Literal

from kata.tables import (
    MISSING_WORDS,
    Block,
    Stretch,
    Table,
    missing_words,
    survey_dates,
    survey_numbers,
    survey_values,
)
from kata.tables.surveys import Survey

Kind = Literal["dates", "numbers", "words", "blank"]

#: The first rows that values are looked for in, and the fewer that tell what a column holds; less in a wide table.
SAMPLED_ROWS, SURVEYED_ROWS = 2000, 100
SAMPLED_CELLS = 100_000
#: A column is called dates, or numbers, where so much of what says something can be read so.
MOST = 0.8
#: So many columns are told with their values; of those beyond only the name.
TOLD_COLUMNS = 200
MOST_VALUES = 40
EXAMPLES = 3
LONGEST = 60
_MISSING = missing_words(MISSING_WORDS)


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """``values`` are the commonest texts, where they repeat enough to choose from."""

    name: str
    kind: Kind
    examples: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A table as it is told. ``missing`` are the words that seem to mean "not known" in it."""

    kind: str
    sheet: str
    sheets: tuple[str, ...]
    merged: tuple[str, ...]
    header_row: int
    height: int
    shape: str
    columns: tuple[ColumnFacts, ...]
    missing: tuple[str, ...]
    encoding: str = ""
    delimiter: str = ""
    has_bare_times: bool = False  # times of day that do not say in which time zone

    @classmethod
    def of(cls, table: Table) -> Facts:
        """Look through the first rows of the table."""
        told = table.columns[:TOLD_COLUMNS]
        wanted = min(SAMPLED_ROWS, max(SAMPLED_CELLS // len(table.columns), 20))
        rows = list(islice(table.rows(), wanted))
        first = Block([number for number, _cells in rows], [cells for _number, cells in rows])
        columns = [first.stretch(column.position - 1) for column in told]
        texts = [survey_values(stretch.cells) for stretch in columns]
        met = set().union(*texts) if texts else set()
        return cls(
            kind=table.source.kind,
            sheet=table.source.sheet,
            sheets=table.source.sheets,
            merged=table.source.merged,
            header_row=table.header_row,
            height=table.height,
            shape=table.shape,
            columns=(
                *(_facts(column.name, seen, found) for column, seen, found in zip(told, columns, texts, strict=True)),
                *(ColumnFacts(column.name, "words") for column in table.columns[TOLD_COLUMNS:]),
            ),
            missing=tuple(word for word in MISSING_WORDS if word in met),
            encoding=table.source.encoding,
            delimiter=table.source.delimiter,
            has_bare_times=any(map(_has_bare_times, columns)),
        )

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Facts:
        """The facts from what ``to_plain`` gave."""
        columns = tuple(
            ColumnFacts(each["name"], each["kind"], tuple(each["examples"]), tuple(each["values"]))
            for each in plain["columns"]
        )
        lists = {name: tuple(plain[name]) for name in ("sheets", "merged", "missing")}
        return cls(**{**plain, **lists, "columns": columns})

    def to_plain(self) -> dict[str, Any]:
        """Dicts, lists, texts and numbers only."""
        return asdict(self)

    def of_kind(self, kind: Kind) -> list[str]:
        """The names of the columns of this kind, as they stand."""
        return [column.name for column in self.columns if column.kind == kind]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def _facts(name: str, stretch: Stretch, texts: Counter[str]) -> ColumnFacts:
    said = [(text, times) for text, times in texts.most_common() if text]
    examples = tuple(_short(text) for text, _times in said[:EXAMPLES])
    repeated = len(said) <= MOST_VALUES and all(len(text) <= LONGEST for text, _times in said)
    values = tuple(sorted(text for text, _times in said)) if repeated else ()
    return ColumnFacts(name, _kind(stretch, bool(said)), examples, values)


def _has_bare_times(stretch: Stretch) -> bool:
    found = survey_dates([_first(stretch)], _MISSING)
    return _is(found) and found.timed > found.zoned


def _first(stretch: Stretch) -> Stretch:
    return Stretch(stretch.numbers[:SURVEYED_ROWS], stretch.cells[:SURVEYED_ROWS])


def _kind(stretch: Stretch, says_something: bool) -> Kind:
    if not says_something:
        return "blank"
    first = [_first(stretch)]
    if _is(survey_dates(first, _MISSING)):
        return "dates"
    return "numbers" if _is(survey_numbers(first, _MISSING)) else "words"


def _is(found: Survey) -> bool:
    return found.read > 0 and found.read >= MOST * (found.read + found.unreadable.count)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
