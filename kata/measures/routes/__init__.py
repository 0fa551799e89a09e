"""Addresses of measures and readings."""

from __future__ import annotations

from flask import Blueprint

from kata.measures import pages
from kata.measures.routes import measures, pasting, readings
from kata.web import sections

blueprint = Blueprint("measures", __name__)
for noun in (measures, readings, pasting):
    blueprint.register_blueprint(noun.blueprint)

sections.add("team", pages.team_measures)
