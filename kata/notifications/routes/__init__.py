"""Choosing when one is told, looking at the next digest, and ending them by the link in a mail."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("notifications", __name__)

from kata.notifications import leaving as _leaving  # noqa: E402, F401 - its part in anonymising somebody
from kata.notifications import mails  # noqa: E402, F401 - the kind of mail that this room has
from kata.notifications.routes import off, settings  # noqa: E402, F401 - they add their addresses to the blueprint
