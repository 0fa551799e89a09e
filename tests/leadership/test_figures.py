"""What each figure counts: the days on which it changes, and by how much."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kata.leadership import figures
from kata.leadership.figures import Barrier, Board, Cycle, Experiment, Facts, Figure, Moment, Outcome, Span, Target

START = date(2026, 3, 2)
"""A Monday."""


def day(n: int) -> date:
    return START + timedelta(days=n)


def facts(**of: Any) -> Facts:
    return Facts(team=Span(day(0), None), **of)


def board(begun: int = 0, ended: int | None = None, id: int = 1) -> Board:
    return Board(id, 7, day(begun), None if ended is None else day(ended))


def experiment(predicted: int | None, ended: int | None, **of: Any) -> Experiment:
    said = {"board_id": 1, "concluded": ended is not None, "expected": None, "happened": None, **of}
    seen = None if ended is None else day(ended)
    return Experiment(predicted=None if predicted is None else day(predicted), seen=seen, ended=seen, **said)


def total(figure: Figure, of: Facts, name: str, on: int) -> int:
    """The total at the end of a day."""
    return sum(amount for at, which, amount in figure(of) if which == name and at <= day(on))


def test_a_storyboard_lives_for_fourteen_days_after_the_last_event() -> None:
    of = facts(boards=[board()], experiments=[experiment(3, 10)])
    lives = [n for n in range(40) if total(figures.living, of, "living", n)]
    assert lives == list(range(3, 24))


def test_a_storyboard_that_ended_does_not_live_on() -> None:
    of = facts(boards=[board(ended=12)], experiments=[experiment(3, 10)])
    assert [total(figures.living, of, "living", n) for n in (2, 3, 11, 12)] == [0, 1, 1, 0]
    assert [total(figures.storyboards, of, "boards", n) for n in (0, 11, 12)] == [1, 1, 0]


def test_a_team_practises_once_however_many_storyboards_live() -> None:
    two = facts(boards=[board(), board(id=2)], experiments=[experiment(3, 5), experiment(4, 30, board_id=2)], cycles=[])
    assert {total(figures.practising, two, "practising", n) for n in range(3, 44)} == {0, 1}
    assert [total(figures.practising, two, "practising", n) for n in (18, 19, 29, 30, 43, 44)] == [1, 0, 0, 1, 1, 0]


def test_weeks_count_once_from_their_sunday_and_those_without_an_event_do_not() -> None:
    cycles = [Cycle(1, day(1), False), Cycle(1, day(4), False)]
    of = facts(boards=[board()], experiments=[experiment(2, 9)], cycles=cycles)
    assert [total(figures.coached_weeks, of, "weeks", n) for n in (5, 6, 12, 13, 20)] == [0, 1, 1, 2, 2]
    assert [total(figures.coached_weeks, of, "weeks_coached", n) for n in (5, 6, 13)] == [0, 1, 1]


def test_days_from_prediction_to_learning_fall_into_the_smallest_limit_that_holds_them() -> None:
    of = facts(boards=[board()], experiments=[experiment(0, n) for n in (0, 1, 2, 3, 4, 7, 8, 14, 15)])
    found = {name: total(figures.learning_time, of, name, 99) for name in figures.TOTALS if "learned" in name}
    assert found == {"learned_1": 2, "learned_3": 2, "learned_7": 2, "learned_14": 2}
    assert total(figures.learning_time, of, "timed", 99) == 9


def test_what_was_set_aside_is_no_learning() -> None:
    of = facts(boards=[board()], experiments=[experiment(0, 3, concluded=False)])
    assert list(figures.learning_time(of)) == list(figures.surprises(of)) == []


def test_a_surprise_is_another_number_than_the_one_expected() -> None:
    numbers = [(10.0, 10.0), (10.0, 8.0), (10.0, 12.0), (None, None)]
    of = facts(boards=[board()], experiments=[experiment(0, 3, expected=one, happened=other) for one, other in numbers])
    found = [total(figures.surprises, of, name, 3) for name in ("experiments", "numbered", "less", "more")]
    assert found == [4, 3, 1, 1]


def test_target_conditions_by_how_they_ended() -> None:
    ends = [(20, 20, "achieved"), (20, 21, "achieved"), (20, 5, "not achieved"), (20, 5, "left")]
    of = facts(targets=[Target(day(by), day(ended), status) for by, ended, status in ends])
    names = ("in_time", "late", "not_achieved", "left")
    assert [total(figures.targets, of, name, 30) for name in names] == [1, 1, 1, 1]


def test_barriers_grow_older_by_themselves() -> None:
    of = facts(
        barriers=[Barrier(day(0), day(40), None), Barrier(day(0), day(3), None), Barrier(day(10), day(10), None)]
    )
    assert [total(figures.barriers, of, "waiting", n) for n in (0, 2, 3, 39, 40)] == [2, 2, 1, 1, 0]
    assert [total(figures.barriers, of, "waiting_weeks", n) for n in (6, 7, 39, 40)] == [0, 1, 1, 0]
    assert [total(figures.barriers, of, "waiting_months", n) for n in (27, 28, 40)] == [0, 1, 0]
    assert total(figures.barriers, of, "answered", 40) == 3


def test_what_a_team_takes_back_waits_no_more_and_was_not_answered() -> None:
    of = facts(barriers=[Barrier(day(0), None, day(9)), Barrier(day(0), day(12), day(9))])
    assert [total(figures.barriers, of, "waiting", n) for n in (8, 9)] == [2, 0]
    assert total(figures.barriers, of, "answered", 40) == 1


def test_a_moment_is_worked_on_once_by_however_many_storyboards() -> None:
    worked = [Span(day(2), day(9)), Span(day(5), day(12)), Span(day(20), None)]
    of = facts(moments=[Moment(Span(day(0), day(25)), worked), Moment(Span(day(0), None), [])])
    assert [total(figures.moments, of, "moments_worked", n) for n in (1, 2, 6, 11, 12, 20, 25)] == [0, 1, 1, 1, 0, 1, 0]
    assert [total(figures.moments, of, "moments", n) for n in (0, 25)] == [2, 1]


def test_an_outcome_says_what_its_newest_change_since_the_practice_began_said() -> None:
    changes = [(day(-9), "worse"), (day(4), "better"), (day(9), "neither"), (day(12), "worse")]
    of = facts(boards=[board(begun=2)], outcomes=[Outcome(Span(day(-30), day(20)), changes)])
    stands = [(total(figures.outcomes, of, "better", n), total(figures.outcomes, of, "worse", n)) for n in range(21)]
    assert [n for n, (better, _worse) in enumerate(stands) if better] == [4, 5, 6, 7, 8]
    assert [n for n, (_better, worse) in enumerate(stands) if worse] == list(range(12, 20))
    assert [total(figures.outcomes, of, "outcomes", n) for n in (1, 2, 19, 20)] == [0, 1, 1, 0]


def test_a_team_that_does_not_practise_has_no_outcomes_yet() -> None:
    assert list(figures.outcomes(facts(outcomes=[Outcome(Span(day(0), None), [(day(3), "better")])]))) == []


def test_every_total_is_made_by_a_figure_and_every_figure_says_what_it_is() -> None:
    whole = facts(
        boards=[board()],
        experiments=[experiment(0, n, expected=1.0, happened=h) for n, h in ((1, 1.0), (3, 0.0), (7, 2.0), (14, 1.0))],
        targets=[Target(day(9), day(n), status) for n, status in ((9, "achieved"), (10, "achieved"))]
        + [Target(day(9), day(3), "not achieved"), Target(day(9), day(3), "left")],
        cycles=[Cycle(1, day(1), True)],
        moments=[Moment(Span(day(0), None), [Span(day(0), None)])],
        outcomes=[Outcome(Span(day(0), None), [(day(3), "better"), (day(5), "worse")])],
        barriers=[Barrier(day(0), day(90), None)],
    )
    made = {name for figure in figures.FIGURES for _day, name, _amount in figure(whole)}
    assert made == set(figures.TOTALS)
    assert all(len(figure.__doc__ or "") > 30 for figure in figures.FIGURES)
