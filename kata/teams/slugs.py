"""The name of a team or an area in its address: made from its name once, and kept when the name changes. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 60


def slug_of(name: str) -> str:
    """Lower-case letters, digits and hyphens; empty where the name has none that Latin writing knows."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return words[:LONGEST].strip("-")


def free(slug: str, taken: Container[str]) -> str:
    """``slug``, or the first of ``slug-2``, ``slug-3``, … that is not taken."""
    if slug not in taken:
        return slug
    return next(each for number in count(2) if (each := f"{slug}-{number}") not in taken)
