"""The line through the readings: broken at gaps, and thinned where there are more readings than pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

Place = tuple[float, float]


def unbroken(places: Iterable[Place | None]) -> Iterator[list[Place]]:
    """The stretches between gaps."""
    for is_gap, stretch in groupby(places, key=lambda place: place is None):
        if not is_gap:
            yield [place for place in stretch if place is not None]


def path(places: Sequence[Place | None]) -> str:
    """The ``d`` of an SVG path; a reading alone between two gaps is a point, for a round cap to show."""
    return "".join("M" + (" ".join(map(_pair, stretch)) + _alone(stretch)) for stretch in unbroken(places))


def dots(places: Iterable[Place]) -> str:
    """The ``d`` of a path of points: many dots in one element, each for a round cap to show."""
    return "".join(f"M{_pair(place)}h0" for place in places)


def extremes(places: Sequence[Place | None], width: float, columns: int) -> list[int]:
    """Positions that draw the same picture on ``columns`` pixels: first, highest, lowest and last of each column.

    A gap is kept as one position, so that the line still breaks there.
    """
    unit = columns / width
    found = [-1 if place is None else int(place[0] * unit) for place in places]
    heights = [0.0 if place is None else place[1] for place in places]
    kept: set[int] = set()
    start = 0
    for end in range(1, len(found) + 1):
        if end == len(found) or found[end] != found[start]:
            inside = range(start, end)
            kept.update((start, end - 1, min(inside, key=heights.__getitem__), max(inside, key=heights.__getitem__)))
            start = end
    return sorted(kept)


def _pair(place: Place) -> str:
    return f"{place[0]:g} {place[1]:g}"


def _alone(stretch: list[Place]) -> str:
    return "h0" if len(stretch) == 1 else ""
