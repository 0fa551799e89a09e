"""What the log can be narrowed to."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from kata.audit.words import KINDS
from kata.web.forms import Form, day, line, offer


def _kinds() -> list[SelectChoice]:
    return offer([("", _l("Everything")), *((key, label) for key, (label, _phrases) in KINDS.items())])


class LookForm(Form):
    """The filter, which travels in the address."""

    who = line(_l("Who"), longest=120)
    kind = SelectField(_l("What"), choices=_kinds, default="", validate_choice=False)
    since = day(_l("From"))
    until = day(_l("To"))
    address = line(_l("Address of the device"), longest=45)
