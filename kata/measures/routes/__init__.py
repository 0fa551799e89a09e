"""Addresses of measures, readings and phases."""

from __future__ import annotations

from flask import Blueprint

from kata.measures import leaving as _leaving  # noqa: F401 - where its texts may name somebody
from kata.measures import pages
from kata.measures.routes import charts, grid, measures, pasting, phases, readings, teams
from kata.web import sections

blueprint = Blueprint("measures", __name__)
for noun in (measures, charts, readings, grid, pasting, phases, teams):
    blueprint.register_blueprint(noun.blueprint)

sections.add("team", pages.team_measures)
sections.add("today", pages.due)
