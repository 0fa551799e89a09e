"""Complaints for each thousand (or hundred thousand) of what could have led to one."""

from __future__ import annotations

from kata.formulas.figure import Figure
from kata.formulas.intervals import poisson


def complaint_rate(complaints: int, exposure: float, *, per: float = 1000, confidence: float = 0.95) -> Figure:
    """``per`` · complaints / exposure, with the exact Poisson interval.

    What the exposure is (accounts, units sold, passengers) must be said beside the number. Complaints may exceed it.
    No complaint is a rate of 0 whose upper bound is not: it never means "no risk". Undefined without exposure.
    """
    if complaints < 0 or exposure < 0:
        raise ValueError("complaints and exposure cannot be negative")
    if exposure == 0:
        return Figure(value=None, n=complaints, numerator=complaints, denominator=exposure)
    low, high = poisson(complaints, confidence)
    scale = per / exposure
    return Figure(
        value=scale * complaints,
        n=complaints,
        numerator=complaints,
        denominator=exposure,
        low=scale * low,
        high=scale * high,
    )
