"""The room's blueprint, which each of its files adds its endpoints to."""

from __future__ import annotations

from flask import Blueprint

from kata.extensions import login_manager
from kata.identity import queries

blueprint = Blueprint("identity", __name__)
login_manager.user_loader(queries.account)
login_manager.session_protection = None  # the session lives in the database, where it can be ended
