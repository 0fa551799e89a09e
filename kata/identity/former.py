"""How somebody is called whose name was taken out for good.

Their row stays, since boards, experiments and the record point to it. Where the name stood it keeps a mark with the
row's number, and this column type reads the mark as *Former colleague 17*, in the reader's language, wherever a name is
selected: so no page, list or file has to know of it. Nobody can type the mark: forms take control characters out.
"""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

MARK = "\x1f"


def mark(person_id: int) -> str:
    """What is kept in place of the name; the number tells several on one board apart."""
    return f"{MARK}{person_id}"


def called(kept: str) -> str:
    """Former colleague 17, as one word: where a first name is enough, nobody becomes *Former*."""
    return str(_("Former colleague %(number)s", number=kept.removeprefix(MARK))).replace(" ", "\N{NO-BREAK SPACE}")


class PersonName(TypeDecorator[str]):
    """A person's name as it is kept, read as it is shown."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return called(value) if value is not None and value.startswith(MARK) else value
