"""The room's blueprint, which each of its files adds its endpoints to."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("teams", __name__)
