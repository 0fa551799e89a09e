"""Why a file is not a table. The words for it are put elsewhere; here stand a code, the place, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What is wrong, or what has to be chosen first."""

    EMPTY = "empty"  # nothing stands in it
    NOT_A_TABLE = "not_a_table"  # a picture, a page, a program …
    TOO_LARGE = "too_large"  # to be unpacked and read within the limits
    SCATTERED = "scattered"  # something stands far below everything else
    PASSWORD = "password"  # noqa: S105 - the name of a fault, not a secret
    BROKEN = "broken"  # its own parts contradict each other, or are missing
    TWICE = "twice"  # the archive holds two parts of the same name: value
    SEVERAL_SHEETS = "several_sheets"  # choices
    NO_SUCH_SHEET = "no_such_sheet"  # value; choices
    NO_SUCH_ROW = "no_such_row"  # the header was said to stand in it: row
    NUL = "nul"  # row
    ENCODING = "encoding"  # it has bytes that mean nothing in the encoding: value
    QUOTES = "quotes"  # a quotation mark that is not closed, or closed too early: row
    LONG_CELL = "long_cell"  # row
    TOO_WIDE = "too_wide"  # row
    RAGGED = "ragged"  # row; value cells where the header has wanted


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. Rows count from 1 as a spreadsheet shows them, whatever line of the file that is."""

    code: Code
    row: int | None = None
    value: str = ""
    wanted: str = ""


class Refused(Exception):
    """The file is not read at all. ``total`` may exceed the problems told; ``choices`` are what could be asked for."""

    def __init__(self, *problems: Problem, total: int | None = None, choices: tuple[str, ...] = ()) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
        self.total = len(problems) if total is None else total
        self.choices = choices

    @property
    def code(self) -> Code:
        return self.problems[0].code


def refused(code: Code, *, row: int | None = None, value: str = "", choices: tuple[str, ...] = ()) -> Refused:
    """The usual case: one problem."""
    return Refused(Problem(code, row, value), choices=choices)
