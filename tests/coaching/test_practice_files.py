"""Levels and cycles as files: all of them, for those who may read them, and nothing in them that a spreadsheet runs."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from kata.coaching.models import CycleNote, ObservedLevel
from kata.extensions import db
from tests.cast import TODAY, Cast
from tests.cast_coaching import EVIDENCE
from tests.client import csv_rows
from tests.coaching.practised import practise, write
from tests.conftest import SignIn

pytestmark = pytest.mark.database


def test_levels_leave_as_a_file_and_formulas_as_text(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    def type_formula() -> None:
        row = ObservedLevel(
            person_id=cast["ana"].id,
            skill_id=cast.coached.skill,
            level=5,
            evidence="=1+1",
            observed_on=TODAY,
            by_id=cast["ben"].id,
        )
        db.session.add(row)

    write(app, type_formula)
    for name in ("ana", "ben"):
        newest, first = csv_rows(as_(name).get(f"{ana_path}/levels.csv"))
        assert newest["Evidence"] == "'=1+1"
        assert first == {
            "Day": "2026-05-26",
            "Kata": "Improvement kata",
            "Skill": "Predict and learn",
            "Level": "Advanced beginner",
            "Evidence": EVIDENCE["ana"],
            "Observed by": "Ben Okafor",
        }


def test_cycles_leave_as_a_file_and_formulas_as_text(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    def type_formula() -> None:
        note = db.session.query(CycleNote).filter_by(cycle_id=cast.coached.cycle, part="reflection").one()
        note.words = "@SUM(A1)"

    write(app, type_formula)
    for name in ("ana", "ben"):
        assert csv_rows(as_(name).get(f"{ana_path}/cycles.csv")) == [
            {
                "Day": "2026-05-26",
                "Storyboard": "Granting access",
                "Coach": "Ben Okafor",
                "Ended as": "held",
                "At a paper board": "no",
                "Threshold of knowledge": "Actual",
                "Reflection": "'@SUM(A1)",
                "Observed": "Predict and learn: Advanced beginner",
            }
        ]


def test_files_hold_all_of_many(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    write(app, lambda: practise(cast, 60))
    ben = as_("ben")
    assert len(csv_rows(ben.get(f"{ana_path}/cycles.csv"))) == 61
    days = [date.fromisoformat(row["Day"]) for row in csv_rows(ben.get(f"{ana_path}/levels.csv"))]
    assert len(days) == 121
    assert days == sorted(days, reverse=True)
