"""What would come of the lines: which areas, teams, people and roles are new, and which are there already."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from kata.folding import folded
from kata.founding.reading import COLUMNS, JOINS_AS, Flaw, Line

WEEKDAYS = 0b0011111


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has an account already."""

    id: int
    name: str
    email: str | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands now, as far as the lines touch it; names are folded.

    ``areas`` by the area above and the name, ``teams`` by area and name, ``roles`` as (place, person, role).
    """

    areas: Mapping[tuple[int | None, str], int] = field(default_factory=dict)
    teams: Mapping[tuple[int, str], int] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()
    roles: frozenset[tuple[int, int, str]] = frozenset()


@dataclass(slots=True)
class Somebody:
    """A person of the file; ``known`` is the account that they have."""

    name: str
    email: str
    known: int | None = None


@dataclass(slots=True)
class Part:
    """What somebody does in a team, or that they lead an area. ``stands``: it is so already."""

    who: Somebody
    role: str
    stands: bool = False


@dataclass(slots=True)
class NewTeam:
    """A team of the file, with what it is to be given where it is new."""

    name: str
    known: int | None
    time_zone: str | None = None
    practice_days: int | None = None
    language: str | None = None
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class NewArea:
    """An area of the file, or one above it."""

    path: tuple[str, ...]
    known: int | None
    leaders: list[Part] = field(default_factory=list)
    teams: dict[str, NewTeam] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """Everything the file asks for. Areas come after those that they hang on."""

    areas: dict[tuple[str, ...], NewArea] = field(default_factory=dict)
    people: dict[str, Somebody] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def above(self, area: NewArea) -> NewArea | None:
        """The area that an area hangs on."""
        return self.areas.get(tuple(map(folded, area.path[:-1])))

    @property
    def teams(self) -> list[NewTeam]:
        return [team for area in self.areas.values() for team in area.teams.values()]

    @property
    def parts(self) -> list[Part]:
        return [
            part
            for area in self.areas.values()
            for part in (*area.leaders, *(part for team in area.teams.values() for part in team.parts))
        ]

    @property
    def news(self) -> tuple[int, int, int, int]:
        """How many areas, teams, people and roles are new."""
        areas = sum(area.known is None for area in self.areas.values())
        teams = sum(team.known is None for team in self.teams)
        people = sum(person.known is None for person in self.people.values())
        return areas, teams, people, sum(not part.stands for part in self.parts)

    @property
    def is_empty(self) -> bool:
        return not any(self.news)

    @property
    def fingerprint(self) -> str:
        """The same as long as the same would be made."""
        return hashlib.sha256("\n".join(self._told()).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _told(self) -> Iterator[str]:
        for area in self.areas.values():
            yield f"{area.path} {area.known} {area.leaders}"
            yield from map(repr, area.teams.values())


def plan(lines: tuple[Line, ...], standing: Standing) -> Plan:
    """Put what the lines say beside what stands. Where a line contradicts another, a flaw says which."""
    made = Plan()
    finder = _Finder(lines, standing)
    for line in lines:
        area = _area(made, line.area, standing)
        team = _team(made, area, line, standing) if line.team else None
        if line.person:
            who = finder.somebody(made, line, team)
            if who is not None:
                _part(area, team, who, line.role, standing)
    return made


def _area(made: Plan, path: tuple[str, ...], standing: Standing) -> NewArea:
    key = tuple(map(folded, path))
    if key not in made.areas:
        above = _area(made, path[:-1], standing) if len(path) > 1 else None
        is_new = above is not None and above.known is None
        found = None if is_new else standing.areas.get((above.known if above else None, key[-1]))
        made.areas[key] = NewArea(path, found)
    return made.areas[key]


def _team(made: Plan, area: NewArea, line: Line, standing: Standing) -> NewTeam:
    key = folded(line.team)
    if key not in area.teams:
        known = standing.teams.get((area.known, key)) if area.known is not None else None
        area.teams[key] = NewTeam(line.team, known)
    team = area.teams[key]
    for name in ("time_zone", "practice_days", "language"):
        said, before = getattr(line, name), getattr(team, name)
        if said is not None and before is not None and said != before:
            text = _("another row says something else of this team.")
            made.flaws.append(Flaw(line.row, str(COLUMNS[name][0]), text))
        elif said is not None:
            setattr(team, name, said)
    return team


def _part(area: NewArea, team: NewTeam | None, who: Somebody, role: str, standing: Standing) -> None:
    """Give somebody their role, once."""
    leads = role == "leader" or team is None
    role = "leader" if leads else JOINS_AS[role]
    place, parts = (area.known, area.leaders) if leads or team is None else (team.known, team.parts)
    if any(part.who is who and part.role == role for part in parts):
        return
    stands = place is not None and who.known is not None and (place, who.known, role) in standing.roles
    parts.append(Part(who, role, stands))


class _Finder:
    """Whom a line means. An address is one person; a name without one is that of the account, or the line, that alone
    bears it.
    """

    def __init__(self, lines: tuple[Line, ...], standing: Standing) -> None:
        self.standing = standing
        self.by_address = {account.email: account for account in standing.accounts if account.email}
        self.by_name: dict[str, list[Account]] = defaultdict(list)
        for account in standing.accounts:
            if account.is_open:
                self.by_name[folded(account.name)].append(account)
        self.addresses: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            if line.email:
                self.addresses[folded(line.person)].add(line.email)

    def somebody(self, made: Plan, line: Line, team: NewTeam | None) -> Somebody | None:
        """The person, or ``None`` and a flaw in the plan."""
        name = folded(line.person)
        email = line.email or (next(iter(self.addresses[name])) if len(self.addresses[name]) == 1 else "")
        key = email or f"name {name}"
        if key not in made.people:
            account = self.by_address.get(email) if email else self._named(made, line, team)
            if account is not None and not account.is_open:
                self._refuse(made, line, "email", _("this account is closed. Open it again under People first."))
                return None
            if account is None and not email and len(self.by_name[name]) > 1:
                return None
            called = account.name if account else line.person
            made.people[key] = Somebody(called, email, account.id if account else None)
        who = made.people[key]
        if folded(who.name) != name and who.known is None:
            self._refuse(made, line, "person", _("this address is %(name)s’s in another row.", name=who.name))
            return None
        return who

    def _named(self, made: Plan, line: Line, team: NewTeam | None) -> Account | None:
        found = self.by_name[folded(line.person)]
        if len(found) > 1:
            here = {
                who for place, who, role in self.standing.roles if team and place == team.known and role != "leader"
            }
            near = [account for account in found if account.id in here]
            if len(near) == 1:
                return near[0]
            self._refuse(
                made, line, "email", _("several people here are called so. Give the address of the one meant.")
            )
            return None
        return found[0] if found else None

    @staticmethod
    def _refuse(made: Plan, line: Line, column: str, text: str) -> None:
        made.flaws.append(Flaw(line.row, str(COLUMNS[column][0]), text))
