"""The measure that readings are for: one that the team has, or a new one, described by the recipe that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from flask_babel import gettext as _

from kata.imports import words
from kata.measures.actions import Described
from kata.measures.models import Measure
from kata.measures.shares import WHOLE
from kata.tallies import OfAnswers, OfTime, Question, Recipe, Rows, Share, Transcription
from kata.teams.models import Team


class Wanted(TypedDict):
    """What a person says of a new measure."""

    name: str
    kind: str
    better: str
    unit: str


def described(wanted: Wanted, recipe: Recipe | Transcription, file_name: str) -> Described:
    """The new measure, with the bounds that its numbers have by nature and the recipe as its operational definition."""
    found = _scale(recipe)
    found.update({"name": wanted["name"], "kind": wanted["kind"], "better": wanted["better"]})
    found.update({"source": file_name[:300], "definition": words.definition(recipe)})
    if isinstance(recipe, Recipe):
        found["cadence"] = recipe.period.value
    if wanted["unit"]:
        found["unit"] = wanted["unit"]
    return found


def draft(team: Team, measure: Described) -> Measure:
    """The measure as it would be, to judge readings by; it is never saved."""
    blank: Mapping[str, Any] = {"unit": "", "preset": "mdc", "shift": 7, "trend": 7, "screened": False, "cadence": ""}
    return Measure(team_id=team.id, team=team, **{**blank, **measure})


def _scale(recipe: Recipe | Transcription) -> Described:
    """Unit and bounds, and for how many a share is counted."""
    if isinstance(recipe, Transcription):
        return {"per": WHOLE, "low": 0.0, "high": WHOLE, "unit": "%"} if recipe.numerator else {}
    match recipe.count:
        case Share():
            return {"per": WHOLE, "low": 0.0, "high": WHOLE, "unit": "%"}
        case OfAnswers(question=Question.CSAT | Question.CES):
            return {"per": WHOLE, "low": 0.0, "high": WHOLE, "unit": "%"}
        case OfAnswers(question=Question.NPS):
            return {"per": WHOLE, "low": -WHOLE, "high": WHOLE}
        case OfAnswers():
            return {"low": 1.0, "high": 5.0}
        case OfTime(unit=unit):
            return {"low": 0.0, "unit": str(words.UNIT[unit])}
        case Rows():
            return {"low": 0.0, "unit": _("a %(period)s", period=words.PERIOD[recipe.period])}
    return {}
