"""A table of areas, teams and people becomes lines that are understood, or flaws that name row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.dates import get_day_names
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.folding import folded
from kata.identity import zones
from kata.identity.forms import is_address
from kata.tables import Cell, Table, text_of
from kata.teams import languages
from kata.web.language import reader
from kata.web.prose import clean

#: What each column may be called; the first is the heading that the template has.
COLUMNS: Mapping[str, tuple[Any, ...]] = {
    "area": (_l("Area"), "area"),
    "team": (_l("Team"), "team"),
    "time_zone": (_l("Time zone"), "time zone", "timezone"),
    "practice_days": (_l("Practice days"), "practice days", "days"),
    "language": (_l("Language"), "language"),
    "person": (_l("Person"), "person", "name"),
    "role": (_l("Role"), "role"),
    "email": (_l("E-mail"), "e-mail", "email", "mail"),
}
ROLES: Mapping[str, tuple[Any, ...]] = {
    "member": (_l("member"), "member"),
    "learner": (_l("learner"), "learner"),
    "coach": (_l("coach"), "coach"),
    "second coach": (_l("second coach"), "second coach"),
    "leader": (_l("leader"), "leader"),
}
#: As what somebody joins a team. Whoever learns is a member; second coaches are chosen from those who coach.
JOINS_AS = {"member": "member", "learner": "member", "coach": "coach", "second coach": "coach"}
#: All of a file is made in one go, during which nobody else can write on SQLite: a second or two.
MOST_ROWS = 500
LONGEST_NAME = 120
LONGEST_ADDRESS = 254
_LEVELS = re.compile(r"\s*[>›»]\s*")
_BETWEEN_DAYS = re.compile(r"[\s,;/&+]+")
_SPAN = re.compile(r"\s*[-–—]\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is understood. ``area`` is the way from the top; what was left empty is ``None``, or ``""``."""

    row: int
    area: tuple[str, ...]
    team: str = ""
    time_zone: str | None = None
    practice_days: int | None = None
    language: str | None = None
    person: str = ""
    role: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a cell, and what would mend it. Row 0 is the file as a whole."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Roll:
    """What the file says: its lines, what is wrong, the columns nobody reads, and the texts as they were."""

    lines: tuple[Line, ...]
    flaws: tuple[Flaw, ...]
    unread: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


class Unclear(Exception):
    """A cell that says nothing we know; the message says what to write."""


def roll(table: Table) -> Roll:
    """All rows of the table. An empty area means the same area as above, an empty team below it the same team."""
    places, unread = _places(table)
    flaws = list(_missing(places))
    if table.height > MOST_ROWS:
        flaws.append(Flaw(0, "", _("A file may have %(most)s rows. Split it by areas.", most=MOST_ROWS)))
    if flaws:
        return Roll((), tuple(flaws), unread, ())
    lines, cells = list[Line](), list[tuple[str, ...]]()
    area, team = "", ""
    for row, values in table.rows():
        said = {name: _text(values, at) for name, at in places.items()}
        if not any(said.values()):
            continue
        cells.append(tuple(said.get(name, "") for name in COLUMNS))
        if said["area"]:
            area, team = said["area"], ""
        team = said["team"] or team
        lines += _line(row, {**said, "area": area, "team": team}, flaws)
    return Roll(tuple(lines), tuple(flaws), unread, tuple(cells))


def headings() -> list[str]:
    """The names of the columns, as the template has them."""
    return [str(names[0]) for names in COLUMNS.values()]


def role_in_words(role: str) -> str:
    return str(ROLES[role][0])


