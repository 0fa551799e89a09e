"""How listening sources, kinds of voices and rhythms are said, in one place for forms, pages and files."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

#: Fewer ways of listening than this tell of one kind of customer only.
ENOUGH_SOURCES = 3
#: How long a source counts as in use.
IN_USE_DAYS = 365

SOURCE = {
    "letter": _l("letter or mail"),
    "focus group": _l("focus group"),
    "complaint": _l("complaint"),
    "one-to-one": _l("one-to-one"),
    "survey card": _l("survey card"),
    "market research": _l("market research"),
    "loyalty and defection": _l("who stays, who leaves"),
    "panel": _l("panel"),
    "customer meeting": _l("customer meeting"),
}
#: What a team could do tomorrow to listen through a source it does not use; the easiest first.
NEXT_SOURCE = {
    "one-to-one": _l("ring one customer a week and ask what got in their way"),
    "customer meeting": _l("visit one of them where they use what you do"),
    "survey card": _l("put one open question at the end of the service, and read every answer"),
    "complaint": _l("read the last ten complaints aloud together"),
    "loyalty and defection": _l("ask the last three who left what would have kept them"),
    "letter": _l("read the mails of one day, the friendly ones too"),
    "focus group": _l("bring five of them to one table and mostly keep quiet"),
    "panel": _l("ask the same ten people every quarter"),
    "market research": _l("look at what others found out about customers like yours"),
}
SAYS = {
    "has not worked": _l("Has not worked"),
    "needs to change": _l("Needs to change"),
    "someone does better": _l("Someone does it better"),
    "worked well": _l("Worked well"),
}
SAYS_ICON = {
    "has not worked": "triangle-alert",
    "needs to change": "arrow-right",
    "someone does better": "trending-up",
    "worked well": "check",
}
RHYTHM = {
    "week": _l("every week"),
    "two weeks": _l("every two weeks"),
    "month": _l("every month"),
    "quarter": _l("every quarter"),
}

#: So much of a voice is told where it is one line of many.
LONGEST_EXCERPT = 90


def excerpt(words: str, why: str, wanted: str) -> str:
    """A line of a voice in quotation marks, with what is ``wanted`` in it; of the why only where no other holds it."""
    said = " ".join((words if wanted.casefold() in words.casefold() or not why else why).split())
    at = said.casefold().find(wanted.casefold())
    start = max(0, at - LONGEST_EXCERPT // 3) if len(said) > LONGEST_EXCERPT else 0
    start = said.rfind(" ", 0, start) + 1
    end = start + LONGEST_EXCERPT
    shown = said[start:end] if end >= len(said) else said[start:end].rsplit(" ", 1)[0]
    return f"“{'… ' if start else ''}{shown}{' …' if start + len(shown) < len(said) else ''}”"
