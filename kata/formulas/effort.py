"""Customer effort score. Two questions bear this name, and they run in opposite directions.

CES 1.0 (2010): "how much effort did you personally have to put forth", 1 very low to 5 very high; low is good.
CES 2.0 (2013): "the company made it easy for me to handle my issue", 1 to 7, 7 strongly agrees; high is good. The
second is reported in three ways that give three different numbers from the same answers; the share that agrees is
the headline here, the mean comes second, the index is for those who compare with others that use it.
"""

from __future__ import annotations

from kata.formulas.answers import Answers, Scale
from kata.formulas.averages import mean
from kata.formulas.figure import Figure
from kata.formulas.intervals import ShareInterval, wilson
from kata.formulas.shares import balance, share

EFFORT = Scale(1, 5)
EASE = Scale(1, 7)


def ces_original(answers: Answers, *, confidence: float = 0.95) -> Figure:
    """CES 1.0: the mean effort from 1 to 5. Low is good."""
    _expect(answers, EFFORT)
    return mean(answers.values(), confidence=confidence, dropped=answers.dropped)


def ces_agreeing(answers: Answers, *, confidence: float = 0.95, interval: ShareInterval = wilson) -> Figure:
    """CES 2.0, the headline: the share that answers 5, 6 or 7. High is good."""
    _expect(answers, EASE)
    return share(answers.between(5, 7), answers.n, confidence=confidence, interval=interval, dropped=answers.dropped)


def ces_mean(answers: Answers, *, confidence: float = 0.95) -> Figure:
    """CES 2.0 as the mean from 1 to 7. High is good."""
    _expect(answers, EASE)
    return mean(answers.values(), confidence=confidence, dropped=answers.dropped)


def ces_index(answers: Answers) -> Figure:
    """CES 2.0 as the share of 6 and 7 less the share of 1 to 3, from -100 to 100. High is good."""
    _expect(answers, EASE)
    return balance(answers.between(6, 7), answers.between(1, 3), answers.n, dropped=answers.dropped)


def _expect(answers: Answers, scale: Scale) -> None:
    """The two questions run in opposite directions, so one must never be read as the other."""
    if answers.scale != scale:
        raise ValueError(f"these answers run from {answers.scale.lowest} to {answers.scale.highest}")
