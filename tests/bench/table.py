"""The rows of the table, and what several parts need to make them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import create_engine, make_url, text

from tests import postgres
from tests.bench.turns import Request, ratio

KB = 1024
HEAD = "| what | found | at most | holds | how |\n| --- | --- | --- | --- | --- |"


@dataclass(frozen=True)
class Row:
    """One line of the table; where no bar was set, it tells what was found and nothing else."""

    what: str
    found: float
    bar: float | None
    unit: str
    said: str = ""

    @property
    def holds(self) -> bool:
        return self.bar is None or self.found <= self.bar

    def __str__(self) -> str:
        number = f"{self.found:.{self._places}f}" if self.unit else f"{self.found:.0f}"
        bar = "–" if self.bar is None else f"{self.bar:g}{self.unit}"
        verdict = "–" if self.bar is None else "yes" if self.holds else "**no**"
        return f"| {self.what} | {number}{self.unit} | {bar} | {verdict} | {self.said} |"

    @property
    def _places(self) -> int:
        return 2 if self.bar is not None and self.bar < 1 else 1


def against(bare: Request, asked: Mapping[str, Request], bars: Mapping[str, float], where: str = "") -> list[Row]:
    """A row for each request but the bare ones; what ``bars`` does not name may take six times as long."""
    return [
        Row(f"{name}{where} against a bare page", ratio(request, bare), bars.get(name, 6), " ×", times(request, bare))
        for name, request in asked.items()
        if not name.startswith("bare")
    ]


def times(request: Request, bare: Request) -> str:
    """How long the two took, as the last column tells it."""
    return f"{request.middle * 1000:.1f} ms and {bare.middle * 1000:.1f} ms, the median of {len(request.times)} turns"


@contextmanager
def postgres_server() -> Iterator[str | None]:
    """The address of an empty database on a server of our own; ``None`` where none can be had."""
    if postgres.find_programs() is None:
        sys.stderr.write("PostgreSQL is left out: no server was found.\n")
        yield None
        return
    with postgres.server() as address:
        yield address


def another(address: str, name: str = "another") -> str:
    """A further database on the same server."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'create database "{name}"'))
    engine.dispose()
    return make_url(address).set(database=name).render_as_string(hide_password=False)
