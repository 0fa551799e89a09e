"""How names are compared when somebody looks for them: without case, without accents, alike on both engines.

SQLite folds the case of ASCII letters only, and PostgreSQL strips accents only with an extension; so the name is kept
folded beside itself, and the words that are looked for are folded in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy.orm import mapped_column

_ACCENTS = re.compile("[\u0300-\u036f]")
#: Letters that people type as others on another keyboard, and that Unicode does not take apart; the apostrophes too.
_LETTERS = str.maketrans("łøđðħŧŋı’‘ʼ", "loddhtni'''") | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})


def folded(text: str) -> str:
    """``text`` as it is compared: Élodie and ELODIE are elodie, Łukasz is lukasz. Folding twice changes nothing."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart).translate(_LETTERS))


def folded_column(source: str) -> Any:
    """A column that holds ``source`` folded, for rows that are inserted in bulk too; on a change the model's validator
    keeps it. A row that the version before this one writes during an upgrade is taken, and found once it is saved anew.
    """

    def of_row(context: Any) -> str:
        return folded(context.get_current_parameters()[source])

    return mapped_column(default=of_row, server_default="")


def pattern(text: str) -> str:
    """What ``like`` is given to find ``text`` anywhere, every sign of it as it stands; its escape is a backslash."""
    plain = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"
