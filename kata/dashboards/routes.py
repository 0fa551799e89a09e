"""Endpoints of the dashboards room."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("dashboards", __name__)
