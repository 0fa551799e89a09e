"""What the pages show: the plan as a tree, the slips of those who got a link, and the list of what comes next."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from kata.access.policy import Viewer
from kata.founding import queries
from kata.founding.actions import link_token
from kata.founding.plan import WEEKDAYS, NewTeam, Plan, Somebody
from kata.founding.reading import COLUMNS, Roll, headings
from kata.identity.secrets import hashed
from kata.outbox.sending import is_set_up
from kata.tables import Table, read
from kata.teams import languages
from kata.teams.words import days_in_words, zone_in_words
from kata.web.htmx import Partial
from kata.web.language import reader

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Slip:
    """A one-time link to be handed over: to whom, where they belong, until when."""

    name: str
    places: str
    address: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an installation needs; ``ways`` are label and address, the likeliest first."""

    title: str
    text: str
    is_done: bool
    ways: tuple[tuple[str, str], ...] = ()


def flaws(roll: Roll, made: Plan | None) -> list[str]:
    """What is wrong, in the order of the rows, a sentence each that names row and column."""
    found = [*roll.flaws, *(made.flaws if made else ())]
    return [
        _("Row %(row)s, column “%(column)s”: %(what)s", row=flaw.row, column=flaw.column, what=flaw.text)
        if flaw.row
        else flaw.text
        for flaw in sorted(found, key=lambda flaw: flaw.row)
    ]


def kept(roll: Roll) -> str:
    """The cells as they were read, for the form that says yes to them."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(str(names[0]) for names in COLUMNS.values())
    writer.writerows(roll.cells)
    return page.getvalue()


def kept_table(rows: str) -> Table:
    """The table of ``kept``. Raises ``Refused`` where somebody sends something else."""
    return read(rows.encode("utf-8", errors="replace"), encoding="utf-8", delimiter=",", header_row=1)


def team_in_words(team: NewTeam, zone: str) -> str:
    """Days, zone and language that a new team gets."""
    days = days_in_words(team.practice_days or WEEKDAYS)
    language = languages.named(reader().locale)[team.language or languages.DEFAULT]
    return " · ".join((days, zone_in_words(team.time_zone or zone), language))


def slips(made: Plan, once: str, by: int) -> tuple[list[Slip], list[Somebody]]:
    """Those to whom a link must be handed over, and those to whom it was mailed."""
    tokens = {who.known: link_token(by, who.known, once) for who in made.people.values() if who.known}
    until = queries.links([hashed(token) for token in tokens.values()])
    mailed, handed = list[Somebody](), list[Slip]()
    home = current_app.config["PUBLIC_URL"]
    for who in made.people.values():
        token = tokens.get(who.known or 0, "")
        if hashed(token) not in until:
            continue
        if who.email and is_set_up():
            mailed.append(who)
        else:
            places = ", ".join(dict.fromkeys(_places(made, who)))
            handed.append(Slip(who.name, places, f"{home}/link/{token}", until[hashed(token)]))
    return handed, mailed


def _places(made: Plan, who: Somebody) -> Iterable[str]:
    for area in made.areas.values():
        yield from (area.path[-1] for part in area.leaders if part.who is who)
        for team in area.teams.values():
            yield from (team.name for part in team.parts if part.who is who)


EXAMPLE = (
    (
        "Service > Desk",
        "Access requests",
        "Europe/London",
        "Mon-Fri",
        "English",
        "Ana Novak",
        "learner",
        "ana@example.org",
    ),
    ("", "", "", "", "", "Ben Okafor", "coach", "ben@example.org"),
    ("", "", "", "", "", "Gus Hale", "member", ""),
    ("Service", "", "", "", "", "Dev Rao", "leader", "dev@example.org"),
)


def example() -> tuple[list[str], Sequence[Sequence[str]]]:
    """The template: its headings, and rows to be written over."""
    return headings(), EXAMPLE


def first_steps(who: Viewer) -> Partial | None:
    """What the installation still needs before teams can practise; for administrators, until nothing is missing."""
    if not who.is_administrator:
        return None
    now = queries.beginnings()
    steps = _steps(now)
    if all(step.is_done for step in steps):
        return None
    return Partial("first-steps", "founding/_first_steps.html", {"steps": steps, "mails": is_set_up()})


def _steps(now: Any) -> list[Step]:
    team = f"/teams/{now.team_slug}" if now.team_slug else "/teams"
    by_hand = f"/areas/{now.area_id}/teams/new" if now.area_id else "/admin/areas/new"
    from_file = (_("From a file"), "/admin/import")
    return [
        Step(
            _("Areas and teams"),
            _("Areas are the parts of the organisation; a team belongs to one and practises together."),
            now.team_slug is not None,
            (from_file, (_("Add a team") if now.area_id else _("Add the first area"), by_hand)),
        ),
        Step(
            _("People"),
            _("A team invites by a link. Who has no e-mail gets one on paper."),
            bool(now.has_people),
            (from_file, (_("Invite to the team"), f"{team}/invitations")) if now.team_slug else (from_file,),
        ),
        Step(
            _("Who coaches"),
            _("A coach meets each learner at the board, twenty minutes at a time."),
            bool(now.has_coach),
            ((_("Invite a coach"), f"{team}/invitations"),) if now.team_slug else (),
        ),
        Step(
            _("Who leads"),
            _("A leader gives an area its challenge and answers the barriers that its teams raise."),
            bool(now.has_leader),
            ((_("Name a leader"), f"/admin/areas/{now.area_id}"),) if now.area_id else (),
        ),
    ]
