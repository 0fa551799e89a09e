"""A team's customers and their journeys, how it listens, and its regular conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kata import clock
from kata.access.guard import viewer
from kata.access.policy import Viewer
from kata.customers.pages.parts import WORDS, Card, Listens, cards, counted, listens
from kata.customers.queries import conversations as talks
from kata.customers.queries import moments as queries
from kata.customers.queries import voices
from kata.teams.models import Team
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Journey:
    """The moments of one customer in their order; of nobody in particular where ``customer`` is ``None``."""

    customer: Any | None
    cards: tuple[Card, ...]


def whole(who: Viewer, team: Team) -> dict[str, Any]:
    """The context of a team's page: journeys, listening, conversations."""
    today = clock.today(team.time_zone)
    closed, told = voices.hearing(who, team.id)
    rows = voices.sources(who, [team.id], today)
    how = listens(rows, closed=closed, told=told)
    parts = _journeys(who, team, rows if told else None), _listening(team, how), _conversations(who, team, how, today)
    return {name: value for part in parts for name, value in part.context.items()}


def journeys(who: Viewer, team: Team) -> Partial:
    """The customers with their journeys, read by themselves."""
    told = voices.hearing(who, team.id).told
    rows = voices.sources(who, [team.id], clock.today(team.time_zone)) if told else None
    return _journeys(who, team, rows)


def listening(who: Viewer, team: Team) -> Partial:
    """How the team listens, read by itself."""
    closed, told = voices.hearing(who, team.id)
    rows = voices.sources(who, [team.id], clock.today(team.time_zone))
    return _listening(team, listens(rows, closed=closed, told=told))


def _conversations(who: Viewer, team: Team, how: Listens, today: date) -> Partial:
    """The regular conversations: the next one, what is overdue."""
    rows = talks.of_team(who, team.id)
    in_use = [row for row in rows if row.archived_at is None]
    context = {
        "team": team,
        "listens": how,
        "talks": in_use,
        "ended": [row for row in rows if row.archived_at is not None],
        "late": [row for row in in_use if row.next_on < today],
        "today": today,
        **WORDS,
    }
    return Partial("conversations", "customers/_conversations.html", context)


def _journeys(who: Viewer, team: Team, rows: list[Any] | None) -> Partial:
    customers, moments = queries.customers(team.id), queries.moments(team.id)
    live = [each for each in moments if each.archived_at is None]
    made = cards(who, live, {} if rows is None else counted(rows, [each.id for each in live]))
    in_use = [each for each in customers if each.archived_at is None]
    known = {each.id for each in in_use}
    found = [Journey(each, tuple(c for c in made if c.moment.customer_id == each.id)) for each in in_use]
    others = Journey(None, tuple(card for card in made if card.moment.customer_id not in known))
    context = {
        "team": team,
        "journeys": found,
        "others": others,
        "archived_customers": [each for each in customers if each.archived_at is not None],
        "archived_moments": [each for each in moments if each.archived_at is not None],
        **WORDS,
    }
    return Partial("journeys", "customers/_journeys.html", context)


def _listening(team: Team, how: Listens) -> Partial:
    return Partial("listening", "customers/_listening.html", {"team": team, "listens": how, **WORDS})


def section(team: Team) -> Partial:
    """What the team's own page says of its customers, in one statement."""
    today = clock.today(team.time_zone)
    counts = voices.summary(viewer(), team.id, today)
    return Partial("team-customers", "customers/_of_team.html", {"team": team, "counts": counts, "today": today})
