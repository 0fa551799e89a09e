"""Whoever adds figures to each other and takes them away is left with nobody, or with at least five people."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from kata.leadership.disclosure import FEWEST, Cells, above, told_of

#: A house of two wings, one of which has two floors.
TREE = {1: None, 2: 1, 3: 1, 4: 2, 5: 2}
LEAVES = (3, 4, 5)
HOUSE, WING, OTHER_WING, FLOOR = 1, 2, 3, 4


def groups(places: dict[int, int]) -> dict[int, int]:
    """People as bits, by area, those of the areas below included."""
    found: dict[int, int] = {}
    for person, place in places.items():
        for area in (place, *above(TREE, place)):
            found[area] = found.get(area, 0) | 1 << person
    return found


def test_a_group_of_five_is_told_of_and_one_of_four_is_not() -> None:
    assert told_of(TREE, groups(dict.fromkeys(range(5), OTHER_WING))) == {HOUSE, OTHER_WING}
    assert told_of(TREE, groups(dict.fromkeys(range(4), OTHER_WING))) == set()


def test_the_area_above_comes_first_and_the_rest_of_it_is_never_a_few() -> None:
    places = dict.fromkeys(range(6), OTHER_WING) | dict.fromkeys(range(6, 9), FLOOR)
    assert told_of(TREE, groups(places)) == {HOUSE}


def test_both_wings_are_told_of_where_each_is_large_enough() -> None:
    places = dict.fromkeys(range(6), OTHER_WING) | dict.fromkeys(range(6, 12), FLOOR)
    assert told_of(TREE, groups(places)) == {HOUSE, WING, OTHER_WING, FLOOR}


@given(st.dictionaries(st.integers(0, 17), st.sampled_from(LEAVES), max_size=18))
def test_an_area_less_any_of_those_in_it_is_nobody_or_five(places: dict[int, int]) -> None:
    people = groups(places)
    told = told_of(TREE, people)
    for area in told:
        inside = [each for each in told if area in above(TREE, each)]
        for some in (some for n in range(len(inside) + 1) for some in combinations(inside, n)):
            left = people[area]
            for each in some:
                left &= ~people[each]
            assert left == 0 or left.bit_count() >= FEWEST


def test_what_is_new_is_told_where_five_come_together() -> None:
    cells: Cells[str] = Cells()
    waiting = {person: (OTHER_WING, "novice") for person in range(5)} | {9: (FLOOR, "expert")}
    cells.tell(TREE, waiting)
    assert cells.of_areas(TREE) == {OTHER_WING: ["novice"] * 5, HOUSE: ["novice"] * 5}
    assert waiting == {9: (FLOOR, "expert")}


def test_those_who_are_too_few_in_their_area_are_told_in_the_one_above() -> None:
    cells: Cells[str] = Cells()
    cells.tell(TREE, {person: (4 + person % 2, "novice") for person in range(6)})
    assert cells.of_areas(TREE) == {WING: ["novice"] * 6, HOUSE: ["novice"] * 6}


def test_one_who_is_observed_again_alone_changes_nothing() -> None:
    cells: Cells[str] = Cells()
    cells.tell(TREE, {person: (OTHER_WING, "novice") for person in range(8)})
    waiting = {0: (OTHER_WING, "competent")}
    cells.tell(TREE, waiting)
    assert cells.of_areas(TREE)[HOUSE] == ["novice"] * 8
    cells.tell(TREE, waiting | {person: (OTHER_WING, "competent") for person in range(1, 5)})
    assert Counter(cells.of_areas(TREE)[HOUSE]) == {"competent": 5, "novice": 3}


moves = st.dictionaries(st.integers(0, 13), st.sampled_from(LEAVES), max_size=14)


@settings(max_examples=150, deadline=None)
@given(st.lists(moves, min_size=1, max_size=4))
def test_no_sum_or_difference_of_what_was_told_is_about_a_few(quarters: list[dict[int, int]]) -> None:
    """An attacker knows every figure of every quarter, and adds and takes away any three, whole or twice. A figure is a
    sum over what each person was observed to be; whose is left over at the end are never one to four people."""
    cells: Cells[tuple[int, int]] = Cells()
    waiting: dict[int, tuple[int, tuple[int, int]]] = {}
    figures: list[Counter[tuple[int, int]]] = []
    for at, seen in enumerate(quarters):
        waiting |= {person: (place, (person, at)) for person, place in seen.items()}
        cells.tell(TREE, waiting)
        figures += [Counter(items) for items in cells.of_areas(TREE).values()]
    told = list({tuple(sorted(each.items())): each for each in figures}.values())
    for terms in (some for n in (1, 2, 3) for some in combinations(told, n)):
        for factors in product((1, -1, 2, -2), repeat=len(terms) - 1):
            left: Counter[tuple[int, int]] = Counter(terms[0])
            for factor, term in zip(factors, terms[1:], strict=True):
                for item, amount in term.items():
                    left[item] += factor * amount
            people = {person for (person, _at), amount in left.items() if amount}
            assert not 0 < len(people) < FEWEST, (terms, factors)
