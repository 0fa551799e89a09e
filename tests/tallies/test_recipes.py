"""A recipe says only what can be, and comes back from where it was kept exactly as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kata.tables import DecimalSign, Order
from kata.tallies import (
    Average,
    BadRecipe,
    Check,
    Condition,
    DateColumn,
    Empty,
    OfAnswers,
    OfNumber,
    OfTime,
    Period,
    Question,
    Recipe,
    Rows,
    Share,
    Transcription,
    Unit,
    from_plain,
    to_plain,
)

OPENED, RESOLVED = DateColumn("opened", Order.DAY_FIRST), DateColumn("resolved")
GROUP = Condition("team", Check.IS, "Group 24")


def recipe(**said: Any) -> Recipe:
    return Recipe(**{"date": OPENED, "count": Rows(), "period": Period.WEEK, "zone": "Europe/London", **said})


KEPT = [
    recipe(),
    recipe(period=Period.DAY, empty=Empty.ZERO, week_start=6, file_zone="UTC", missing=()),
    recipe(
        count=Share(Condition("made_sla", Check.IS, "true")),
        group=GROUP,
        filters=(Condition("n", Check.AT_LEAST, "2"),),
    ),
    recipe(count=OfNumber("minutes", Average.PERCENTILE, 90), decimal_sign=DecimalSign.COMMA),
    recipe(count=OfTime(OPENED, RESOLVED, Unit.HOURS, Average.MEDIAN), period=Period.MONTH),
    recipe(count=OfAnswers("score", Question.NPS)),
    Transcription(date=RESOLVED, zone="Asia/Tehran", value="x", note="why", missing=("?",)),
    Transcription(date=OPENED, zone="UTC", numerator="met", denominator="all"),
]


@pytest.mark.parametrize("kept", KEPT)
def test_a_recipe_comes_back_from_plain_json_as_it_was(kept: Recipe | Transcription) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(kept)))) == kept


@pytest.mark.parametrize("version", [0, 2, None, "1"])
def test_one_of_an_unknown_version_is_refused(version: object) -> None:
    with pytest.raises(BadRecipe, match="version"):
        from_plain({**to_plain(recipe()), "version": version})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("count", {"what": "magic"}),
        ("count", None),
        ("date", {"column": 7, "order": None}),
        ("date", {"column": "a", "order": "era_first"}),
        ("period", "decade"),
        ("missing", [1]),
        ("filters", [{"column": "a"}]),
        ("group", "Group 24"),
        ("week_start", "soon"),
    ],
)
def test_one_that_somebody_broke_is_refused(field: str, value: object) -> None:
    with pytest.raises(BadRecipe, match="body"):
        from_plain({**to_plain(recipe()), field: value})


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("zone", {"zone": "Europe/Atlantis"}),
        ("zone", {"zone": "../../etc/passwd"}),
        ("file_zone", {"file_zone": "Mars"}),
        ("week_start", {"week_start": 7}),
        ("empty", {"empty": Empty.ZERO, "count": OfAnswers("score", Question.NPS)}),
    ],
)
def test_one_that_contradicts_itself_is_refused_by_field(field: str, said: dict[str, Any]) -> None:
    with pytest.raises(BadRecipe) as caught:
        recipe(**said)
    assert caught.value.field == field


def test_limits_and_percentiles_must_be_numbers_that_can_be() -> None:
    with pytest.raises(BadRecipe, match="condition"):
        Condition("n", Check.AT_LEAST, "many")
    with pytest.raises(BadRecipe, match="percent"):
        OfNumber("n", Average.PERCENTILE, 100)
    with pytest.raises(BadRecipe, match="value"):
        Transcription(date=OPENED, zone="UTC", value="x", numerator="y", denominator="z")
    with pytest.raises(BadRecipe, match="value"):
        Transcription(date=OPENED, zone="UTC", numerator="y")


def test_the_columns_that_a_table_must_have_are_each_named_once() -> None:
    timed = recipe(count=OfTime(OPENED, RESOLVED, Unit.DAYS, Average.MEAN), group=GROUP)
    assert timed.columns == ("opened", "team", "resolved")
    assert Transcription(date=OPENED, zone="UTC", numerator="a", denominator="b").columns == ("opened", "a", "b")
