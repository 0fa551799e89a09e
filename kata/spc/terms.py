"""The words of the kernel: what can be asked of it, and what it can answer.

Every value is the word that files and commands use. How a person is told is said elsewhere (`measures/meaning.py`).
"""

from enum import StrEnum
from typing import Literal

#: Which way is good for the customer.
Better = Literal["up", "down", "neither"]
#: What is drawn: a process behaviour chart, a run chart about the median, or nothing but the points.
Chart = Literal["xmr", "run", "dots"]


class Rule(StrEnum):
    """What makes points a signal. `SHIFT` and `RUN` are the same rule under the name that each preset gives it."""

    OUTSIDE_LIMITS = "outside_limits"
    SHIFT = "shift"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    RUN = "run"
    THREE_OF_FOUR = "three_of_four"
    MOVING_RANGE = "moving_range"


class Direction(StrEnum):
    """Where a signal points: above the centre line or rising, below it or falling."""

    HIGH = "high"
    LOW = "low"


#: A rule that flags a point, and where it points; a moving range points nowhere.
Hit = tuple[Rule, Direction | None]


class Nature(StrEnum):
    """What a point says about the process."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Variation(StrEnum):
    """What the last point says, with its direction: the first of the two Making Data Count icons."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Whether the process as it runs meets its target: always, never or sometimes (the second icon)."""

    PASS = "pass"  # noqa: S105 - no password: what the icon's letter P stands for
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"


class Caution(StrEnum):
    """What a reader of the chart must know before trusting it."""

    PROVISIONAL = "provisional"  # few points made the limits or the median, which will move
    NO_VARIATION = "no_variation"  # all points of the last phase are equal
    CHANGING = "changing"  # signals among the last twelve points: no telling whether the target will be met
    MANY_GAPS = "many_gaps"  # more than a tenth of the values are missing
    SMALL_COUNTS = "small_counts"  # whole numbers so small that the limits say little
    CHUNKY = "chunky"  # measured in steps too coarse for limits
    LONG = "long"  # so many points that a shift of seven comes by chance; eight is proposed
    UNSCREENED = "unscreened"  # screening was asked for and would have left only moving ranges of zero
