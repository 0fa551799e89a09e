"""Lists of what was heard, and one voice with all that it ever said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from kata.access.policy import Viewer
from kata.customers.models import SAYINGS, SOURCES
from kata.customers.pages.parts import WORDS
from kata.customers.queries import voices as queries
from kata.customers.queries.voices import Wanted
from kata.teams.models import Team
from kata.web.htmx import Partial
from kata.web.prose import clean

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Voices:
    """A page of voices with what each said before; ``older`` leads to the next one, ``csv`` to all of them."""

    rows: Sequence[Any]
    wordings: Mapping[int, Sequence[Any]]
    wanted: Wanted
    older: str | None
    csv: str
    is_first: bool


def wanted_of(query: Mapping[str, str], moment_id: int | None = None) -> Wanted:
    """What an address asks for; what is none of our words asks for nothing."""
    source, says, moment = query.get("source", ""), query.get("says", ""), query.get("moment", "")
    return Wanted(
        source=source if source in SOURCES else "",
        says=says if says in SAYINGS else "",
        words=clean(query.get("q", "")).strip()[:LONGEST_SEARCH],
        moment_id=moment_id or _number(moment),
        archived=query.get("show") == "archived",
    )


def listed(who: Viewer, team: Team, wanted: Wanted, query: Mapping[str, str], base: str) -> Voices:
    """The page of voices at the address ``base`` that ``query`` names."""
    before = _place(query.get("before", ""))
    rows = queries.listed(who, team.id, wanted, before=before, limit=queries.LIST_SIZE + 1)
    more, rows = len(rows) > queries.LIST_SIZE, rows[: queries.LIST_SIZE]
    asked = _asked(wanted)
    older = _address(base, {**asked, "before": f"{rows[-1].heard_on}.{rows[-1].id}"}) if more else None
    csv = _address(f"/teams/{team.slug}/voices.csv", {**asked, "moment": wanted.moment_id})
    return Voices(rows, queries.wordings([row.id for row in rows]), wanted, older, csv, before is None)


def voice(who: Viewer, team: Team, voice_id: int) -> Partial:
    """One voice as it stands now, in whichever list it is."""
    row = queries.row(who, voice_id)
    if row is None:
        raise LookupError(f"voice {voice_id} went away while it was shown")
    context = {"team": team, "voice": row, "wordings": queries.wordings([voice_id]), **WORDS}
    return Partial(f"voice-{voice_id}", "customers/_voice.html", context)


def _asked(wanted: Wanted) -> dict[str, object]:
    return {
        "source": wanted.source,
        "says": wanted.says,
        "q": wanted.words,
        "show": "archived" if wanted.archived else "",
    }


def _address(base: str, query: Mapping[str, object]) -> str:
    asked = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(asked)}" if asked else base


def _place(text: str) -> tuple[date, int] | None:
    """The day and id in ``2026-06-03.17``; what is no such place is the beginning."""
    day, _dot, number = text.partition(".")
    try:
        return date.fromisoformat(day), _number(number) or 0
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
