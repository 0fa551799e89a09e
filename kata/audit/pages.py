"""The log as it is read: each row of the record as who did what, about what, when and from where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from kata.access.policy import Viewer
from kata.audit import queries
from kata.audit.words import PHRASES, REFUSED, ROLES
from kata.identity.pages import device_name


@dataclass(frozen=True, slots=True)
class About:
    """Something that a line is about, with its page; a board that the reader may not see has neither name nor page."""

    kind: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log. ``detail`` is what the app itself noted, never what somebody wrote on a board."""

    id: int
    at: datetime
    person_id: int | None
    who: str
    what: str
    about: tuple[About, ...]
    detail: str
    address: str
    refused: bool

    def at_in(self, zone: ZoneInfo) -> str:
        """Its time of day somewhere."""
        return f"{self.at.astimezone(zone):%H:%M:%S}"

    def utc_beside(self, zone: ZoneInfo) -> str:
        """The same in UTC where that says something else, with the day where it is another."""
        here, utc = self.at.astimezone(zone), self.at.astimezone(UTC)
        if here.replace(tzinfo=None) == utc.replace(tzinfo=None):
            return "UTC"
        return f"{utc:%H:%M:%S} UTC" if here.date() == utc.date() else f"{utc:%Y-%m-%d %H:%M:%S} UTC"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the reader with what happened on it, the newest first."""

    day: date
    lines: list[Line]


def days(lines: Iterable[Line], zone: ZoneInfo) -> list[Day]:
    """The lines by the reader's days."""
    grouped = groupby(lines, lambda line: line.at.astimezone(zone).date())
    return [Day(day, list(of_day)) for day, of_day in grouped]


def lines(who: Viewer, rows: Sequence[Any]) -> list[Line]:
    """The rows in words."""
    told = [_Told(row) for row in rows]
    names = queries.names(
        who,
        {each for one in told for each in (one.row.person_id, one.person) if each},
        {one.team for one in told if one.team},
        {one.area for one in told if one.area},
        {one.row.board_id for one in told if one.row.board_id},
    )
    phrases: dict[tuple[str, str], str] = {}
    return [_line(each, names, phrases) for each in told]


class _Told:
    """A row with the ids of what it is about."""

    def __init__(self, row: Any) -> None:
        self.row, self.snapshot = row, row.snapshot or {}
        kind, subject = row.subject_type, row.subject_id
        held = kind in {"membership", "area_leader"}
        person = self.snapshot.get("person_id") if held else subject if kind == "person" else None
        self.person = person if person != row.person_id else None
        self.team = subject if kind == "team" else row.team_id
        self.area = subject if kind == "area" else self.snapshot.get("area_id") if kind == "area_leader" else None


def _line(told: _Told, names: queries.Names, phrases: dict[tuple[str, str], str]) -> Line:
    row, key = told.row, (told.row.subject_type, told.row.verb)
    if key not in phrases:  # looking a phrase up in the reader's language takes longer than all else of a line
        phrases[key] = str(PHRASES.get(key) or f"{row.verb} ({row.subject_type})")
    return Line(
        row.id,
        row.at,
        row.person_id,
        names.people.get(row.person_id, ""),
        phrases[key],
        tuple(_about(told, names)),
        _DETAILS.get(row.subject_type, _nothing)(told.snapshot),
        row.address,
        key in REFUSED,
    )


def _about(told: _Told, names: queries.Names) -> Iterable[About]:
    team = told.team
    if told.person in names.people:
        yield About("person", names.people[told.person], f"/admin/people/{told.person}")
    if told.row.board_id in names.boards:
        name, of_team = names.boards[told.row.board_id]
        team = team or of_team
        yield About("board", name or "", f"/boards/{told.row.board_id}" if name else "")
    if team in names.teams:
        name, slug = names.teams[team]
        yield About("team", name, f"/teams/{slug}")
    if told.area in names.areas:
        yield About("area", names.areas[told.area], f"/admin/areas/{told.area}")


def _nothing(_snapshot: dict[str, Any]) -> str:
    return ""


def _of_person(snapshot: dict[str, Any]) -> str:
    """From which device; or at which address somebody tried, where nobody is known to be behind it."""
    if "device" in snapshot:
        return device_name(str(snapshot["device"]))
    return "" if "name" in snapshot else str(snapshot.get("email") or "")


def _role(snapshot: dict[str, Any]) -> str:
    return str(ROLES.get(str(snapshot.get("role")), ""))


#: What the app noted beside the deed, by the kind of thing it was done to. Texts of people are not among it, but for
#: the reason that an administrator gives for a look into what is closed.
_DETAILS: dict[str, Callable[[dict[str, Any]], str]] = {
    "person": _of_person,
    "membership": _role,
    "invitation": _role,
    "endpoint": lambda snapshot: str(snapshot.get("path") or ""),
    "board_opening": lambda snapshot: str(snapshot.get("reason") or ""),
    "listening": lambda snapshot: str(snapshot.get("reason") or ""),
}
