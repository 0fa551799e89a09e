"""What storyboards add to the pages of a team, a person and an area."""

from __future__ import annotations

from typing import Any

from kata.access.guard import may, viewer
from kata.access.policy import Action
from kata.customers import work
from kata.measures import annotations as readings
from kata.storyboards.queries import beside, sheets
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries.moments import working_on
from kata.web import sections
from kata.web.htmx import Partial


def of_team(team: Any) -> Partial:
    """The team's storyboards."""
    rows = queries.of_team(viewer(), team.id)
    can_start = team.closed_at is None and may(Action.START_BOARD, team.scope)
    return Partial("boards", "storyboards/_of_team.html", {"rows": rows, "team": team, "can_start": can_start})


def of_person(person: Any) -> Partial:
    """The storyboards at which somebody learns or coaches."""
    return Partial("boards", "storyboards/_of_person.html", {"rows": queries.of_person(viewer(), person.id)})


def of_area(area: Any) -> Partial:
    """The direction that the area's leader gave."""
    rows = sheets.area_challenges([area.id])
    can_set = may(Action.SET_AREA_CHALLENGE, area.scope)
    return Partial("challenges", "storyboards/_of_area.html", {"rows": rows, "area": area, "can_set": can_set})


def of_measure(measure: Any) -> Partial:
    """The storyboards that work on a measure."""
    return Partial("boards", "storyboards/_of_measure.html", {"rows": queries.with_measure(viewer(), measure.id)})


sections.add("team", of_team)
sections.add("person", of_person)
sections.add("area", of_area)
sections.add("measure", of_measure)
work.add(working_on)
readings.add(beside.told)
