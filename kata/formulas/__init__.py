"""Customer measures by their published definitions, with margins of error. Pure: numbers in, a `Figure` out."""

from kata.formulas.answers import Answers, Scale
from kata.formulas.averages import mean, median, percentile
from kata.formulas.complaints import complaint_rate
from kata.formulas.contacts import Contact, Repeats, fcr_by_repeats, gross_fcr, net_fcr
from kata.formulas.effort import EASE, EFFORT, ces_agreeing, ces_index, ces_mean, ces_original
from kata.formulas.figure import Dropped, Figure
from kata.formulas.intervals import clopper_pearson, wilson
from kata.formulas.loyalty import Cohort, defection, retention
from kata.formulas.recommendation import LIKELIHOOD, Method, Promotion, nps, nps_change
from kata.formulas.satisfaction import FIVE_POINTS, csat, net_satisfaction
from kata.formulas.shares import balance, share

__all__ = [
    "EASE",
    "EFFORT",
    "FIVE_POINTS",
    "LIKELIHOOD",
    "Answers",
    "Cohort",
    "Contact",
    "Dropped",
    "Figure",
    "Method",
    "Promotion",
    "Repeats",
    "Scale",
    "balance",
    "ces_agreeing",
    "ces_index",
    "ces_mean",
    "ces_original",
    "clopper_pearson",
    "complaint_rate",
    "csat",
    "defection",
    "fcr_by_repeats",
    "gross_fcr",
    "mean",
    "median",
    "net_fcr",
    "net_satisfaction",
    "nps",
    "nps_change",
    "percentile",
    "retention",
    "share",
    "wilson",
]
