"""Every threshold of the charts in one place, and the two presets that teams choose from.

The numbers are those of `spc.md`, which weighs them up; each is named here after whoever uses it.
"""

from dataclasses import dataclass
from enum import StrEnum

from kata.spc.terms import Chart, Rule

#: The mean moving range of two neighbours, in sigmas.
D2 = 1.128
#: Limits lie this many mean moving ranges from the mean: 3 / d2, rounded as Wheeler and NHS England do.
LIMIT_FACTOR = 2.66
#: The same as qicharts2 and PowerBI-SPC compute it: 0.016 % closer to the mean.
LIMIT_FACTOR_D2 = 3 / D2
#: Moving ranges above this many of their mean are signals: D4, rounded as Wheeler does.
RANGE_FACTOR = 3.268
#: D4 as NHSRplotthedots, qicharts2 and PowerBI-SPC round it; screening drops what reaches it.
RANGE_FACTOR_3267 = 3.267

SHIFT_LENGTHS = range(6, 10)
TREND_LENGTHS = range(6, 8)

#: From how many points on a median, Anhøj's crossings, an XmR chart, and limits that are no longer called provisional.
MEDIAN_FROM = 6
CROSSINGS_FROM = 10
XMR_FROM = 12
SETTLED_FROM = 20
#: A phase that begins later has limits of its own; they are provisional until it has this many points.
PHASE_SETTLED_FROM = 12

#: The fewest points that may be locked as the baseline of each phase.
FEWEST_IN_BASELINE: dict[Chart, int] = {"xmr": 12, "run": 10, "dots": 10}
#: So many points on one side of a median that was frozen before them come by chance once in 32 times.
FROZEN_MEDIAN_RUN = 6

#: Assurance needs this many points in the last phase, and no signal among the last so many.
ASSURANCE_FROM = 12
#: Above this many points a shift of eight is proposed in place of seven.
LONG_ABOVE = 36
SHIFT_OF_LONG = 8
#: The share of missing values that deserves a warning when it is exceeded.
MANY_GAPS_ABOVE = 0.1


class TwoOfThree(StrEnum):
    """Three published readings of "two of three points beyond two sigma" (`spc.md`, section 2)."""

    MDC_2023 = "mdc_2023"  # all three on one side of the mean; points outside the limits count
    NHSR_0_2_2 = "nhsr_0_2_2"  # the same, but points outside the limits do not count
    POWER_BI = "power_bi"  # points outside the limits count, and the third point may lie anywhere


@dataclass(frozen=True, slots=True)
class Settings:
    """How a chart is judged. `rules` are in the order in which they name a point that several of them flag."""

    rules: tuple[Rule, ...]
    shift: int = 7
    trend: int | None = 7
    two_of_three: TwoOfThree = TwoOfThree.MDC_2023
    screening: bool = False
    limit_factor: float = LIMIT_FACTOR
    range_factor: float = RANGE_FACTOR

    def __post_init__(self) -> None:
        """Refuse what the design leaves out for crying wolf too often, such as a trend of five."""
        if self.shift not in SHIFT_LENGTHS:
            raise ValueError(f"A shift is 6, 7, 8 or 9 points long, not {self.shift}.")
        if self.trend is not None and self.trend not in TREND_LENGTHS:
            raise ValueError(f"A trend is 6 or 7 points long, not {self.trend}.")
        if self.limit_factor not in (LIMIT_FACTOR, LIMIT_FACTOR_D2):
            raise ValueError("Limits lie 2.66 or 3/1.128 mean moving ranges from the mean.")
        if self.range_factor not in (RANGE_FACTOR, RANGE_FACTOR_3267):
            raise ValueError("The limit of the moving ranges is 3.268 or 3.267 times their mean.")

    @property
    def tested(self) -> tuple[Rule, ...]:
        """The rules that are switched on."""
        return self.rules if self.trend is not None else tuple(rule for rule in self.rules if rule is not Rule.TREND)


#: NHS England, Making Data Count: its rules, named in the order of NHSRplotthedots.
MDC = Settings(rules=(Rule.OUTSIDE_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT))
#: Wheeler, as xmrit and statprocon apply him. A moving range comes last, for it has no direction.
WHEELER = Settings(rules=(Rule.OUTSIDE_LIMITS, Rule.THREE_OF_FOUR, Rule.RUN, Rule.MOVING_RANGE), shift=8)
