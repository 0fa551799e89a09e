"""Up to when somebody has read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired

from kata.web.forms import Form


class MomentField(HiddenField):
    """A moment in ISO form, with its zone."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = datetime.fromisoformat(str(valuelist[0])) if valuelist and valuelist[0] else None
        if self.data is not None and self.data.tzinfo is None:
            raise ValueError("a moment has a zone")

    def _value(self) -> str:
        return self.data.isoformat() if isinstance(self.data, datetime) else ""


class ReadForm(Form):
    """The moment that the page told up to."""

    until = MomentField(validators=[InputRequired()])
