"""Endpoints of the measures room."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("measures", __name__)
