"""The published results, as the tests of the kernel read them. `tests/vectors/README.md` tells what each of them is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kata.spc import Better

VECTORS = Path(__file__).parents[1] / "vectors"
Json = dict[str, Any]
Values = list[float | None]
Numbers = Sequence[float | None]

WAY: dict[str, Better] = {"increase": "up", "decrease": "down", "neutral": "neither"}


class Result(NamedTuple):
    """What a program made of a series, and how it was asked."""

    series: str
    number: int
    values: Values
    run: Json

    @property
    def has_gaps(self) -> bool:
        return None in self.values


@cache
def cases() -> dict[str, Json]:
    """Every series and edge case by its id."""
    return {case["id"]: case for case in json.loads((VECTORS / "spc.json").read_text(encoding="utf-8"))}


def values(series: str) -> Values:
    return list(cases()[series]["values"])


def results(program: str) -> list[Result]:
    """Everything that this program computed."""
    return [
        Result(case["id"], number, case["values"], run)
        for case in cases().values()
        for number, run in enumerate(case[program], 1)
    ]


def each(chosen: Iterable[Result]) -> pytest.MarkDecorator:
    """Run the test with each of these results, as `result`."""
    parameters = [pytest.param(result, id=f"{result.series}-{result.number}") for result in chosen]
    return pytest.mark.parametrize("result", parameters)


def without_gaps(series: Values) -> Values:
    return [value for value in series if value is not None]


def assert_near(found: Numbers, expected: Numbers, *, within: float | None = None) -> None:
    """Equal to 1e-9 (the programs print 15 digits), or within the distance by which a program rounds."""
    relative, absolute = (1e-9, 1e-9) if within is None else (0.0, within)
    for here, there in zip(found, expected, strict=True):
        if here is None or there is None:
            assert here is there, (found, expected)
        else:
            assert isclose(here, there, rel_tol=relative, abs_tol=absolute), (found, expected)
