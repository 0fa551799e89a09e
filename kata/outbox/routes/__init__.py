"""The outbox as administrators see it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("outbox", __name__)

from kata.outbox import sending  # noqa: E402, F401 - the jobs of this room
from kata.outbox.routes import mails  # noqa: E402, F401 - it adds its addresses to the blueprint
