"""Making what a file asks for, all of it or nothing."""

from __future__ import annotations

from flask_babel import gettext as _

from kata.extensions import db
from kata.founding import queries
from kata.founding.plan import WEEKDAYS, NewArea, NewTeam, Part, Plan, Somebody, plan
from kata.founding.reading import Line
from kata.identity import actions as identity
from kata.identity import links
from kata.identity.secrets import token_of_submission
from kata.outbox import actions as outbox
from kata.outbox.sending import is_set_up
from kata.rules import DomainError
from kata.teams import actions as teams
from kata.teams import queries as places
from kata.teams.languages import DEFAULT
from kata.teams.models import Area, Team


def found(lines: tuple[Line, ...], seen: str, *, time_zone: str, once: str, by: int) -> Plan:
    """Make what the lines ask for and is not there; answers what was planned, its people with their accounts.

    ``seen`` is the fingerprint of the plan that somebody agreed to: where another would be carried out, none is.
    Whoever gets an account gets a one-time link (``link_token``), by mail too where they have an address and mails are
    sent.
    """
    queries.take_turns()
    places.lock_areas()
    wanted = plan(lines, queries.standing(lines))
    if wanted.flaws or wanted.fingerprint != seen:
        raise DomainError("", _("Something changed since you looked. This is what would be made now: look again."))
    founder = _Founder(time_zone, once, by)
    for area in wanted.areas.values():
        founder.area(wanted, area)
    return wanted


def link_token(by: int, person_id: int, once: str) -> str:
    """What stands in the link of somebody new; the same submission makes the same."""
    return token_of_submission("sign-in", by, person_id, once)


class _Founder:
    """Makes one thing after the other, those first that others hang on."""

    def __init__(self, time_zone: str, once: str, by: int) -> None:
        self.time_zone, self.once, self.by = time_zone, once, by

    def area(self, wanted: Plan, asked: NewArea) -> None:
        """The area, its leaders, its teams."""
        made = db.session.get(Area, asked.known) if asked.known else self._new_area(wanted, asked)
        if made is None:
            raise LookupError(asked.known)
        asked.known = made.id
        for part in asked.leaders:
            if not part.stands:
                teams.add_leader(made, self._account(part), by=self.by)
        for team in asked.teams.values():
            self._team(made, team)

    def _new_area(self, wanted: Plan, asked: NewArea) -> Area:
        above = wanted.above(asked)
        parent = db.session.get(Area, above.known) if above else None
        return teams.create_area(name=asked.path[-1], parent=parent, by=self.by)

    def _team(self, area: Area, asked: NewTeam) -> None:
        made = places.team(asked.known) if asked.known else self._new_team(area, asked)
        if made is None:
            raise LookupError(asked.known)
        asked.known = made.id
        for part in asked.parts:
            if not part.stands:
                teams.add_member(made, self._account(part), part.role, by=self.by)

    def _new_team(self, area: Area, asked: NewTeam) -> Team:
        return teams.create_team(
            area,
            name=asked.name,
            time_zone=asked.time_zone or self.time_zone,
            practice_days=asked.practice_days or WEEKDAYS,
            language=asked.language or DEFAULT,
            by=self.by,
        )

    def _account(self, part: Part) -> int:
        """The account of whoever it is, made with its link where they have none."""
        who = part.who
        if who.known is None:
            who.known = self._new_account(who)
        return who.known

    def _new_account(self, who: Somebody) -> int:
        person = identity.create_person(who.name, who.email or None, by=self.by, time_zone=self.time_zone)
        links.create(person, by=self.by, token=link_token(self.by, person.id, self.once))
        if person.email and is_set_up():
            about = {"by": self.by, "once": self.once}
            outbox.write("welcome", f"{person.id}:{self.once}", person.email, person_id=person.id, about=about)
        return person.id