def _places(table: Table) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each column stands, and the headings that are none of them."""
    known = {folded(str(name)): column for column, names in COLUMNS.items() for name in names}
    places, unread = dict[str, int](), list[str]()
    for column in table.columns:
        name = known.get(folded(column.heading.strip()))
        if name and name not in places:
            places[name] = column.position - 1
        else:
            unread.append(column.name)
    return places, tuple(unread)


def _missing(places: Mapping[str, int]) -> Iterator[Flaw]:
    if "area" not in places or "team" not in places:
        names = ", ".join(headings())
        yield Flaw(0, "", _("The first row must name the columns, as the template does: %(names)s.", names=names))


def _text(values: Sequence[Cell], at: int) -> str:
    return " ".join(clean(text_of(values[at])).split()) if at < len(values) else ""


def _line(row: int, said: Mapping[str, str], flaws: list[Flaw]) -> list[Line]:
    """The row as a line, unless something in it is unclear."""
    read = dict[str, Any]()
    before = len(flaws)
    for name, understand in _UNDERSTAND.items():
        try:
            read[name] = understand(said.get(name, ""))
        except Unclear as unclear:
            flaws.append(Flaw(row, str(COLUMNS[name][0]), str(unclear)))
    if len(flaws) == before:
        flaws += _contradictions(row, read)
    if len(flaws) > before:
        return []
    role = read["role"] or ("member" if read["team"] else "")
    return [Line(row, **{**read, "role": role if read["person"] else ""})]


def _contradictions(row: int, read: Mapping[str, Any]) -> Iterator[Flaw]:
    if not read["area"]:
        yield Flaw(row, str(COLUMNS["area"][0]), _("there is no area, and none above it."))
    if read["person"]:
        if not read["team"] and read["role"] != "leader":
            yield Flaw(row, str(COLUMNS["team"][0]), _("somebody who is no leader belongs to a team: name it."))
    elif read["email"] or read["role"]:
        yield Flaw(row, str(COLUMNS["person"][0]), _("there is no name."))


# Cells ----------------------------------------------------------------------------------------------------------------


def _area(text: str) -> tuple[str, ...]:
    names = tuple(name for name in _LEVELS.split(text) if name)
    for name in names:
        _name(name)
    return names


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise Unclear(_("a name has at most %(most)s characters.", most=LONGEST_NAME))
    return text


def _zone(text: str) -> str | None:
    """As the list has it, or by its place alone where that is enough: Europe/London, or London."""
    if not text:
        return None
    zone = _zones().get(folded(text.replace(" ", "_")))
    if zone is None:
        raise Unclear(_("“%(text)s” is no time zone that is known. Write it as Europe/London.", text=_short(text)))
    return zone


@cache
def _zones() -> dict[str, str]:
    by_place = {folded(zone.rpartition("/")[2]): zone for zone in sorted(zones.known())}
    return {**by_place, **{folded(zone): zone for zone in zones.known()}}


def _days(text: str) -> int | None:
    """Monday to Friday as Mon-Fri, single days as Mon, Wed."""
    if not text:
        return None
    names, mask = _day_names(reader().locale), 0
    for part in _BETWEEN_DAYS.split(_SPAN.sub("-", text)):
        ends = [names.get(folded(end.rstrip("."))) for end in part.split("-")]
        if None in ends or len(ends) > 2:
            raise Unclear(_("“%(text)s” is not understood. Write Mon-Fri, or Mon, Wed, Thu.", text=_short(text)))
        first, last = int(ends[0] or 0), int(ends[-1] or 0)
        for step in range((last - first) % 7 + 1):
            mask |= 1 << (first + step) % 7
    return mask


@cache
def _day_names(locale: str) -> dict[str, int]:
    """Weekdays by their names, long and short, in English and as the reader calls them."""
    return {
        folded(str(name).rstrip(".")): day
        for tongue in ("en", locale)
        for width in ("abbreviated", "wide")
        for day, name in get_day_names(width, locale=tongue).items()
    }


def _language(text: str) -> str | None:
    if not text:
        return None
    code = _languages(reader().locale).get(folded(text))
    if code is None:
        offered = ", ".join(languages.named(reader().locale).values())
        raise Unclear(_("“%(text)s” is none of the languages: %(offered)s.", text=_short(text), offered=offered))
    return code


@cache
def _languages(locale: str) -> dict[str, str]:
    named = {folded(name): code for tongue in ("en_GB", locale) for code, name in languages.named(tongue).items()}
    return {**named, **{code: code for code in languages.CODES}}


def _role(text: str) -> str:
    if not text:
        return ""
    role = next((role for role, names in ROLES.items() if folded(text) in {folded(str(name)) for name in names}), None)
    if role is None:
        offered = ", ".join(str(names[0]) for names in ROLES.values())
        raise Unclear(_("“%(text)s” is none of the roles: %(offered)s.", text=_short(text), offered=offered))
    return role


def _email(text: str) -> str:
    if text and (len(text) > LONGEST_ADDRESS or not is_address(text)):
        raise Unclear(_("“%(text)s” is no e-mail address.", text=_short(text)))
    return text.lower()


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


_UNDERSTAND: Mapping[str, Callable[[str], Any]] = {
    "area": _area,
    "team": _name,
    "time_zone": _zone,
    "practice_days": _days,
    "language": _language,
    "person": _name,
    "role": _role,
    "email": _email,
}
