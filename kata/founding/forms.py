"""A file of areas, teams and people, and the yes to what would come of it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from kata.imports.words import plain_refusal, refusals
from kata.tables import Code, Refused, Table, read
from kata.web.forms import Form, OnceMixin, words

LONGEST_PASTE = 1_000_000


class RollForm(Form):
    """A file, or rows that were copied from a spreadsheet."""

    file = FileField(_l("File"))
    pasted = words(_l("Or paste rows, with their headings"), longest=LONGEST_PASTE)

    def table(self) -> Table | None:
        """The table in it; ``None`` and an error in the form where there is none."""
        data, name = self._chosen()
        if not data:
            nothing = _("There is nothing in this file.")
            self.refuse("file", nothing if self.file.data else _("Choose a file, or paste some rows."))
            return None
        return self._read(data, name)

    def _chosen(self) -> tuple[bytes, str]:
        if self.file.data:
            return self.file.data.read(), self.file.data.filename or ""
        return _whole(self.pasted.data or "").encode("utf-8", errors="replace"), ""

    def _read(self, data: bytes, name: str) -> Table | None:
        try:
            return read(data, name)
        except Refused as refusal:
            for sentence in _why(refusal):
                self.refuse("file" if self.file.data else "pasted", sentence)
            return None


def _why(refusal: Refused) -> list[str]:
    if refusal.code is Code.SEVERAL_SHEETS:
        return [_("This file has several sheets. Keep the one with the teams, and choose it again.")]
    return refusals(plain_refusal(refusal))


def _whole(pasted: str) -> str:
    """The rows with the empty cells at their very end, which a field of text leaves out as blanks."""
    lines = pasted.split("\n")
    return pasted + "\t" * (lines[0].count("\t") - lines[-1].count("\t"))


class FoundForm(OnceMixin, Form):
    """Yes to the plan with this fingerprint; ``rows`` are the cells as they were read, as CSV."""

    seen = HiddenField(validators=[Length(max=64)])
    rows: Any = StringField(validators=[Length(max=LONGEST_PASTE)])
