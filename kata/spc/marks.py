"""Some of a phase's points, as the bits of one whole number: bit 0 for the first point, and so on.

So that one operation of the machine asks the same of every point: shifted by one, each point's bit is beneath that of
its neighbour. A chart of forty thousand points is tested in the time in which Python would look at a few thousand.
"""

from collections.abc import Iterable
from typing import TypeAlias

Marks: TypeAlias = int

_DIGITS = bytes.maketrans(b"\0\1", b"01")
_BITS = bytes.maketrans(b"01", b"\0\1")


def marked(points: Iterable[bool]) -> Marks:
    """The points for which this is true."""
    return int(bytes(points)[::-1].translate(_DIGITS) or b"0", 2)


def each(marks: Marks, points: int) -> bytes:
    """For each of so many points 1 or 0."""
    return format(marks, f"0{points}b").encode()[::-1].translate(_BITS)


def whole(points: int, size: int) -> Marks:
    """The points with which a window of ``size`` begins that ends within so many points."""
    return (1 << max(points - size + 1, 0)) - 1


def runs(marks: Marks, size: int) -> Marks:
    """Where a run of so many marked points begins; a longer one begins at several points."""
    found = marks
    for offset in range(1, size):
        found &= marks >> offset
    return found


def from_each(starts: Marks, size: int) -> Marks:
    """So many points from each of these on."""
    found = starts
    for offset in range(1, size):
        found |= starts << offset
    return found


def any_of(marks: Marks, size: int) -> Marks:
    """Where a window of so many points begins of which any is marked."""
    found = marks
    for offset in range(1, size):
        found |= marks >> offset
    return found


def all_but_one(marks: Marks, size: int) -> Marks:
    """Where a window of so many points begins of which all are marked, or all but one."""
    full, lacking = -1, 0
    for offset in range(size):
        here = marks >> offset
        full, lacking = full & here, (lacking & here) | (full & ~here)
    return full | lacking
