"""How a measure's kind and better direction are said, in one place for forms, pages and the rooms above."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

KIND = {"outcome": _l("outcome measure"), "process": _l("process measure")}
KIND_HINT = {"outcome": _l("what the customer feels"), "process": _l("what the team can act on")}
BETTER = {
    "up": _l("higher is better"),
    "down": _l("lower is better"),
    "neither": _l("a value to keep"),
}
#: The icon that stands beside the words.
BETTER_ICON = {"up": "trending-up", "down": "trending-down", "neither": "minus"}

#: What happened to a reading, by the verb in the activity record.
EVENT = {
    "entered": _l("Entered"),
    "corrected": _l("Corrected"),
    "struck out": _l("Struck out"),
    "restored": _l("Counts again"),
}
#: What a field said before, by its name.
WAS = {"day": _l("The day was"), "value": _l("The value was"), "note": _l("The note was")}
#: What a pasted row is, compared with what stands already.
STATE = {
    "new": _l("new"),
    "correction": _l("a correction"),
    "known": _l("there already"),
    "gap": _l("a gap"),
}
#: Which part of a date comes first, where a paste does not tell.
ORDER = {"day": _l("the day"), "month": _l("the month")}
