"""The languages in which teams write, so that the forms of a word are found as one; the other languages are written
and found as they are.
"""

from __future__ import annotations

from functools import cache

from babel import Locale
from flask_babel import gettext as _

#: By their codes; ``OTHER`` is any other.
CODES = ("cs", "da", "de", "en", "es", "fi", "fr", "it", "nl", "no", "pl", "pt", "sv")
DEFAULT, OTHER = "en", "xx"


def named(locale: str) -> dict[str, str]:
    """The languages that a team can choose, by code, named and sorted as the reader does; the other ones last."""
    return {**_named(locale), OTHER: str(_("another language"))}


@cache
def _named(locale: str) -> dict[str, str]:
    names = Locale.parse(locale).languages
    pairs = sorted(((code, str(names[code])) for code in CODES), key=lambda pair: pair[1])
    return {code: name[:1].upper() + name[1:] for code, name in pairs}
