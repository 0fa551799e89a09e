"""What barriers and challenges add to Today, to the page of an area, to a board's obstacles and to its history."""

from __future__ import annotations

from typing import Any

from kata.access.guard import viewer
from kata.access.policy import Viewer
from kata.alignment import pages, words
from kata.alignment.queries import barriers as queries
from kata.alignment.queries import cascade, lists
from kata.alignment.queries.lists import Asked
from kata.storyboards import notes
from kata.storyboards.notes import Note
from kata.storyboards.queries import history
from kata.web import sections
from kata.web.htmx import Partial

IN_AREA = 5


def of_leader(who: Viewer) -> Partial | None:
    """What waits for a leader, the oldest first."""
    return _unless_empty(pages.to_answer(who)) if who.areas_led else None


def of_who_waits(who: Viewer) -> Partial | None:
    """What somebody has not read yet of barriers; nobody without a team or an area is asked for."""
    return _unless_empty(pages.news(who)) if who.teams or who.areas_led else None


def _unless_empty(section: Partial) -> Partial | None:
    return section if section.context["lines"] else None


def of_area(area: Any) -> Partial:
    """The open barriers that wait in the area, the oldest first."""
    rows = lists.listed(viewer(), Asked("open", area.id), most=IN_AREA + 1)
    context = {"lines": pages.lines(viewer(), rows[:IN_AREA]), "more": len(rows) > IN_AREA, "area": area}
    return Partial("barriers", "alignment/_of_area.html", context)


def practising(area: Any) -> Partial | None:
    """The storyboards of those who lead the area, which all its teams may read; none where nobody has one."""
    rows = cascade.of_leaders(viewer(), area.id)
    return Partial("practising", "alignment/_practising.html", {"rows": rows}) if rows else None


sections.add("today", of_leader)
sections.add("today", of_who_waits)
sections.add("area", practising)
sections.add("area", of_area)
notes.add(Note(queries.beside_obstacles, pages.beside_obstacle, "alignment/_of_obstacle.html"))
history.ABOVE |= words.PHRASES
history.IN_WORDS |= words.IN_WORDS
