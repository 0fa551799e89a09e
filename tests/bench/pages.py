"""Every page of the URL map that somebody can open by naming no more than one thing, each as somebody who may.

A new page is measured by itself: it is found in the map. Forms, files and pieces of pages are no pages of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from kata.alignment.models import Barrier
from kata.coaching.models import CoachingCycle
from kata.customers.models import Conversation, MomentOfTruth, Voice
from kata.extensions import db
from kata.identity.models import Person
from kata.measures.models import Measure
from kata.storyboards.models import Challenge, Experiment, Storyboard
from kata.teams.models import Area, AreaLeader, Team
from tests.bench import stage
from tests.client import Client

#: Files, and what stands on its own address only so that it works without scripts.
NO_PAGE = re.compile(
    r"\.(csv|json|svg|png|ics)$|/(new|edit|opening|ending|closing|answer|passing|withdrawal|words|barrier|conclusion"
    r"|setting-aside|anonymity|strike|paste|note|reflection|observation|pulse|question|rhythm|off|serving)$"
    r"|^/(bare|static|healthz|readyz|go|welcome|sign-in|forgotten|settings/components)"
)
WHOLE = b"<html"


@dataclass(frozen=True)
class Page:
    """An address of the map with what stands for its names, and whose browser opens it."""

    rule: str
    path: str
    client: Client


@dataclass(frozen=True)
class Place:
    """Who asks in an installation, and the things that stand for the names in addresses."""

    people: Mapping[str, int]
    names: Mapping[str, object]
    area: str


def place(team_slug: str) -> Place:
    """The people and things of a team whose storyboard is practised at; needs an app context."""
    team = db.session.execute(sa.select(Team.id, Team.slug, Team.area_id).where(Team.slug == team_slug)).one()
    board = _newest(
        Storyboard, Storyboard.team_id == team.id, Storyboard.ended_on.is_(None), Storyboard.closed.is_(False)
    )
    area = db.session.get_one(Area, team.area_id)
    while (leader := _leads(area)) is None and area.parent_id is not None:
        area = db.session.get_one(Area, area.parent_id)
    names: dict[str, Any] = {
        "slug": team.slug,
        "board_id": board.id,
        "person_id": board.learner_id,
        "area": area.slug,
        "area_id": area.id,
        "measure_id": _newest(Measure, Measure.team_id == team.id, Measure.kind == "outcome").id,
        "moment_id": db.session.scalar(
            sa.select(sa.func.min(MomentOfTruth.id)).where(MomentOfTruth.team_id == team.id)
        ),
        "experiment_id": _newest(Experiment, Experiment.board_id == board.id).id,
        "cycle_id": _newest(CoachingCycle, CoachingCycle.board_id == board.id).id,
        "conversation_id": _newest(Conversation, Conversation.team_id == team.id).id,
        "voice_id": _newest(Voice, Voice.team_id == team.id).id,
        "barrier_id": _newest(Barrier).id,
        "challenge_id": _newest(Challenge, Challenge.board_id == board.id).id,
        "what": "experiments",
        "number": 1,
    }
    people = {
        "learner": board.learner_id,
        "coach": board.coach_id,
        "leader": leader,
        "administrator": db.session.scalars(sa.select(Person.id).where(Person.is_administrator)).first(),
    }
    db.session.rollback()
    return Place({who: int(id_) for who, id_ in people.items() if id_}, names, area.slug)


def _newest(model: Any, *having: Any) -> Any:
    return db.session.scalars(sa.select(model).where(*having).order_by(model.id.desc()).limit(1)).one()


def _leads(area: Area) -> int | None:
    return db.session.scalar(
        sa.select(AreaLeader.person_id).where(AreaLeader.area_id == area.id, AreaLeader.ended_at.is_(None))
    )


def pages(app: Flask, given: Place) -> Iterator[Page]:
    """All pages of the map, each as the first of learner, coach, leader and administrator who may open it."""
    clients = [stage.signed_in(app, person) for person in given.people.values()]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in (rule.methods or ()) and not NO_PAGE.search(rule.rule) and rule.arguments <= given.names.keys():
            path = _path(rule, given)
            found = next((client for client in clients if _opens(client, path)), None)
            if found is not None:
                yield Page(re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule), path, found)


def _path(rule: Rule, given: Place) -> str:
    names = {**given.names, "slug": given.area} if rule.rule.startswith("/challenges/") else given.names
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(names[match[1]]), rule.rule)


def _opens(client: Client, path: str) -> bool:
    answer = client.get(path)
    return answer.status_code == 200 and WHOLE in answer.data[:200]
