"""Warnings that belong beside a chart: when its limits are young, its data coarse, its signals cheap."""

from collections.abc import Sequence
from itertools import pairwise

from kata.spc.counts import are_small_counts
from kata.spc.results import Analysis
from kata.spc.settings import D2, LONG_ABOVE, MANY_GAPS_ABOVE, SHIFT_OF_LONG
from kata.spc.terms import Caution, Rule
from kata.spc.verdicts import is_changing


def cautions(analysis: Analysis) -> tuple[Caution, ...]:
    """Those that apply, the weightiest first; limits are those of the last segment, where the process is now."""
    values = [point.value for point in analysis.points if point.value is not None]
    xmr, last, final = analysis.chart == "xmr", analysis.last, analysis.final_points
    by_shift = Rule.SHIFT in analysis.rules
    found = {
        Caution.PROVISIONAL: last.provisional or (not xmr and any(Rule.SHIFT in point.signals for point in final)),
        Caution.NO_VARIATION: len(final) > 1 and all(point.value == final[0].value for point in final),
        Caution.CHANGING: analysis.assurance is not None and is_changing(final),
        Caution.MANY_GAPS: len(analysis.points) - analysis.n > MANY_GAPS_ABOVE * len(analysis.points),
        Caution.SMALL_COUNTS: xmr and are_small_counts(values),
        Caution.CHUNKY: xmr and is_chunky(values, last.mean_moving_range),
        Caution.LONG: xmr and by_shift and analysis.n > LONG_ABOVE and analysis.settings.shift < SHIFT_OF_LONG,
        Caution.UNSCREENED: any(segment.unscreened for segment in analysis.segments),
    }
    return tuple(caution for caution, applies in found.items() if applies)


def is_chunky(values: Sequence[float], mean_moving_range: float | None) -> bool:
    """Whether the steps in which the values come are coarser than their own sigma, so that limits say little.

    Wheeler's rule, with the mean moving range / 1.128 as sigma; the smallest difference between two values stands in
    for the step of the measurement, which nobody told us.
    """
    if not mean_moving_range:
        return False
    step = min((upper - lower for lower, upper in pairwise(sorted(set(values)))), default=0.0)
    return mean_moving_range / D2 < step
