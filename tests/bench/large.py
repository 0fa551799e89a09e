"""An organisation of two thousand teams and forty thousand people, with three years behind it, against one of twenty.

Both are filled by the product's own ``synth``; the first team is the same in both. What is opened every day must cost
the same; the leaders' page and the search keep their bars over all of it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.identity.models import Person
from kata.leadership.actions import refresh
from kata.storyboards.models import Experiment
from kata.synth import organisation
from kata.synth.places import DOMAIN
from tests.bench import pages, stage
from tests.bench.table import Row, against, another, postgres_server
from tests.bench.turns import Request, ratio, take_turns

SMALL, LARGE, YEARS, SEED = 20, 2_000, 3, 1
TEAM, WHOLE = "team-1", "/leadership/organisation"
SEARCHES = {
    "rare words": "ledger spindle",
    "words of nearly every experiment": "request",
    "the beginning of a word": "ledg",
}


@dataclass(frozen=True)
class Filled:
    """An organisation that was filled: who asks in it, and how long it took."""

    app: Flask
    place: pages.Place
    experiments: int
    people: int
    seconds: float


def measure(folder: Path, turns: int, teams: int = LARGE) -> list[Row]:
    """SQLite, then PostgreSQL where a server can be had."""
    folder.mkdir(exist_ok=True)
    small, large = (f"sqlite:///{folder / name}.sqlite" for name in ("small", "large"))
    rows = _measured(small, large, folder, turns, teams, "")
    with postgres_server() as address:
        return rows + (_measured(another(address), address, folder, turns, teams, " on PostgreSQL") if address else [])


def _measured(small: str, large: str, folder: Path, turns: int, teams: int, where: str) -> list[Row]:
    few, many = _fill(small, folder, SMALL), _fill(large, folder, teams)
    before, daily = _daily(few), _daily(many)
    asked = {"bare": Request(many.app, stage.signed_in(many.app, many.place.people["learner"]), "/bare")}
    asked |= _over_all(many)
    take_turns(asked | daily | {f"small: {name}": each for name, each in before.items()}, turns)
    rows = [Row(f"{name}{where}: {teams:,} teams against {SMALL}", ratio(each, before[name]), 1.3, " ×")
            for name, each in daily.items()]  # fmt: skip
    bars = {name: 10.0 for name in asked if name.startswith("leaders'")} | {"Today of a leader of all": 3}
    said = f", {teams:,} teams{where}"
    rows += against(asked["bare"], asked, bars, said)
    rows += [Row(f"{name}{said} against a bare page", ratio(each, asked["bare"]), 3 if name.startswith("Today") else 6,
                 " ×") for name, each in daily.items()]  # fmt: skip
    rows.append(_fresh(many, where))
    rows.append(Row(f"`synth`{where}: {many.people:,} people, {YEARS} years", many.seconds / 60, None, " min",
                    f"{many.experiments:,} experiments"))  # fmt: skip
    for each in (few, many):
        with each.app.app_context():
            db.session.remove()
            db.engine.dispose()
    return rows


def _fill(address: str, folder: Path, teams: int) -> Filled:
    app = stage.app_with(address, folder)
    with app.app_context():
        began = time.perf_counter()
        found = organisation.fill(teams, YEARS, SEED, password_hash="", say=lambda _sentence: None)
        took = time.perf_counter() - began
        return Filled(app, pages.place(TEAM), found.experiments, found.people, took)


def _daily(of: Filled) -> dict[str, Request]:
    """What people of the first team open every day, each under what it is."""
    learner, coach, leader = (stage.signed_in(of.app, of.place.people[who]) for who in ("learner", "coach", "leader"))
    names = of.place.names
    return {
        "Today of a learner": Request(of.app, learner, "/"),
        "Today of a coach": Request(of.app, coach, "/"),
        "Today of a leader of ten teams": Request(of.app, leader, "/"),
        "list of storyboards": Request(of.app, learner, "/boards"),
        "storyboard": Request(of.app, learner, f"/boards/{names['board_id']}"),
        "list of teams": Request(of.app, learner, "/teams"),
        "team": Request(of.app, learner, f"/teams/{TEAM}"),
        "history of a team": Request(of.app, learner, f"/teams/{TEAM}/history"),
        "coaching": Request(of.app, coach, "/coaching"),
        "customers": Request(of.app, learner, "/customers"),
        "a team's measures": Request(of.app, learner, f"/teams/{TEAM}/measures"),
        "measure": Request(of.app, learner, f"/measures/{names['measure_id']}"),
        "barriers": Request(of.app, leader, "/barriers"),
        "what the next mail tells": Request(of.app, learner, "/settings/mail/next"),
        "command box": Request(of.app, learner, "/go?q=team+1", htmx=True),
    }


def _over_all(of: Filled) -> dict[str, Request]:
    """What reaches over the whole organisation."""
    with of.app.app_context():
        leading = select(Person.id).where(Person.email == f"leader.organisation@{DOMAIN}")
        leader, past = db.session.scalars(leading).one(), clock.today("UTC").replace(month=6, day=1)
        db.session.rollback()
    learner = stage.signed_in(of.app, of.place.people["learner"])
    top = stage.signed_in(of.app, leader)
    past = past.replace(year=past.year - 2)
    asked = {
        "leaders' page": Request(of.app, top, WHOLE),
        "leaders' page of two years ago": Request(of.app, top, f"{WHOLE}?on={past.isoformat()}"),
        "Today of a leader of all": Request(of.app, top, "/"),
        "tried before": Request(of.app, learner, "/learning/tried.json?q=ask+approver+noon+ledger"),
    }
    return asked | {
        f"search for {name}": Request(of.app, learner, f"/learning?q={words.replace(' ', '+')}")
        for name, words in SEARCHES.items()
    }


def _fresh(of: Filled, where: str) -> Row:
    """How long one write takes until it is in the leaders' figures."""
    with of.app.app_context():
        newest = select(Experiment).where(Experiment.ended_at.is_(None)).order_by(Experiment.id.desc()).limit(1)
        row = db.session.scalars(newest).one()
        row.happened, row.happened_on = "Four of ten.", clock.today("UTC")
        row.learn("Ask early.")
        record("concluded", row, by=of.place.people["learner"])
        db.session.commit()
        began = time.perf_counter()
        refresh.refresh()
        return Row(f"leaders' figures after one write{where}", time.perf_counter() - began, 20, " s")
