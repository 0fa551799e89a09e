"""The edges and traps of customer measures, by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kata.formulas import (
    EASE,
    FIVE_POINTS,
    Answers,
    Cohort,
    Contact,
    Dropped,
    Figure,
    Method,
    Promotion,
    Scale,
    ces_agreeing,
    ces_index,
    ces_mean,
    ces_original,
    clopper_pearson,
    complaint_rate,
    csat,
    defection,
    fcr_by_repeats,
    mean,
    median,
    net_fcr,
    net_satisfaction,
    nps,
    nps_change,
    percentile,
    retention,
    share,
    wilson,
)

NOBODY = Answers.counted([0] * 5)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "figure",
    [
        nps(Promotion(0, 0, 0)),
        nps_change(Promotion(0, 0, 0), Promotion(1, 2, 3)),
        csat(NOBODY),
        net_satisfaction(NOBODY),
        ces_original(NOBODY),
        ces_agreeing(Answers.of([], EASE)),
        ces_mean(Answers.of([], EASE)),
        ces_index(Answers.of([], EASE)),
        defection(Cohort(start=0, lost=0, won=5)),
        retention(Cohort(start=0, lost=0)),
        complaint_rate(0, 0),
        net_fcr(0, 10, 10),
        fcr_by_repeats([], until=NOON).figure,
        share(0, 0),
        mean([]),
        median([]),
    ],
)
def test_what_nobody_answered_is_undefined_and_never_zero(figure: Figure) -> None:
    assert (figure.value, figure.low, figure.high) == (None, None, None)


class TestRecommendation:
    @pytest.mark.parametrize(("score", "expected"), [(6, -100), (7, 0), (8, 0), (9, 100)])
    def test_the_classes_part_between_6_and_7_and_between_8_and_9(self, score: int, expected: float) -> None:
        assert nps(Promotion.of([score])).value == expected

    @pytest.mark.parametrize("counts", [(0, 0, 12), (0, 12, 0), (12, 0, 0), (1, 0, 0)])
    def test_wald_collapses_where_all_answer_alike_and_the_adjusted_interval_does_not(
        self, counts: tuple[int, int, int]
    ) -> None:
        promotion = Promotion(*counts)
        wald, adjusted = nps(promotion, method=Method.WALD), nps(promotion)
        assert wald.low == wald.high == wald.value
        assert adjusted.low is not None
        assert adjusted.high is not None
        assert adjusted.high - adjusted.low > 25

    def test_the_interval_never_leaves_the_scale(self) -> None:
        assert nps(Promotion(0, 0, 12)).high == 100
        assert nps(Promotion(12, 0, 0)).low == -100

    def test_periods_are_pooled_and_not_averaged(self) -> None:
        quiet, busy = Promotion(0, 0, 2), Promotion(60, 20, 20, Dropped(blank=3))
        pooled = nps(quiet + busy)
        assert pooled.value == pytest.approx(100 * (22 - 60) / 102)
        assert pooled.value != pytest.approx((100 - 40) / 2)
        assert pooled.dropped.blank == 3

    def test_a_fall_keeps_its_sign(self) -> None:
        better, worse = Promotion(30, 60, 110), Promotion(40, 60, 100)
        assert nps_change(better, worse).value == pytest.approx(-10)

    def test_the_score_is_no_proportion(self) -> None:
        """The trap in print: z * sqrt(NPS * (1 - NPS) / n) gives no margin at a score of 0."""
        figure = nps(Promotion(50, 0, 50), method=Method.WALD)
        assert (figure.value, figure.high) == (0, pytest.approx(19.5996, abs=1e-4))

    def test_what_is_no_answer_is_dropped_by_reason(self) -> None:
        raw = ["10", " 9 ", 8.0, "", None, "7.5", "STOP", True, float("nan"), 11, "-1", 10**400]
        promotion = Promotion.of(raw)
        assert (promotion.n, promotion.promoters) == (3, 2)
        assert promotion.dropped == Dropped(blank=2, not_an_answer=5, off_scale=2)


class TestSatisfaction:
    def test_it_is_not_the_mean_and_the_neutral_stay_in_the_denominator(self) -> None:
        bimodal, lukewarm = Answers.counted([50, 0, 0, 0, 50]), Answers.counted([0, 0, 100, 0, 0])
        assert mean(bimodal.values()).value == mean(lukewarm.values()).value == 3
        assert (csat(bimodal).value, csat(lukewarm).value) == (50, 0)
        assert csat(lukewarm).n == 100

    def test_another_scale_needs_its_own_boundary(self) -> None:
        ten = Answers.of(range(1, 11), Scale(1, 10))
        assert csat(ten, satisfied_from=9).value == 20

    def test_the_distribution_stays_at_hand(self) -> None:
        assert Answers.of(["5", 1, "5"], FIVE_POINTS).counts == (1, 0, 0, 0, 2)

    @pytest.mark.parametrize("counts", [(1, 2), (1, 2, -1)])
    def test_counts_that_cannot_be_are_refused(self, counts: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="count"):
            Answers(Scale(1, 3), counts)


class TestEffort:
    def test_all_fours_are_a_mean_of_four_and_nobody_who_agrees(self) -> None:
        fours = Answers.counted([0, 0, 0, 9, 0, 0, 0])
        assert (ces_mean(fours).value, ces_agreeing(fours).value, ces_index(fours).value) == (4, 0, 0)

    def test_the_two_questions_run_in_opposite_directions_and_are_never_mixed_up(self) -> None:
        with pytest.raises(ValueError, match="run from 1 to 5"):
            ces_agreeing(Answers.counted([0, 0, 0, 0, 9]))
        with pytest.raises(ValueError, match="run from 1 to 7"):
            ces_original(Answers.counted([0, 0, 0, 0, 0, 0, 9]))

    def test_the_first_question_is_reported_as_its_mean(self) -> None:
        assert ces_original(Answers.counted([5, 3, 0, 0, 2])).value == pytest.approx(2.1)


class TestLoyalty:
    def test_growth_does_not_hide_who_left(self) -> None:
        """The trap in print: (start - end) / start is the net change, -10 % here, although 5 % left."""
        cohort = Cohort(start=1000, lost=50, won=150)
        assert cohort.end == 1100
        assert (defection(cohort).value, retention(cohort).value) == (5, 95)

    def test_won_and_lost_inside_the_period_is_not_lost_and_neither_is_lost_and_won_again(self) -> None:
        at_start, at_end = {"ann", "bob", "back again"}, {"ann", "back again", "new"}
        cohort = Cohort.of(at_start, at_end)  # "passing by" came and went between the two
        assert cohort == Cohort(start=3, lost=1, won=1)
        assert retention(cohort).numerator == 2

    def test_more_cannot_be_lost_than_there_were(self) -> None:
        with pytest.raises(ValueError, match="lost <= start"):
            Cohort(start=3, lost=4)


class TestComplaints:
    def test_no_complaint_never_means_no_risk(self) -> None:
        figure = complaint_rate(0, 1000)
        assert (figure.value, figure.low, figure.high) == (0, 0, pytest.approx(3.688879454))

    def test_complaints_can_exceed_the_exposure(self) -> None:
        assert complaint_rate(30, 20, per=1).value == 1.5

    def test_below_nothing_is_refused(self) -> None:
        with pytest.raises(ValueError, match="negative"):
            complaint_rate(-1, 10)


class TestContacts:
    def test_neither_of_two_contacts_about_one_matter_counts(self) -> None:
        contacts = [
            Contact("Tom", "bill", NOON),
            Contact("John", "bill", NOON),
            Contact("John", "bill", NOON + 2 * DAY),
            Contact("Betty", "bill", NOON),
        ]
        repeats = fcr_by_repeats(contacts, until=NOON + 30 * DAY)
        assert (repeats.figure.value, repeats.figure.denominator) == (50, 4)
        assert not repeats.is_provisional

    @pytest.mark.parametrize(("later", "expected"), [(7 * DAY, 0), (7 * DAY + timedelta(minutes=1), 2)])
    def test_the_last_moment_of_the_window_belongs_to_it(self, later: timedelta, expected: int) -> None:
        contacts = [Contact("John", "bill", NOON + later), Contact("John", "bill", NOON)]
        assert fcr_by_repeats(contacts, until=NOON + 30 * DAY).figure.numerator == expected

    def test_another_matter_is_no_repetition(self) -> None:
        contacts = [Contact("John", "bill", NOON), Contact("John", "login", NOON + DAY)]
        assert fcr_by_repeats(contacts, until=NOON + 30 * DAY).figure.value == 100

    def test_the_last_days_are_provisional_until_their_window_has_passed(self) -> None:
        contacts = [Contact("Tom", "bill", NOON), Contact("Betty", "bill", NOON + 8 * DAY)]
        repeats = fcr_by_repeats(contacts, until=NOON + 9 * DAY)
        assert (repeats.immature, repeats.is_provisional) == (1, True)


class TestAverages:
    def test_a_percentile_interpolates_as_numpy_and_spreadsheets_do(self) -> None:
        values = [15, 20, 35, 40, 50]
        assert [percentile(values, p).value for p in (0, 5, 30, 40, 50, 100)] == [15, 16, 23, pytest.approx(29), 35, 50]
        assert median([3, 1, 2, 10]).value == 2.5

    @pytest.mark.parametrize(("n", "ranks"), [(6, (1, 6)), (10, (2, 9)), (15, (4, 12)), (20, (6, 15)), (25, (8, 18))])
    def test_the_interval_of_a_median_takes_the_ranks_of_the_sign_test(self, n: int, ranks: tuple[int, int]) -> None:
        figure = median(range(1, n + 1))
        assert (figure.low, figure.high) == ranks

    def test_a_bound_that_too_few_values_cannot_promise_is_missing(self) -> None:
        assert (median([1, 2, 3, 4, 5]).low, median([1, 2, 3, 4, 5]).high) == (None, None)
        ninetieth = percentile(range(1, 21), 90)
        assert (ninetieth.low, ninetieth.high) == (15, None)

    def test_a_mean_has_students_interval_from_two_values_on(self) -> None:
        figure = mean([5.0, 7.0, 9.0])
        assert (figure.value, figure.numerator, figure.low) == (7, 21, pytest.approx(7 - 4.302652729911 * 2 / 3**0.5))
        assert mean([5.0]).low is None

    def test_a_percentile_beyond_the_values_is_refused(self) -> None:
        with pytest.raises(ValueError, match="between 0 and 100"):
            percentile([1, 2], 101)


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_an_interval_holds_its_share_and_the_cautious_one_reaches_further(hits: int, n: int) -> None:
    hits = min(hits, n)
    (low, high), (lower, higher) = wilson(hits, n), clopper_pearson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert 0 <= lower <= hits / n <= higher <= 1
    if 0 < hits < n:
        assert higher - lower > high - low


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_exact_interval_of_a_rate_holds_it_at_any_count(complaints: int, confidence: float) -> None:
    figure = complaint_rate(complaints, 1, per=1, confidence=confidence)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low <= complaints < figure.high
    assert figure.high - complaints < 4 * (complaints + 4) ** 0.5


def test_more_hits_than_observations_are_refused() -> None:
    with pytest.raises(ValueError, match="hits <= n"):
        share(4, 3)
