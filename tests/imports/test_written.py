"""How the text of a file is written: told by the file, chosen by a person where that is wrong, remembered."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.imports.models import ImportRecipe
from kata.measures.models import Measure, Reading
from tests.cast import Cast
from tests.imports.conftest import Bring, Import
from tests.imports.test_hostile import WORKBOOKS

NEW = {"measure": "new", "name": "Waiting", "measure_kind": "outcome", "better": "down", "unit": "hours"}
POLISH = "day;value;note\n2026-01-05;12;Łódź\n"


def read_by(brought: Import, **chosen: str) -> str:
    """Say how the file is to be read."""
    answer = brought.client.post(f"{brought.path}/table", {"header_row": "1", **chosen})
    brought.page = brought.client.get(brought.path) if answer.status_code == 303 else answer
    return brought.page.text


def noted(app: Flask) -> list[str]:
    with app.app_context():
        query = sa.select(Reading.note).join(Measure).where(Measure.name == "Waiting").order_by(Reading.day)
        return list(db.session.scalars(query))


def test_the_page_tells_how_the_file_was_read(bring: Bring) -> None:
    page = bring(POLISH).look()
    assert "Headings in row 1 · UTF-8 · cells between semicolons" in page
    assert "UTF-8, as the file tells" in page


def test_an_encoding_that_was_guessed_wrong_is_chosen_and_the_preview_follows(app: Flask, bring: Bring) -> None:
    brought = bring(POLISH.encode("cp1250"))
    assert "£ódŸ" in brought.choose(**NEW)
    page = read_by(brought, encoding="cp1250")
    assert "Łódź" in page
    assert "£ódŸ" not in page
    assert "This is what would be saved" in page  # what was chosen before stands
    brought.save(recipe_name="")
    assert noted(app) == ["Łódź"]


def test_an_encoding_that_does_not_fit_is_told_and_another_can_be_chosen(bring: Bring) -> None:
    brought = bring(POLISH.encode("cp1250"))
    told = read_by(brought, encoding="utf-8-sig")
    assert "This file cannot be read as text" in told
    assert brought.has_form("/table")
    assert "Łódź" in read_by(brought, encoding="cp1250")


def test_what_is_no_encoding_that_is_offered_is_refused_at_its_field(bring: Bring) -> None:
    for name, value in (("encoding", "rot13"), ("encoding", "unicode_escape"), ("delimiter", "x")):
        brought = bring(POLISH)
        answer = brought.client.post(f"{brought.path}/table", {"header_row": "1", name: value})
        assert answer.status_code == 422
        assert f'id="{name}-error"' in answer.text
        assert "Łódź" in brought.look()


def test_a_delimiter_that_was_guessed_wrong_is_chosen(bring: Bring) -> None:
    brought = bring("day|value|note; if any\n2026-01-05|12|a; b\n2026-01-06|13|c; d\n2026-01-07|1|e; f\n")
    page = read_by(brought, delimiter="semicolon")
    assert "cells between semicolons" in page
    assert "cells between upright strokes" in read_by(brought, delimiter="stroke")
    assert "3 new readings" in brought.choose(**NEW)


def test_a_tab_can_be_chosen_and_the_guess_can_be_taken_back(bring: Bring) -> None:
    brought = bring("day\tvalue\n2026-01-05\t12\n")
    assert "cells between tabs" in read_by(brought, delimiter="tab")
    assert 'value="tab" selected' in brought.look() or 'selected value="tab"' in brought.look()
    assert "tabs, as the file tells" in read_by(brought, delimiter="")


@pytest.mark.database
def test_the_next_file_is_read_as_the_recipe_says(app: Flask, bring: Bring) -> None:
    first = bring(POLISH.encode("cp1250"))
    read_by(first, encoding="cp1250")
    first.choose(**NEW)
    first.save(recipe_name="Waiting list")
    following = bring("day;value;note\n2026-01-06;13;Kraków, środa\n".encode("cp1250"), "next.csv")
    assert "This is what would be saved" in following.page.text
    assert "Kraków, środa" in following.page.text
    following.save()
    assert noted(app) == ["Łódź", "Kraków, środa"]


def test_a_row_of_headings_is_remembered_as_well(bring: Bring) -> None:
    first = bring("2026-01-05,3,1\n")
    read_by(first, header_row="0")
    first.choose(**NEW, kind="readings", date="A", value="B")
    first.save(recipe_name="Without headings")
    assert "one new reading" in bring("2026-01-06,4,1\n").page.text


def test_another_file_with_the_same_columns_is_read_as_it_tells_itself(bring: Bring) -> None:
    first = bring(POLISH.encode("cp1250"))
    read_by(first, encoding="cp1250")
    first.choose(**NEW)
    first.save(recipe_name="Waiting list")
    other = bring(POLISH.encode("utf-16"), "utf-16.csv")  # no cp1250 that makes a table of these columns
    assert "Łódź" in other.page.text


def test_workbooks_ask_for_neither(bring: Bring) -> None:
    page = bring((WORKBOOKS / "table-with-two-sheets.ods").read_bytes(), "book.ods").look()
    assert 'name="sheet"' in page
    assert 'name="encoding"' not in page


# Time zone ------------------------------------------------------------------------------------------------------------

EVENTS = "opened,ticket\n2026-01-05 23:30,1\n2026-01-06 23:45,2\n2026-01-06 09:00,3\n2026-01-07 22:00,4\n"
COUNTED = {**NEW, "kind": "events", "date": "opened", "what": "rows", "period": "day", "keep_unfinished": "y"}


def days(app: Flask) -> dict[str, float]:
    with app.app_context():
        query = sa.select(Reading.day, Reading.value).join(Measure).where(Measure.name == "Waiting")
        return {day.isoformat(): value for day, value in db.session.execute(query.order_by(Reading.day))}


def test_times_are_those_of_the_team_where_nothing_is_chosen(app: Flask, bring: Bring) -> None:
    brought = bring(EVENTS)
    assert "Times in this file are those of" in brought.look()
    brought.choose(**COUNTED)
    brought.save()
    assert days(app) == {"2026-01-05": 1, "2026-01-06": 2, "2026-01-07": 1}


@pytest.mark.database
def test_the_files_own_time_zone_is_chosen_and_kept_with_the_recipe(app: Flask, bring: Bring, cast: Cast) -> None:
    brought = bring(EVENTS)
    brought.choose(**COUNTED, file_zone="America/Los_Angeles")
    brought.save(recipe_name="Tickets")
    assert days(app) == {"2026-01-06": 2, "2026-01-07": 1, "2026-01-08": 1}
    with app.app_context():
        kept = db.session.scalars(sa.select(ImportRecipe)).one()
        assert kept.body["recipe"]["file_zone"] == "America/Los_Angeles"
    page = bring(EVENTS.replace("2026-01-07", "2026-01-09")).look()
    assert '<option selected value="America/Los_Angeles">' in page


def test_a_file_without_times_or_with_offsets_asks_for_no_time_zone(bring: Bring) -> None:
    for text in (POLISH, "opened,ticket\n2026-01-05T23:30Z,1\n2026-01-06T23:30+02:00,2\n"):
        assert "Times in this file are those of" not in bring(text).look()


def test_a_zone_that_is_none_is_refused(bring: Bring, app: Flask) -> None:
    told: Any = bring(EVENTS).choose(**COUNTED, file_zone="../../etc/passwd")
    assert 'id="file_zone-error"' in told
    assert days(app) == {}
