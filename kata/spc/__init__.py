"""Statistical process control: which changes of a number are signals, and which are routine variation. Pure.

`analyse` takes values and answers an `Analysis`. Everything is held to the "Recommended" of the design's `spc.md` and
proved against published programs (`tests/spc`, `tests/vectors`). Nothing here knows of people, pages or tables.
"""

from kata.spc.analysis import LARGEST, analyse
from kata.spc.counts import are_small_counts, is_rate_too_small, is_share_too_small
from kata.spc.results import Analysis, Point, Segment
from kata.spc.settings import MDC, WHEELER, Settings, TwoOfThree
from kata.spc.terms import Assurance, Better, Caution, Chart, Direction, Nature, Rule, Variation

__all__ = [
    "LARGEST",
    "MDC",
    "WHEELER",
    "Analysis",
    "Assurance",
    "Better",
    "Caution",
    "Chart",
    "Direction",
    "Nature",
    "Point",
    "Rule",
    "Segment",
    "Settings",
    "TwoOfThree",
    "Variation",
    "analyse",
    "are_small_counts",
    "is_rate_too_small",
    "is_share_too_small",
]
