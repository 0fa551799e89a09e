"""What the forms of this room have in common."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import RadioField
from wtforms.validators import AnyOf, InputRequired

from kata.rules import Conflict
from kata.web.forms import Form, VersionMixin


def pick(label: Any, options: dict[str, Any], missing: Any) -> RadioField:
    """A choice among few, shown whole; ``missing`` is said where none of them was picked."""
    rules = [InputRequired(missing), AnyOf(list(options), message=missing)]
    return RadioField(label, choices=lambda: said(options), validate_choice=False, validators=rules)


def said(options: dict[str, Any]) -> dict[str, str]:
    """The choices in the reader's language."""
    return {value: str(words) for value, words in options.items()}


def source(sent: bool) -> dict[str, None]:
    """A form reads the request by itself; one that was not sent must not, since a page holds several."""
    return {} if sent else {"formdata": None}


class VersionForm(VersionMixin, Form):
    """A button about something that others may have changed meanwhile: there are no two texts to choose from."""

    def show_theirs(self, conflict: Conflict) -> bool:
        self.version.data, self.version.raw_data = conflict.version, None
        self.refuse("", _("Somebody else changed this meanwhile. Look at it again, then decide."))
        self.http_status = 409
        return True
