"""Endpoints of the storyboards room."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("storyboards", __name__)
