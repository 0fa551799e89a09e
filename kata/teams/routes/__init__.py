"""Endpoints of the teams room, by what they are about."""

from __future__ import annotations

from kata.teams import leaving as _leaving  # noqa: F401 - its part in anonymising somebody
from kata.teams import mails, tidying
from kata.teams.routes import areas, invitations, join, members, people, teams
from kata.teams.routes.blueprint import blueprint

__all__ = ["areas", "blueprint", "invitations", "join", "mails", "members", "people", "teams", "tidying"]
