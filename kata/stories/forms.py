"""The form by which a story is shared."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from kata.web import forms as fields
from kata.web.forms import Form, OnceMixin, offer

#: So many days a link works where nobody says otherwise.
DAYS = 90

NAMES: dict[str, Any] = {
    "without": _l("Without the names of the learner and the coach"),
    "with": _l("With both names"),
}


class ShareForm(OnceMixin, Form):
    """Until when a link works, and whether it tells who practised; without names where nobody chooses."""

    until = fields.day(_l("Works until"))
    names: Any = RadioField(
        _l("Who may be named?"),
        choices=lambda: offer(NAMES.items()),
        default="without",
        validators=[InputRequired(_l("Choose whether the two are named."))],
    )


class ReplaceForm(OnceMixin, Form):
    """Another link in the place of one."""
