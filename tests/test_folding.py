"""Names are found without their case and accents, on both engines, wherever people, teams and boards are looked for."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from runpy import run_path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kata.dashboards.commands import results
from kata.extensions import db
from kata.folding import folded
from kata.identity import queries as people
from kata.identity.models import Person
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import lists
from kata.teams import finding
from kata.teams import queries as teams
from kata.teams.models import Team
from tests.cast import Cast

MIGRATION = Path(import_module("kata").__file__ or "").parents[1] / "migrations/versions/0003_folded_names.py"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Élodie", "elodie"),
        ("E\u0301lodie", "elodie"),
        ("ÅSA", "asa"),
        ("Łukasz Żółw", "lukasz zolw"),
        ("Søren Ægir Þór", "soren aegir thor"),
        ("Straße", "strasse"),
        ("İpek Işık", "ipek isik"),
        ("Đorđe", "dorde"),
        ("O’Brien", "o'brien"),
        ("ＷＩＤＥ", "wide"),
        ("Ёлка", "елка"),
        ("Ωμέγα", "ωμεγα"),
        ("山田 太郎", "山田 太郎"),
        ("한글", "한글"),
        ("नमस्ते", "नमस्ते"),
        ("", ""),
    ],
)
def test_a_name_is_folded(name: str, found: str) -> None:
    assert folded(name) == found


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_every_letter_is_found_by_itself_in_the_other_case() -> None:
    letters = [chr(code) for code in range(sys.maxunicode) if not 0xD800 <= code <= 0xDFFF]
    assert [each for each in letters if folded(folded(each)) != folded(each)] == []
    assert [each for each in letters if each.isalpha() and folded(each.upper()) != folded(each)] == []


def test_the_upgrade_folds_as_the_app_does() -> None:
    then = run_path(str(MIGRATION))["folded"]
    letters = [chr(code) for code in range(0x3000) if folded(chr(code)) != then(chr(code))]
    assert letters == []


SOUGHT = ("Élodie", "élo", "ÉLO", "elo", "ELODIE", "e\u0301lodie")


@pytest.mark.database
@pytest.mark.parametrize("words", SOUGHT)
def test_people_teams_and_boards_are_found_in_the_command_box_and_in_lists(
    in_app: Flask, cast: Cast, words: str
) -> None:
    for model, source, row in (
        (Person, "name", cast["fay"].id),
        (Team, "name", cast.teams["invoices"]),
        (Storyboard, "focus_process", cast.other.id),
    ):
        setattr(db.session.get_one(model, row), source, "Rue Élodie-Åsa")
    db.session.flush()
    root = cast.viewer("root")
    found = {title: {each.href for each in group} for title, group in results(root, words)}
    assert found == {
        "People": {f"/people/{cast['fay'].id}"},
        "Teams": {"/teams/invoices"},
        "Storyboards": {cast.other.path},
    }
    assert [row.id for row in people.people_page(words, after=None)[0]] == [cast["fay"].id]
    assert [row.id for row in teams.team_rows(text=words)] == [cast.teams["invoices"]]
    assert [row[0] for row in finding.people_named(words, 5)] == [cast["fay"].id]
    assert [row.id for row in lists.listed(root, words=words)] == [cast.other.id]
    assert [row.id for row in lists.listed(root, words="åsa")] == [cast.other.id]


@pytest.mark.database
@pytest.mark.parametrize("words", ["%", "_", "\\", "100%", "a_a"])
def test_signs_of_the_database_are_letters_like_others(in_app: Flask, cast: Cast, words: str) -> None:
    assert results(cast.viewer("root"), words) == []
    assert lists.listed(cast.viewer("root"), words=words) == []
    db.session.get_one(Storyboard, cast.other.id).focus_process = f"Von {words} bis"
    db.session.flush()
    assert [row.id for row in lists.listed(cast.viewer("root"), words=words)] == [cast.other.id]


@pytest.mark.database
@pytest.mark.parametrize(("model", "source"), [(Person, "name"), (Team, "name"), (Storyboard, "focus_process")])
def test_no_row_of_the_cast_is_kept_unfolded(in_app: Flask, cast: Cast, model: type, source: str) -> None:
    rows = db.session.execute(sa.select(getattr(model, source), getattr(model, f"{source}_folded"))).all()
    assert len(rows) > 1
    assert [kept for _name, kept in rows] == [folded(name) for name, _kept in rows]


@pytest.mark.database
def test_rows_that_come_in_bulk_are_folded_too(in_app: Flask, cast: Cast) -> None:
    rows = [{"name": "Ödön"}, {"name": "Zoë"}]
    kept = db.session.scalars(sa.insert(Person).returning(Person.name_folded), rows)
    assert sorted(kept) == ["odon", "zoe"]
