"""A team's measures as small charts, for its page and for a page of their own."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kata import clock
from kata.charts import Labels, small
from kata.measures import queries
from kata.measures.cadence import Due, next_due
from kata.measures.glance import Glance
from kata.measures.kept import Shelf
from kata.measures.pages.parts import WORDS
from kata.measures.queries import TeamMeasure
from kata.teams.cadence import PracticeDays, local_day
from kata.teams.models import Team
from kata.web.htmx import Partial
from kata.web.language import reader
from kata.web.templates import rendered


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
    return Card(of, _small(of), next_due(of.cadence, latest, since, practice, clock.today(team.time_zone)))


def _small(of: TeamMeasure) -> Markup | None:
    """The small chart; kept in memory, for it costs more than the rest of the list."""
    seen = of.glance
    if seen is None:
        return None
    return _charts.get((of.id, seen.stamp, seen.seal, of.name, reader().locale), lambda: _drawn(of, seen))


def _drawn(of: TeamMeasure, seen: Glance) -> Markup:
    chart = small(seen.analysis, seen.days, Labels.of(reader().locale, of.unit), bounds=(of.low, of.high))
    return Markup(rendered("measures/_small.html", chart=chart, name=of.name))  # noqa: S704 - our own


_charts: Shelf[Markup] = Shelf(512)
