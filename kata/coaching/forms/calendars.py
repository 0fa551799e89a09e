"""What the calendar's address asks for."""

from __future__ import annotations

from kata.web.forms import Form, OnceMixin


class CalendarForm(OnceMixin, Form):
    """Asks for nothing: making a secret address."""
