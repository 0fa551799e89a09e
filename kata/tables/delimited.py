"""Text with separated cells (CSV in its real varieties) as the source of a table."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from kata.tables import encodings
from kata.tables.blocks import Block, Gathered
from kata.tables.problems import Code, refused
from kata.tables.table import Source

#: Where two of them fit equally well, the earlier: a comma may be a decimal sign.
DELIMITERS = ("\t", ";", "|", ",")
MOST_COLUMNS = 16_384  # as many as a spreadsheet has
_ONE_COLUMN = "\x1f"  # separates nothing that people write
_SAMPLE_BYTES = 1 << 16
_SAMPLE_ROWS = 200
_LINES_AT_ONCE = 1 << 16  # characters of them
_DECIMAL_COMMA = re.compile(r"\s*[+-]?\d+,\d+\s*%?\s*", re.ASCII)
_HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # spreadsheets write and honour such a first line


def read(data: bytes, name: str, *, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """The source. ``encoding`` and ``delimiter`` are what a person chose; else they are told from the file."""
    codec = encoding or encodings.detect(data)
    sample = _sample(data, codec)
    hint = _HINT.fullmatch(sample[0]) if sample else None
    if delimiter is None and hint:
        delimiter = hint[1]
    elif delimiter is None:
        delimiter = "\t" if name.lower().endswith((".tsv", ".tab")) else _delimiter(sample)
    text = _Text(data, codec, delimiter or _ONE_COLUMN, has_hint=hint is not None)
    return Source(text.blocks, "csv", encoding=codec, delimiter=delimiter)


@dataclass(frozen=True, slots=True)
class _Text:
    data: bytes
    codec: str
    delimiter: str
    has_hint: bool

    def blocks(self) -> Iterator[Block]:
        """Every record, decoded on the way. Raises Refused with the row at which the text stops making sense."""
        gathered = Gathered(csv.reader(self._lines(), delimiter=self.delimiter, strict=True))
        try:
            for block in gathered:
                yield block.below(1) if self.has_hint else block
        except csv.Error as error:
            code = Code.LONG_CELL if "field larger" in str(error) else Code.QUOTES
            raise refused(code, row=gathered.number + 1) from None
        except UnicodeDecodeError:
            raise refused(Code.ENCODING, value=self.codec) from None  # which row, its blocks of bytes don't tell
        except _Fault as fault:
            raise refused(fault.code, row=gathered.number + 1) from None

    def _lines(self) -> Iterator[str]:
        """Lines with their ends, since a cell may hold one."""
        text = io.TextIOWrapper(io.BytesIO(self.data), self.codec, newline="")
        return chain.from_iterable(map(self._checked, iter(partial(text.readlines, _LINES_AT_ONCE), [])))

    def _checked(self, lines: list[str]) -> Iterable[str]:
        """The lines themselves where nothing in them needs a closer look."""
        return self._looked_at(lines) if "\0" in "".join(lines) or len(max(lines, key=len)) > MOST_COLUMNS else lines

    def _looked_at(self, lines: list[str]) -> Iterator[str]:
        for line in lines:
            if "\0" in line:
                raise _Fault(Code.NUL)
            if len(line) > MOST_COLUMNS and line.count(self.delimiter) >= MOST_COLUMNS:
                raise _Fault(Code.TOO_WIDE)
            yield line


class _Fault(Exception):
    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def _sample(data: bytes, codec: str) -> list[str]:
    """The first lines, the last of them whole or left out."""
    try:
        text = data[:_SAMPLE_BYTES].decode(codec, errors="replace")
    except LookupError:
        raise refused(Code.ENCODING, value=codec) from None
    lines = text.splitlines(keepends=True)
    return lines if len(data) <= _SAMPLE_BYTES else lines[:-1] or lines


def _delimiter(sample: list[str]) -> str:
    """The one that cuts most rows into the same number of cells; "" when none cuts half of them, or nearly all."""
    fits = [(*_fit(sample, sign), -at) for at, sign in enumerate(DELIMITERS)]
    same, _width, cut, at = max(fits)
    return DELIMITERS[-at] if same >= 0.5 or cut >= 0.9 else ""


def _fit(sample: list[str], sign: str) -> tuple[float, int, float]:
    """Which share of the rows has the commonest number of cells above one, that number, and the share that is cut."""
    none = 0.0, 0, 0.0
    if sign == "," and sample and _is_decimal(sample):
        return none
    try:
        filled = filter(any, csv.reader(sample, delimiter=sign))
        widths = Counter(len(record) for record in islice(filled, _SAMPLE_ROWS))
    except csv.Error:  # a cell longer than any
        return none
    n, alone = widths.total(), widths.pop(1, 0)
    if not widths:
        return none
    width, found = max(widths.items(), key=lambda item: (item[1], item[0]))
    return found / n, width, 1 - alone / n


def _is_decimal(sample: list[str]) -> bool:
    """Whether commas stand only inside single numbers, below a heading without one."""
    return "," not in sample[0] and all(_DECIMAL_COMMA.fullmatch(line) for line in sample if "," in line)
