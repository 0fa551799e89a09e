"""What learning adds to the pages of a team, a measure and a moment of truth: the ways into what was learned there."""

from __future__ import annotations

from typing import Any

from kata.web import sections
from kata.web.htmx import Partial


def of_team(team: Any) -> Partial:
    """The way to the team's history, and to the search in what it learned."""
    return Partial("team-history", "learning/_of_team.html", {"team": team})


def of_measure(measure: Any) -> Partial:
    """The way to what was learned where this measure was worked on."""
    return _about(f"measure={measure.id}")


def of_moment(moment: Any) -> Partial:
    """The way to what was learned for this moment."""
    return _about(f"moment={moment.id}")


def _about(narrowed: str) -> Partial:
    return Partial("learned", "learning/_about.html", {"narrowed": narrowed})


sections.add("team", of_team)
sections.add("measure", of_measure)
sections.add("moment", of_moment)
