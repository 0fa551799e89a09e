"""Customer satisfaction from answers on a scale: the share of satisfied, not the mean."""

from __future__ import annotations

from kata.formulas.answers import Answers, Scale
from kata.formulas.figure import Figure
from kata.formulas.intervals import ShareInterval, wilson
from kata.formulas.shares import balance, share

FIVE_POINTS = Scale(1, 5)


def csat(
    answers: Answers, *, satisfied_from: int = 4, confidence: float = 0.95, interval: ShareInterval = wilson
) -> Figure:
    """The share of satisfied answers: top two boxes of five points.

    Another scale needs its own ``satisfied_from``, kept with the question; 5 of 5 gives the top box alone.
    Who is neither satisfied nor dissatisfied stays in the denominator.
    """
    hits = answers.between(satisfied_from, answers.scale.highest)
    return share(hits, answers.n, confidence=confidence, interval=interval, dropped=answers.dropped)


def net_satisfaction(answers: Answers, *, satisfied_from: int = 4, dissatisfied_to: int = 2) -> Figure:
    """The share of satisfied less the share of dissatisfied, from -100 to 100."""
    satisfied = answers.between(satisfied_from, answers.scale.highest)
    dissatisfied = answers.between(answers.scale.lowest, dissatisfied_to)
    return balance(satisfied, dissatisfied, answers.n, dropped=answers.dropped)
