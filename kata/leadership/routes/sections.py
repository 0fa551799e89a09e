"""What leaders find on other pages: their area in three sentences on Today, and the way from an area to its figures."""

from __future__ import annotations

from typing import Any

from kata.access.guard import viewer
from kata.access.policy import Action, Viewer, allows
from kata.leadership.pages.area import summary
from kata.leadership.queries import kept
from kata.web import sections
from kata.web.htmx import Partial


def of_leader(who: Viewer) -> Partial | None:
    """The areas that the viewer leads, each in a few sentences; nobody else is asked for."""
    tops = kept.tops_of(who) if who.areas_led else []
    told = [(row, summary(who, row.id)) for row in tops[:3]]
    return Partial("areas-led", "leadership/_today.html", {"told": told}) if told else None


def of_area(area: Any) -> Partial | None:
    """The way to the figures of an area, for who may read them."""
    if not allows(viewer(), Action.READ_FIGURES, area.scope):
        return None
    return Partial("figures", "leadership/_of_area.html", {"area": area})


sections.add("today", of_leader)
sections.add("area", of_area)
