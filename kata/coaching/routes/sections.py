"""What coaching adds to Today, to a team's page, to the settings of a board and to one's own."""

from __future__ import annotations

from typing import Any

from kata.access.guard import viewer
from kata.access.policy import Viewer
from kata.coaching.forms.calendars import CalendarForm
from kata.coaching.pages import meetings
from kata.coaching.pages.practice import practice
from kata.coaching.pages.rhythms import rhythm_line
from kata.coaching.queries import calendars
from kata.web import sections
from kata.web.htmx import Partial


def of_today(who: Viewer) -> Partial | None:
    """The cycles that are planned today."""
    planned = meetings.today(who)
    return Partial("cycles-today", "coaching/_today.html", {"meetings": planned}) if planned else None


def of_board_settings(board: Any) -> Partial:
    """The rhythm of a board."""
    return Partial("rhythm", "coaching/_rhythm_section.html", {"rhythm": rhythm_line(viewer(), board.id, board.scope)})


def of_team(team: Any) -> Partial | None:
    """Who practises with whom in the team, and when."""
    shown = practice(viewer(), team)
    return Partial("practice", "coaching/_practice.html", {"practice": shown}) if shown else None


def of_settings(_person: Any) -> Partial:
    """The address for one's calendar."""
    feeds = calendars.live_of(viewer().person_id)
    context = {"form": CalendarForm(formdata=None), "made_at": feeds[-1].made_at if feeds else None}
    return Partial("calendar", "coaching/_calendar.html", context)


sections.add("settings", of_settings)
sections.add("team", of_team)
sections.add("today", of_today)
sections.add("board settings", of_board_settings)
