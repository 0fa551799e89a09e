"""Which parts of a text tell who somebody is, so that no reason for striking them out says them again. Pure."""

from __future__ import annotations

import re

from flask_babel import gettext as _

from kata.rules import DomainError

#: What tells somebody from others: a name as it is written, a number, an address.
_TELLING = re.compile(r"[\w@.+-]*[\w@]")


def expect_no_repeat(before: str, kept: str, reason: str) -> None:
    """Raise at ``reason`` when it names what leaves with ``before`` and is not in what is ``kept``."""
    repeated = (_telling(before) - _telling(kept)) & {part.casefold() for part in _parts(reason)}
    if repeated:
        part = min(repeated)
        raise DomainError("reason", _("“%(part)s” is to leave. Say what kind of data it is instead.", part=part))


def _telling(text: str) -> set[str]:
    """The parts of a text by which somebody could be known, in lower case: capitalised, with a digit, or an address."""
    return {
        part.casefold()
        for part in _parts(text)
        if len(part) > 2 and (part[0].isupper() or "@" in part or any(sign.isdigit() for sign in part))
    }


def _parts(text: str) -> list[str]:
    return _TELLING.findall(text)
