"""Amounts of money: read where there is one currency, told about where there are several."""

from __future__ import annotations

import pytest

from tests.imports.conftest import Bring, Import

NEW = {"measure": "new", "name": "Refunds", "measure_kind": "outcome", "better": "down", "unit": "€"}
READ = {**NEW, "kind": "readings", "date": "day", "value": "value"}


def rows(*values: str) -> str:
    return "day;value\n" + "".join(f"2026-01-{at:02};{value}\n" for at, value in enumerate(values, 5))


@pytest.mark.database
def test_amounts_of_one_currency_are_numbers(bring: Bring) -> None:
    brought = bring(rows("€ 1.234,50", "-€7", "", "€ 12"))
    preview = brought.choose(**NEW)
    for words in ("3 new readings", "one gap", "1,234.5", "-7", "Save 3 readings"):
        assert words in preview


@pytest.mark.parametrize(("one", "other"), [("€5", "$6"), ("€5", "6"), ("12 kr", "5%")])
def test_amounts_that_are_not_of_one_kind_are_told_with_their_rows(bring: Bring, one: str, other: str) -> None:
    brought = bring(rows(one, other))
    told = brought.choose(**READ)
    assert "has amounts in several currencies, or some with a currency and some without" in told
    assert f"row 2: {one}" in told
    assert f"row 3: {other}" in told
    assert not brought.has_form("/saving")


def test_an_amount_whose_decimals_can_be_read_in_two_ways_is_asked_about(bring: Bring) -> None:
    brought = bring(rows("£1,234", "£2,345"))
    assert "Which sign stands before the decimals?" in brought.choose(**READ)
    assert "1,234" in brought.choose(sign="point")
    assert brought.has_form("/saving")


def test_a_word_beside_amounts_is_named_by_its_row(bring: Bring) -> None:
    brought: Import = bring(rows("€5", "soon"))
    assert "Row 3, column “value”: “soon” is not a number." in brought.choose(**READ)
