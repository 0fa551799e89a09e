"""What is measured: the app over a demo organisation, and the bare page that it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from config import from_environment
from kata import clock, create_app, logs
from kata.access.guard import public
from kata.demo import organisation
from kata.extensions import db
from kata.identity import passwords
from kata.identity.models import Person
from kata.measures import actions as measures
from kata.storyboards.models import Experiment, Obstacle, Storyboard, TargetCondition
from kata.teams.models import Team
from tests.client import Client
from tests.conftest import SETTINGS, sign_in
from tests.database import build_schema

BARE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{{ team }}</title></head>
<body><main><h1>{{ team }}</h1><p>{{ name }}</p></main></body></html>"""

TEN_YEARS = 3652


@dataclass(frozen=True)
class Place:
    """Who asks, and what they ask for."""

    ana: int
    board: int
    obstacle: int
    team: str
    measure: int


def bare_page() -> Blueprint:
    """The same stack with one signed-in user, one database read and a small template: nothing of ours but the frame.

    Posted to, it reads one row and writes it, which is the least that a saved edit can be. It writes what no search
    looks for, so that nothing else is written with it.
    """
    bare = Blueprint("bare", __name__)

    @bare.record_once
    def compile_template(state: Any) -> None:
        bare.template = state.app.jinja_env.from_string(BARE)  # type: ignore[attr-defined]  # compiled once, as a file is

    @bare.get("/bare")
    @public
    def page() -> ResponseReturnValue:
        if not current_user.is_authenticated:
            abort(401)
        team = db.session.execute(select(Team.name, Team.slug).limit(1)).one()
        return str(bare.template.render(team=team.name, name=current_user.name))  # type: ignore[attr-defined]  # set above

    @bare.post("/bare/<int:board_id>")
    @public
    def save(board_id: int) -> ResponseReturnValue:
        if not current_user.is_authenticated:
            abort(401)
        row = db.session.scalars(select(Storyboard).where(Storyboard.id == board_id).with_for_update()).one()
        row.started_at = clock.now()
        db.session.commit()
        return str(bare.template.render(team=request.form["text"], name=current_user.name))  # type: ignore[attr-defined]  # set above

    return bare


def app_with(address: str, folder: Path) -> Flask:
    """The app over a fresh schema at ``address``, with the bare page beside its own."""
    settings = from_environment({**SETTINGS, "KATA_DATA": str(folder)}, serving=True)
    logs.configure(form="json", level="info", stream=(folder / "log").open("a"))  # as a server has it
    app = create_app({**settings, "SQLALCHEMY_DATABASE_URI": address})
    app.test_client_class = Client
    app.register_blueprint(bare_page())
    passwords.configure(light=True)
    with app.app_context():
        build_schema()
    return app


def play_demo(app: Flask) -> Place:
    """Load the demo organisation; ana's board with the most experiments is the storyboard that is measured."""
    with app.app_context():
        organisation.load()
        db.session.commit()
        ana = db.session.scalars(select(Person.id).where(Person.email == "ana@demo.example")).one()
        board = db.session.scalars(
            select(Storyboard.id)
            .join(Experiment, Experiment.board_id == Storyboard.id)
            .where(Storyboard.learner_id == ana, Storyboard.ended_on.is_(None), Storyboard.archived_at.is_(None))
            .group_by(Storyboard.id)
            .order_by(db.func.count().desc())
        ).first()
        obstacle = db.session.scalars(
            select(Obstacle.id)
            .join(TargetCondition, TargetCondition.id == Obstacle.target_id)
            .where(Obstacle.board_id == board, Obstacle.ended_at.is_(None), TargetCondition.ended_at.is_(None))
            .order_by(Obstacle.id)
        ).first()
        assert board is not None
        assert obstacle is not None
        team = db.session.get_one(Team, db.session.get_one(Storyboard, board).team_id)
        return Place(ana, board, obstacle, team.slug, read_daily(team.id, ana, TEN_YEARS))


def read_daily(team_id: int, by: int, days: int) -> int:
    """A measure with a reading on each of the last days, in two phases."""
    made = measures.create(team_id, name=f"{days} days", unit="h", better="down", kind="process", cadence="day", by=by)
    first = clock.today("UTC") - timedelta(days)
    given = [measures.Given(first + timedelta(day), 40.0 + day * 37 % 11) for day in range(days)]
    measures.save(made, given, seen=measures.compare(made, given).fingerprint, by=by)
    measures.start_phase(made, starts_on=first + timedelta(days // 2), reason="A new form", by=by)
    db.session.commit()
    return made.id


def signed_in(app: Flask, person_id: int) -> Client:
    """A browser of somebody, whose answers are taken as they come."""
    client = sign_in(app, person_id)
    client.lint = False
    return client
