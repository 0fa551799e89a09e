"""What an analysis means, in plain words: for the measure's page, its chart and the command.

Three things hold for every sentence. A change is called one only where a stated rule fired. A cause is never claimed.
And where nothing fired, nobody is sent to chase a single point (the lesson of Deming's red beads).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import flask_babel
from flask_babel import lazy_gettext as _l

from kata.spc import Analysis, Assurance, Caution, Direction, Nature, Point, Rule
from kata.spc.settings import (
    ASSURANCE_FROM,
    FROZEN_MEDIAN_RUN,
    MEDIAN_FROM,
    PHASE_SETTLED_FROM,
    SETTLED_FROM,
    SHIFT_OF_LONG,
)
from kata.web.text import number

# The library has no types; these are what it gives.
_: Callable[..., str] = flask_babel.gettext
ngettext: Callable[..., str] = flask_babel.ngettext

#: The names of the rules.
RULES = {
    Rule.OUTSIDE_LIMITS: _l("outside the limits"),
    Rule.SHIFT: _l("shift"),
    Rule.TREND: _l("trend"),
    Rule.TWO_OF_THREE: _l("two of three near a limit"),
    Rule.RUN: _l("run"),
    Rule.THREE_OF_FOUR: _l("three of four near a limit"),
    Rule.MOVING_RANGE: _l("moving range"),
}
#: What the rule that names the latest point saw.
_SEEN = {
    (Rule.OUTSIDE_LIMITS, Direction.HIGH): _l("The latest point lies above the expected range."),
    (Rule.OUTSIDE_LIMITS, Direction.LOW): _l("The latest point lies below the expected range."),
    (Rule.SHIFT, Direction.HIGH): _l("The latest points, %(n)s or more in a row, all lie above the %(centre)s."),
    (Rule.SHIFT, Direction.LOW): _l("The latest points, %(n)s or more in a row, all lie below the %(centre)s."),
    (Rule.TREND, Direction.HIGH): _l("The latest points, %(n)s or more in a row, rise from each to the next."),
    (Rule.TREND, Direction.LOW): _l("The latest points, %(n)s or more in a row, fall from each to the next."),
    (Rule.TWO_OF_THREE, Direction.HIGH): _l(
        "Two of the latest three points lie at the upper end of the expected range."
    ),
    (Rule.TWO_OF_THREE, Direction.LOW): _l(
        "Two of the latest three points lie at the lower end of the expected range."
    ),
    (Rule.THREE_OF_FOUR, Direction.HIGH): _l(
        "Three of the latest four points lie nearer to the upper limit than to the average."
    ),
    (Rule.THREE_OF_FOUR, Direction.LOW): _l(
        "Three of the latest four points lie nearer to the lower limit than to the average."
    ),
    (Rule.MOVING_RANGE, None): _l("The latest point lies further from the one before than it usually does."),
}
_SEEN |= {(Rule.RUN, way): _SEEN[Rule.SHIFT, way] for way in Direction}

_CHANGED = {
    Nature.IMPROVEMENT: _l("Something has changed for the better."),
    Nature.CONCERN: _l("Something has changed for the worse."),
}

_ASSURED = {
    Assurance.PASS: _l("As it runs now, the process always meets the target of %(target)s."),
    Assurance.HIT_OR_MISS: _l("As it runs now, the process sometimes meets the target of %(target)s, sometimes not."),
    Assurance.FAIL: _l("As it runs now, the process never meets the target of %(target)s."),
}
#: The warnings that no other sentence tells.
_CAUTIONS = {
    Caution.MANY_GAPS: _l("More than a tenth of the values are missing. What happened then, the chart cannot show."),
    Caution.SMALL_COUNTS: _l(
        "The counts are so small that an improvement can hardly show. The days from one event to the next tell more."
    ),
    Caution.CHUNKY: _l("The values come in coarse steps, so the expected range says little. Measure more finely."),
    Caution.LONG: _l(
        "On so long a chart, %(shift)s points in a row lie on one side now and then by chance. Look for %(more)s."
    ),
    Caution.UNSCREENED: _l("Large jumps were not left out of the expected range: hardly anything else varies."),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """``verdict``: signal or routine variation. ``target``: whether the process meets it, empty where none is set.
    ``provisional``: how far the limits can be trusted yet, empty where they can. ``lesson``: what to do, and not to
    do, about it. ``cautions``: what else to know before trusting the chart.
    """

    verdict: str
    target: str
    provisional: str
    lesson: str
    cautions: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What belongs above a chart: the verdict, and what there is to say about target and limits."""
        return " ".join(filter(None, (self.verdict, self.target, self.provisional)))


def meaning(analysis: Analysis, unit: str = "") -> Meaning:
    """The analysis in words, in the reader's language. ``unit`` is written behind values."""
    filled = {"shift": analysis.settings.shift, "more": SHIFT_OF_LONG}
    return Meaning(
        verdict=verdict(analysis, unit),
        target=target(analysis, unit),
        provisional=provisional(analysis),
        lesson=lesson(analysis),
        cautions=tuple(str(_CAUTIONS[each]) % filled for each in analysis.cautions if each in _CAUTIONS),
    )


