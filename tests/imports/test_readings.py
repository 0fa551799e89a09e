"""A file whose rows are readings: looked at, asked about, saved whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.imports import store
from kata.imports.models import ImportRecipe
from kata.measures.models import Measure
from tests.cast import Cast
from tests.imports.conftest import Bring
from tests.tables.made import xlsx

FILE = "day,value,note\n2026-01-05,12,\n2026-01-06,9.5,two away\n2026-01-07,,\n"
NEW = {"measure": "new", "name": "Waiting", "measure_kind": "outcome", "better": "down", "unit": "hours"}
Values = Callable[[int], dict[str, float]]


@pytest.fixture
def process(cast: Cast) -> str:
    return str(cast.measures["process"])


def made(app: Flask, name: str) -> Measure:
    with app.app_context():
        return db.session.scalars(sa.select(Measure).where(Measure.name == name)).one()


@pytest.mark.database
def test_from_a_file_to_a_new_measure(app: Flask, bring: Bring, values: Values) -> None:
    brought = bring(FILE)
    assert "3 rows below the headings" in brought.page.text
    preview = brought.choose(**NEW)
    for words in ("This is what would be saved", "2 new readings", "one gap", "two away", "Save 2 readings"):
        assert words in preview
    assert "2 readings added" in brought.save(recipe_name="Waiting list")
    measure = made(app, "Waiting")
    assert values(measure.id) == {"2026-01-05": 12.0, "2026-01-06": 9.5}
    assert (measure.unit, measure.better, measure.source) == ("hours", "down", "file.csv")
    assert "“value” by the day in “day”" in measure.definition


@pytest.mark.database
def test_the_same_file_again_adds_nothing_and_says_so(bring: Bring, values: Values, app: Flask) -> None:
    bring(FILE).choose(**NEW)
    first = bring(FILE)
    first.choose(**NEW)
    first.save()
    before = values(made(app, "Waiting").id)
    again = bring(FILE)
    assert "All of this is there already" in again.page.text
    assert not again.has_form("/saving")
    assert values(made(app, "Waiting").id) == before


@pytest.mark.database
def test_corrections_are_shown_old_to_new_before_anything_else(bring: Bring, process: str, values: Values) -> None:
    day, old = next(iter(values(int(process)).items()))
    brought = bring(f"day,value\n2026-01-05,1\n{day},{old + 5}\n")
    preview = brought.choose(measure=process)
    assert "one correction" in preview
    assert f"<s>{old:g}</s>" in preview
    assert "Save 1 new, correct 1" in preview
    brought.save(recipe_name="")
    assert values(int(process))[day] == old + 5


@pytest.mark.database
def test_two_counts_become_a_share(bring: Bring, values: Values, app: Flask) -> None:
    brought = bring("day;numerator;denominator\n2026-01-05;3;4\n2026-01-06;0;5\n2026-01-07;;\n")
    brought.choose(**{**NEW, "unit": ""})
    brought.save()
    measure = made(app, "Waiting")
    assert (measure.per, measure.unit) == (100, "%")
    assert values(measure.id) == {"2026-01-05": 75.0, "2026-01-06": 0.0}


def test_a_date_that_can_be_read_in_two_ways_is_asked_about(bring: Bring, values: Values, app: Flask) -> None:
    brought = bring("day,value\n03/04/2026,1\n05/04/2026,2\n")
    asked = brought.choose(**NEW)
    assert "can be read in more than one way, and nothing in it tells which" in asked
    assert "row 2: 03/04/2026" in asked
    assert not brought.has_form("/saving")
    brought.choose(order="day_first")
    brought.save()
    assert list(values(made(app, "Waiting").id)) == ["2026-04-03", "2026-04-05"]


def test_years_of_two_digits_are_read_where_the_column_proves_their_place(
    bring: Bring, values: Values, app: Flask
) -> None:
    brought = bring("day,value\n31/03/26,1\n01/04/26,2\n")
    assert "2 new readings" in brought.choose(**NEW)
    brought.save()
    assert list(values(made(app, "Waiting").id)) == ["2026-03-31", "2026-04-01"]


def test_years_of_two_digits_are_asked_about_where_nothing_tells_their_place(
    bring: Bring, values: Values, app: Flask
) -> None:
    brought = bring("day,value\n03/04/26,1\n05/04/26,2\n")
    asked = brought.choose(**NEW)
    assert "can be read in more than one way, and nothing in it tells which" in asked
    assert "row 2: 03/04/26" in asked
    assert "the year, in two digits" in asked
    brought.choose(order="month_first")
    brought.save()
    assert list(values(made(app, "Waiting").id)) == ["2026-03-04", "2026-05-04"]


def test_years_of_two_digits_that_contradict_each_other_are_told_with_their_rows(bring: Bring) -> None:
    for one, other in (("31/03/26", "03/31/26"), ("99/03/31", "31/03/2026")):
        asked = bring(f"day,value\n01/02/03,0\n{one},1\n{other},2\n").choose(**NEW, kind="readings", date="day")
        assert "contradicts itself" in asked
        assert f"row 3: {one}" in asked
        assert f"row 4: {other}" in asked


def test_a_column_that_contradicts_itself_is_told_with_its_rows(bring: Bring) -> None:
    asked = bring("day,value\n13/04/2026,1\n05/14/2026,2\n").choose(**NEW)
    assert "contradicts itself" in asked
    assert "row 2: 13/04/2026" in asked
    assert "row 3: 05/14/2026" in asked


def test_decimals_that_can_be_read_in_two_ways_are_asked_about(bring: Bring, values: Values, app: Flask) -> None:
    brought = bring("day;value\n2026-01-05;1,234\n2026-01-06;2,345\n")
    assert "Which sign stands before the decimals?" in brought.choose(**NEW)
    brought.choose(sign="comma")
    brought.save()
    assert values(made(app, "Waiting").id) == {"2026-01-05": 1.234, "2026-01-06": 2.345}


def test_errors_name_row_column_and_value_and_nothing_is_saved(bring: Bring, process: str, values: Values) -> None:
    before = values(int(process))
    brought = bring("day,value\n2026-01-05,1\nsoon,2\n2026-01-05,3\n2027-01-05,4\n2026-01-09,1\n2026-01-10,2\n")
    told = brought.choose(measure=process)
    assert "3 rows cannot be taken" in told
    assert "Row 3, column “day”: “soon” is not a date that can be read." in told
    assert "Row 4, column “day”: row 2 has the same day." in told
    assert "Row 5, column “day”: “2027-01-05” has not come yet." in told
    assert not brought.has_form("/saving")
    assert values(int(process)) == before


def test_of_many_errors_twenty_are_shown_and_the_rest_is_counted(bring: Bring, process: str) -> None:
    rows = "".join(f"2026-01-{day:02},x{day}\n" for day in range(1, 29))
    told = bring(f"day,value\n{rows}").choose(measure=process)
    assert "28 rows cannot be taken" in told
    assert told.count("is not a number") == 20
    assert "and 8 more" in told


def test_the_choices_are_kept_for_the_mended_file(bring: Bring, process: str) -> None:
    bring("when,hours,other\n2026-01-05,x,1\n").choose(measure=process, kind="readings", date="when", value="hours")
    mended = bring("when,hours,other\n2026-01-05,3,1\n")
    assert "This is what would be saved" in mended.page.text


def test_a_value_that_the_measure_cannot_have_is_named(bring: Bring, app: Flask, process: str) -> None:
    with app.app_context():
        db.session.get_one(Measure, int(process)).low = 0.0
        db.session.commit()
    told = bring("day,value\n2026-01-05,-3\n").choose(measure=process)
    assert "Row 2, column “value”:" in told, told[told.find("preview-title") :][:900]


def test_the_next_file_goes_straight_to_its_preview(app: Flask, bring: Bring, cast: Cast) -> None:
    first = bring(FILE)
    first.choose(**NEW)
    first.save(recipe_name="Waiting list")
    following = bring("day,value,note\n2026-01-12,7,\n", "next.csv")
    assert "This is what would be saved" in following.page.text
    assert "one reading added" in following.save().lower()
    assert "Waiting list" in following.client.get("/measures/import").text


def test_a_changed_header_says_which_columns_are_missing(bring: Bring) -> None:
    first = bring(FILE)
    first.choose(**NEW)
    first.save(recipe_name="Waiting list")
    changed = bring("day,hours,note\n2026-01-12,7,\n")
    assert "This file has no column “value”." in changed.page.text
    assert not changed.has_form("/saving")
    assert "one new reading" in changed.choose(value="hours")


def test_a_file_with_a_further_column_fits_as_well(bring: Bring) -> None:
    first = bring(FILE)
    first.choose(**NEW)
    first.save(recipe_name="Waiting list")
    assert "one new reading" in bring("day,shift,value,note\n2026-01-12,late,7,\n").page.text


def test_columns_without_names_are_called_by_their_letters(bring: Bring, process: str) -> None:
    first = bring("2026-01-05,3,1\n")
    assert first.client.post(f"{first.path}/table", {"header_row": "0"}).status_code == 303
    assert "No headings" in first.look()
    assert "one new reading" in first.choose(measure=process, kind="readings", date="A", value="B")


@pytest.mark.database
def test_every_recipe_that_fits_gets_its_turn(app: Flask, bring: Bring) -> None:
    first = bring(FILE)
    first.choose(**NEW)
    done = first.save(recipe_name="One", again="y")
    assert "Go on: count something else" in done
    path = done.split('href="/imports/')[1].split('"')[0]
    other = type(first)(first.client, f"/imports/{path}", first.page)
    other.choose(**{**NEW, "name": "Waiting too"})
    other.save(recipe_name="Two")
    following = bring("day,value,note\n2026-01-12,7,\n")
    assert "Go on: Two" in following.save()
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportRecipe)) == 2


def test_pasted_rows_are_a_file_too(ana: Any, bring: Bring, cast: Cast) -> None:
    answer = ana.post("/measures/import", {"team": cast.heard.slug, "pasted": "day\tvalue\n2026-01-05\t3\n"})
    assert "One row below the headings" in ana.get(answer.location).text


def test_nothing_chosen_is_asked_for(ana: Any, cast: Cast) -> None:
    answer = ana.post("/measures/import", {"team": cast.heard.slug})
    assert answer.status_code == 422
    assert "Choose a file, or paste some rows." in answer.text


@pytest.mark.database
def test_the_file_is_deleted_when_it_is_done(app: Flask, bring: Bring, stored: Any) -> None:
    brought = bring(FILE)
    brought.choose(**NEW)
    brought.save()
    with app.app_context(), pytest.raises(store.Vanished):
        store.data_of(stored(brought.id).sha256)


@pytest.mark.database
def test_a_file_can_be_left_out(app: Flask, bring: Bring, stored: Any) -> None:
    brought = bring("day,value\n2026-01-08,4\n")
    brought.client.post(f"{brought.path}/removal")
    assert "You left this file out" in brought.look()
    with app.app_context(), pytest.raises(store.Vanished):
        store.data_of(stored(brought.id).sha256)


@pytest.mark.database
def test_a_file_that_nobody_came_back_to_is_deleted(app: Flask, bring: Bring, frozen: Any, stored: Any) -> None:
    old = bring("day,value\n2026-01-09,4\n")
    frozen.forward(days=8)
    bring(FILE)
    assert stored(old.id).state == "refused"
    assert "Nobody came back" in old.look()


def test_a_formula_that_failed_is_named_and_no_gap(bring: Bring) -> None:
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    data = "".join(
        [
            f'<row r="1">{cell.format("A1", "day")}{cell.format("B1", "value")}</row>',
            f'<row r="2">{cell.format("A2", "2026-05-11")}<c r="B2"><v>12</v></c></row>',
            f'<row r="3">{cell.format("A3", "2026-05-12")}<c r="B3" t="e"><v>#DIV/0!</v></c></row>',
        ]
    )
    page = bring(xlsx(data), name="hours.xlsx").choose(measure="new", name="Waiting", better="down")
    assert "Row 3, column “value”: the formula failed (#DIV/0!). Mend it in your spreadsheet" in page
    assert "is not a number" not in page
