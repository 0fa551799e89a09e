"""Every customer measure gives the numbers that other programs computed and other people published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kata.formulas import (
    Answers,
    Cohort,
    Figure,
    Method,
    Promotion,
    ces_agreeing,
    ces_index,
    ces_mean,
    clopper_pearson,
    complaint_rate,
    csat,
    defection,
    gross_fcr,
    mean,
    net_fcr,
    net_satisfaction,
    nps,
    nps_change,
    retention,
)

GROUPS = json.loads((Path(__file__).parents[1] / "vectors/cx_measures.json").read_text("utf-8"))["groups"]

Case = dict[str, Any]


def cases(group: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in GROUPS[group]])


def same(expected: float) -> Any:
    return pytest.approx(expected, rel=1e-12, abs=1e-10)


def bounds(figure: Figure) -> list[float | None]:
    return [figure.low, figure.high]


def inside_the_scale(interval: list[float]) -> Any:
    return same([max(-100, interval[0]), min(100, interval[1])])


@cases("nps")
def test_nps(case: Case) -> None:
    given, expected = case["input"], case["expected"]
    confidence = given.pop("confidence")
    promotion = Promotion(**given)
    net, error = promotion.estimate(Method.WALD)
    wald = nps(promotion, confidence=confidence, method=Method.WALD)
    adjusted = nps(promotion, confidence=confidence)
    assert (wald.n, wald.value, adjusted.value) == (expected["n"], same(expected["nps"]), same(expected["nps"]))
    assert (100 * net, 100 * error) == same((expected["nps"], expected["standard_error"]))
    assert error**2 * wald.n == same(expected["variance"])
    assert bounds(wald) == inside_the_scale(expected["ci_wald"])
    assert bounds(adjusted) == inside_the_scale(expected["ci_adjusted_wald"])
    if "published" in case:
        published = case["published"]
        assert adjusted.value == same(published.get("nps", expected["nps"]))
        assert 100 * error == pytest.approx(published.get("se", 100 * error), abs=published.get("tolerance_se", 1))


@cases("nps_raw")
def test_nps_from_raw_answers(case: Case) -> None:
    scores, expected = case["input"]["scores"], case["expected"]
    promotion = Promotion.of(scores)
    counts = (promotion.detractors, promotion.passives, promotion.promoters)
    assert counts == (expected["detractors"], expected["passives"], expected["promoters"])
    assert promotion.n == expected["n_valid"] == len(scores) - promotion.dropped.total
    assert nps(promotion).value == same(expected["nps"])
    assert 100 * promotion.estimate(Method.WALD)[1] == same(expected["standard_error"])


@cases("nps_two")
@pytest.mark.parametrize("method", Method)
def test_change_of_nps(case: Case, method: Method) -> None:
    given, expected = case["input"], case["expected"]
    before, after = Promotion(**given["period1"]), Promotion(**given["period2"])
    change = nps_change(before, after, method=method, confidence=given["confidence"])
    assert change.value == same(expected["difference_2_minus_1"])
    assert bounds(change) == same(expected[f"ci_abs_difference_{method}"])


@cases("csat")
def test_csat(case: Case) -> None:
    answers, expected = Answers.counted(case["input"]["counts_1_to_5"]), case["expected"]
    for name, satisfied_from in (("top2box", 4), ("top_box", 5)):
        top, cautious = expected[name], csat(answers, satisfied_from=satisfied_from, interval=clopper_pearson)
        figure = csat(answers, satisfied_from=satisfied_from)
        assert (figure.numerator, figure.denominator, figure.value) == (top["x"], top["n"], same(top["percent"]))
        assert bounds(figure) == same(top["ci_wilson"])
        assert bounds(cautious) == same(top["ci_clopper_pearson"])
    assert net_satisfaction(answers).value == same(expected["net_satisfaction"])
    assert mean(answers.values()).value == same(expected["mean"])
    published = case.get("published", {})
    tolerance = published.get("tolerance", 1e-9)
    assert csat(answers).value == pytest.approx(published.get("top2box_percent", csat(answers).value), abs=tolerance)


@cases("ces")
def test_ces(case: Case) -> None:
    answers, expected = Answers.counted(case["input"]["counts_1_to_7"]), case["expected"]
    agreeing, figure = expected["percent_agree_5_to_7"], ces_agreeing(answers)
    assert (figure.numerator, figure.n, figure.value) == (agreeing["x"], agreeing["n"], same(agreeing["percent"]))
    assert bounds(figure) == same(agreeing["ci_wilson"])
    assert bounds(ces_agreeing(answers, interval=clopper_pearson)) == same(agreeing["ci_clopper_pearson"])
    assert ces_mean(answers).value == same(expected["mean"])
    assert ces_index(answers).value == same(expected["index_67_minus_123"])


@cases("complaint_rate")
def test_complaint_rate(case: Case) -> None:
    figure = complaint_rate(**case["input"])
    assert figure.value == same(case["expected"]["rate"])
    assert bounds(figure) == same(case["expected"]["ci_exact_poisson"])
    if "published" in case:
        assert figure.value == pytest.approx(case["published"]["rate"], abs=case["published"]["tolerance"])


@cases("fcr")
def test_first_contact_resolution(case: Case) -> None:
    resolved, contacts, unresolvable = case["input"].values()
    expected = case["expected"]["gross_fcr"]
    figure = gross_fcr(resolved, contacts)
    assert (figure.numerator, figure.n, figure.value) == (expected["x"], expected["n"], same(expected["percent"]))
    assert bounds(figure) == same(expected["ci_wilson"])
    assert bounds(gross_fcr(resolved, contacts, interval=clopper_pearson)) == same(expected["ci_clopper_pearson"])
    assert net_fcr(resolved, contacts, unresolvable).value == same(case["expected"]["net_fcr"])


@cases("churn")
def test_defection_and_retention(case: Case) -> None:
    start, won, lost = case["input"].values()
    cohort, expected = Cohort(start=start, lost=lost, won=won), case["expected"]
    assert cohort.end == expected["end"]
    assert defection(cohort).value == same(expected["defection_rate"])
    assert bounds(defection(cohort)) == same(expected["ci_defection_wilson"])
    assert retention(cohort).value == same(expected["retention_rate"])
