"""How what coaching records about a board reads in the board's history: that a cycle was held, never what was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l

from kata.teams.words import days_in_words

#: By the kind of thing and the verb; ``None`` is not told, since another line says it already.
PHRASES: dict[tuple[str, str], Any] = {
    ("coaching_cycle", "began a coaching cycle"): None,
    ("coaching_cycle", "took a coaching cycle over"): _l("took a coaching cycle over"),
    ("coaching_cycle", "held a coaching cycle"): _l("held a coaching cycle"),
    ("coaching_cycle", "broke a coaching cycle off"): _l("broke a coaching cycle off"),
    ("coaching_rhythm", "set the rhythm"): _l("set the rhythm of the coaching cycles"),
    ("coaching_rhythm", "changed the rhythm"): _l("changed the rhythm of the coaching cycles"),
    ("coaching_rhythm", "ended the rhythm"): _l("ended the rhythm of the coaching cycles"),
    ("coaching_rhythm", "took the rhythm up again"): _l("took the rhythm of the coaching cycles up again"),
}


def _rhythm(snapshot: dict[str, Any]) -> str:
    """On which days, and at what time."""
    return f"{days_in_words(snapshot['days'])}, {snapshot['at'][:5]}"


#: What else than a text of the snapshot such a line tells.
IN_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {"coaching_rhythm": _rhythm}
