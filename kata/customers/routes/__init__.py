"""Addresses of customers, moments of truth, voices and conversations."""

from __future__ import annotations

from flask import Blueprint

from kata.customers import leaving as _leaving  # noqa: F401 - where its texts may name somebody
from kata.customers.pages import talks
from kata.customers.pages import team as pages
from kata.customers.routes import conversations, customers, held, listening, moments, overview, striking, voices
from kata.web import sections

blueprint = Blueprint("customers", __name__)
for noun in (overview, customers, moments, voices, striking, listening, conversations, held):
    blueprint.register_blueprint(noun.blueprint)

sections.add("team", pages.section)
sections.add("today", talks.due)