def verdict(analysis: Analysis, unit: str = "") -> str:
    """Whether the points show a signal or look like routine variation."""
    last, points = analysis.last, analysis.final_points
    if not points:
        return _("This phase has no points yet.") if len(analysis.segments) > 1 else _("There are no points yet.")
    if last.centre is None:
        return _until_median(analysis.n)
    if points[-1].signals:
        return _changed(points[-1], analysis)
    if analysis.chart == "xmr" and last.lower is None:
        return _("One point is too few to tell: an expected range needs a second one.")
    if last.long_run or last.few_crossings:
        return f"{_('Something has changed.')} {_unusual_runs(analysis)}"
    if Caution.NO_VARIATION in analysis.cautions:
        value = _with_unit(points[-1].value, unit)
        return _("There is no variation in the data: every point is %(value)s.", value=value)
    return _routine(analysis)


def target(analysis: Analysis, unit: str = "") -> str:
    """Whether the process always, sometimes or never meets its target; empty where there is no target to meet."""
    if analysis.target is None or analysis.better == "neither":
        return ""
    if Caution.CHANGING in analysis.cautions:
        said = _("The process is changing, so nobody can tell yet whether it will meet the target of %(target)s.")
    elif analysis.assurance is not None:
        said = str(_ASSURED[analysis.assurance])
    elif analysis.chart == "run" and analysis.last.n >= ASSURANCE_FROM:
        said = _("A run chart has no limits, so it cannot tell whether the target of %(target)s will be met.")
    else:
        said = _("Whether the process meets the target of %(target)s can be told from %(n)s points on.")
    return said % {"target": _with_unit(analysis.target, unit), "n": ASSURANCE_FROM}


def provisional(analysis: Analysis) -> str:
    """That limits or median rest on few points. Empty where they rest on enough, and where all points are equal."""
    if Caution.PROVISIONAL not in analysis.cautions or Caution.NO_VARIATION in analysis.cautions:
        return ""
    if analysis.chart == "run":
        return _("The median is provisional: it rests on few points and will still move.")
    if analysis.n < SETTLED_FROM:
        return _("The expected range is provisional until there are %(n)s points.", n=SETTLED_FROM)
    return _("The expected range is provisional until this phase has %(n)s points.", n=PHASE_SETTLED_FROM)


def lesson(analysis: Analysis) -> str:
    """What follows for whoever looks at the chart. Empty while there is no line to compare a point with."""
    last, points = analysis.last, analysis.final_points
    if last.centre is None or (analysis.chart == "xmr" and last.lower is None):
        return ""
    if points[-1].signals or last.long_run or last.few_crossings:
        return _("The chart shows that something changed, not why. Go and see what was different.")
    if analysis.assurance is Assurance.FAIL or analysis.assurance is Assurance.HIT_OR_MISS:
        return _(
            "Do not react to single points, good or bad: they come from the same process. "
            "To meet the target every time, change how the work is done."
        )
    return _(
        "Do not react to single points, good or bad: they come from the same process. "
        "For a better result, change how the work is done."
    )


def _changed(final: Point, analysis: Analysis) -> str:
    changed = _CHANGED.get(final.nature) or _("Something has changed.")
    direction = final.directions[0] if final.directions else None
    seen = str(_SEEN[final.signals[0], direction])
    return f"{changed} {seen % _filled(final.signals[0], analysis)}"


def _filled(rule: Rule, analysis: Analysis) -> dict[str, object]:
    """How long the run or trend is at least, and what it is about."""
    if analysis.chart == "run":
        length = FROZEN_MEDIAN_RUN if rule is Rule.SHIFT else analysis.settings.trend
        return {"n": length, "centre": _("median")}
    return {"n": analysis.settings.trend if rule is Rule.TREND else analysis.settings.shift, "centre": _("average")}


def _unusual_runs(analysis: Analysis) -> str:
    last = analysis.last
    if last.long_run:
        return _(
            "%(n)s points in a row lie on the same side of the median; by chance it is seldom more than %(most)s.",
            n=last.longest_run,
            most=last.longest_run_limit,
        )
    return ngettext(
        "The points cross the median only once; by chance it is seldom fewer than %(least)s times.",
        "The points cross the median only %(num)s times; by chance it is seldom fewer than %(least)s times.",
        last.crossings or 0,
        least=last.crossings_limit,
    )


def _routine(analysis: Analysis) -> str:
    """Nothing fired at the latest point. Signals before it are told, but only those of the phase that is looked at."""
    earlier = sum(1 for each in analysis.final_points if each.signals)
    if earlier:
        return ngettext(
            "The latest point looks like routine variation. One earlier point is a signal.",
            "The latest point looks like routine variation. %(num)s earlier points are signals.",
            earlier,
        )
    if len(analysis.segments) > 1:
        return _("Since this phase began, the points so far look like routine variation.")
    if analysis.n < ASSURANCE_FROM:
        return _("The points so far look like routine variation, but there are few of them.")
    return _("The points so far look like routine variation.")


def _until_median(n: int) -> str:
    missing = max(MEDIAN_FROM - n, 1)
    return ngettext(
        "One more point, and a median can be drawn. Until then each point stands for itself.",
        "%(num)s more points, and a median can be drawn. Until then each point stands for itself.",
        missing,
    )


def _with_unit(value: float | None, unit: str) -> str:
    return f"{number(value)}\N{NO-BREAK SPACE}{unit}" if unit else number(value)
