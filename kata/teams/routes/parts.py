"""The pieces of a team's page that several endpoints answer with, read afresh after each write."""

from __future__ import annotations

from typing import Any

from flask import Response

from kata.access.guard import may
from kata.access.policy import Action
from kata.teams import queries, words
from kata.teams.models import Team
from kata.web import sections
from kata.web.forms import Form
from kata.web.htmx import Partial
from kata.web.render import page


def team_page(team: Team, *, problem: Form | None = None) -> Response:
    """The team's whole page; with what was refused on top."""
    context: dict[str, Any] = {
        "team": team,
        "way": queries.area_way(team.area_id),
        "practice_days": words.days_in_words(team.practice_days),
        "time_zone": words.zone_in_words(team.time_zone),
        "country": words.country_in_words(team.country, team.region),
        "former": queries.former_people_of_team(team.id, queries.FORMER_SHOWN),
        "problem": problem,
        "sections": sections.of("team", team),
        **people_part(team).context,
        **invitations_part(team).context,
    }
    return page("teams/team.html", status=problem.http_status if problem else 200, **context)


def people_part(team: Team) -> Partial:
    """Who belongs to the team."""
    return Partial("team-people", "teams/_people.html", {"team": team, "people": queries.people_of_team(team.id)})


def invitations_part(team: Team) -> Partial:
    """The invitations that wait; those who may not invite are told nothing of them."""
    rows = queries.waiting_invitations(team.id) if may(Action.INVITE, team.scope) else []
    return Partial("team-invitations", "teams/_invitations.html", {"team": team, "invitations": rows})


def again(team_id: int) -> Team:
    """The team as it stands after a transaction ended."""
    team = queries.team(team_id)
    if team is None:
        raise LookupError(team_id)
    return team


def row_id(text: str | None) -> int | None:
    """A row's id that came in a form; anything else is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
