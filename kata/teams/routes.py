"""Endpoints of the teams room."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("teams", __name__)
