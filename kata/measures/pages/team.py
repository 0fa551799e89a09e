"""A team's measures as small charts, for its page and for a page of their own."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kata import clock
from kata.measures import queries
from kata.measures.cadence import Due, next_due
from kata.measures.pages.parts import WORDS
from kata.measures.pages.small import small_chart
from kata.measures.queries import TeamMeasure
from kata.teams.cadence import PracticeDays, local_day
from kata.teams.models import Team
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Card:
    """A measure with its small chart; without one where nothing was read yet."""

    of: TeamMeasure
    chart: Markup | None
    due: Due | None


def team_measures(team: Team) -> Partial:
    """The section for the team's page, and all of the page of its measures."""
    cards = [_card(team, each) for each in queries.team_measures(team.id)]
    return Partial("team-measures", "measures/_team_measures.html", {"team": team, "cards": cards, **WORDS})


def _card(team: Team, of: TeamMeasure) -> Card:
    if of.archived:
        return Card(of, None, None)
    latest = of.latest.day if of.latest else None
    practice, since = PracticeDays.from_mask(team.practice_days), local_day(of.since, team.time_zone)
    return Card(
        of,
        small_chart(of, of.glance) if of.glance else None,
        next_due(of.cadence, latest, since, practice, clock.today(team.time_zone)),
    )
