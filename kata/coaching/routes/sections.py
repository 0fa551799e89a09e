"""What coaching adds to Today, to the page of a team and of a person, to the settings of a board and to one's own."""

from __future__ import annotations

from typing import Any

from flask import request

from kata.access.guard import viewer
from kata.access.policy import Viewer
from kata.coaching.forms.calendars import CalendarForm
from kata.coaching.pages import meetings, practice
from kata.coaching.pages import team as teams
from kata.coaching.pages.rhythms import rhythm_line
from kata.coaching.paging import Key
from kata.coaching.queries import calendars
from kata.coaching.queries.people import practitioner
from kata.web import sections
from kata.web.htmx import Partial


def of_today(who: Viewer) -> Partial | None:
    """What a learner takes from their last cycle, and the cycles that are planned today."""
    found = meetings.today(who)
    return Partial("coaching-today", "coaching/_today.html", {"coaching": found}) if found else None


def of_board_settings(board: Any) -> Partial:
    """The rhythm of a board."""
    return Partial("rhythm", "coaching/_rhythm_section.html", {"rhythm": rhythm_line(viewer(), board.id, board.scope)})


def of_team(team: Any) -> Partial | None:
    """Who practises with whom in the team, and when."""
    shown = teams.practice(viewer(), team)
    return Partial("practice", "coaching/_team.html", {"practice": shown}) if shown else None


def of_settings(_person: Any) -> Partial:
    """The address for one's calendar."""
    feeds = calendars.live_of(viewer().person_id)
    context = {"form": CalendarForm(formdata=None), "made_at": feeds[-1].made_at if feeds else None}
    return Partial("calendar", "coaching/_calendar.html", context)


def of_person(person: Any) -> Partial | None:
    """The person's practice, for themselves and whoever coaches them now; for anyone else there is no such section."""
    found = practitioner(viewer(), person_id=person.id)
    if found is None:
        return None
    before, predicted = (request.args.get(name, type=Key.read) for name in ("before", "predicted"))
    return practice.whole(viewer(), found, before, predicted)


sections.add("practice", of_person)
sections.add("settings", of_settings)
sections.add("team", of_team)
sections.add("meetings", of_today)
sections.add("board settings", of_board_settings)
