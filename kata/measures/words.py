"""How a measure's kind and better direction are said, in one place for forms, pages and the rooms above."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

KIND = {"outcome": _l("outcome measure"), "process": _l("process measure")}
#: The same in brackets behind a measure's name.
KIND_SHORT = {"outcome": _l("outcome"), "process": _l("process")}
KIND_HINT = {"outcome": _l("what the customer feels"), "process": _l("what the team can act on")}
BETTER = {
    "up": _l("higher is better"),
    "down": _l("lower is better"),
    "neither": _l("a value to keep"),
}
#: The icon that stands beside the words.
BETTER_ICON = {"up": "trending-up", "down": "trending-down", "neither": "minus"}

#: How a number is made.
FIGURE = {
    "plain": _l("A plain number"),
    "share": _l("A share, in per cent"),
    "rate": _l("A rate"),
}
FIGURE_HINT = {
    "plain": _l("minutes, calls a day"),
    "share": _l("how many of how many"),
    "rate": _l("how many for each 1,000"),
}
#: What the two counts of a share or a rate are called where they are typed.
COUNTS = {"numerator": _l("How many"), "denominator": _l("Of how many")}
CADENCE = {
    "": _l("now and then"),
    "day": _l("every practice day"),
    "week": _l("every week"),
    "month": _l("every month"),
    "quarter": _l("every quarter"),
}
PRESET = {"mdc": _l("NHS Making Data Count"), "wheeler": _l("Wheeler"), "run": _l("Run chart")}
PRESET_HINT = {
    "mdc": _l("limits, shift, trend, two of three near a limit"),
    "wheeler": _l("limits, run, three of four near a limit, moving ranges"),
    "run": _l("a median, no limits"),
}
SHIFT = {
    "6": _l("6 points on one side"),
    "7": _l("7 points on one side"),
    "8": _l("8 points on one side"),
    "9": _l("9 points on one side"),
}
TREND = {"7": _l("7 points rising or falling"), "6": _l("6 points rising or falling"), "0": _l("not looked for")}

#: What happened to a reading, by the verb in the activity record.
EVENT = {
    "entered": _l("Entered"),
    "corrected": _l("Corrected"),
    "noted": _l("Noted"),
    "struck out": _l("Struck out"),
    "restored": _l("Counts again"),
}
#: What a field said before, by its name.
WAS = {
    "day": _l("The day was"),
    "value": _l("The value was"),
    "numerator": _l("How many was"),
    "denominator": _l("Of how many was"),
    "note": _l("The note was"),
}
#: What a pasted row is, compared with what stands already.
STATE = {
    "new": _l("new"),
    "correction": _l("a correction"),
    "known": _l("there already"),
    "gap": _l("a gap"),
}
#: Which part of a date comes first, where a paste does not tell.
ORDER = {"day": _l("the day"), "month": _l("the month")}
