"""How what coaching records about a board reads in the board's history: that a cycle was held, never what was said."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

#: By the kind of thing and the verb; ``None`` is not told, since another line says it already.
PHRASES: dict[tuple[str, str], Any] = {
    ("coaching_cycle", "began a coaching cycle"): None,
    ("coaching_cycle", "took a coaching cycle over"): _l("took a coaching cycle over"),
    ("coaching_cycle", "held a coaching cycle"): _l("held a coaching cycle"),
    ("coaching_cycle", "broke a coaching cycle off"): _l("broke a coaching cycle off"),
    ("coaching_rhythm", "set the rhythm"): _l("set when coaching cycles are held"),
    ("coaching_rhythm", "ended the rhythm"): _l("ended the planned coaching cycles"),
}
