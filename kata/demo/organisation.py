"""Loading the demo organisation: its people and places first, then its year of practice, day by day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import current_app

from kata import clock
from kata.demo import barriers, cast, customers
from kata.demo.boards import STORIES
from kata.demo.cycles import CYCLES
from kata.demo.days import Days
from kata.demo.script import Stage, Timeline
from kata.identity import actions as identity
from kata.identity.passwords import hash_password
from kata.identity.queries import installation_is_empty, person_by_email
from kata.measures import pictures
from kata.notifications import rounds
from kata.storyboards.actions import boards
from kata.teams import actions as teams
from kata.teams.cadence import PracticeDays
from kata.teams.models import Area

PASSWORD = "practice-every-day"  # noqa: S105 - the demo's is public on purpose; it serves this machine only
FIRST_DAY = -260
HOME = "access-requests"
A_WEEK = timedelta(days=7)


def is_loaded() -> bool:
    """Whether the demo's people are here."""
    return person_by_email("ana@demo.example") is not None


def may_load() -> bool:
    """Whether nobody else's data would be mixed with it."""
    return installation_is_empty()


def load() -> None:
    """Load everything; the caller commits."""
    stage = Stage(Timeline(), Path(current_app.config["DATA_FOLDER"]) / "attachments")
    for slug, crew in cast.TEAMS.items():
        stage.days[slug] = Days(crew.zone, PracticeDays.of(crew.week))
    with clock.standing_at(stage.days[HOME].moment(FIRST_DAY, "08:30")):
        _people(stage)
        areas = _areas(stage)
        _teams(stage, areas)
    for key, given in cast.DIRECTIONS.items():
        stage.at(HOME, given.day or FIRST_DAY + 1, "09:00", partial(_direct, stage, key, areas[given.area], given))
    for tell in STORIES:
        tell(stage)
    customers.tell(stage)
    for tell in CYCLES:
        tell(stage)
    barriers.tell(stage)
    stage.at("devices", -137, "09:00", partial(_now_coaches, stage, "mirek", "devices"))
    with pictures.drawn_once():
        stage.timeline.run()


def give_turns() -> None:
    """Let everybody's turn to be told what changed have come this week, so that mails wait in the outbox. Commits.

    To be called when all that was loaded is committed.
    """
    with clock.standing_at(clock.now() - A_WEEK):
        rounds.give_turns()


def _people(stage: Stage) -> None:
    hashed = hash_password(PASSWORD)  # once for all: it is slow, and the same for everyone here
    key, name = cast.ADMINISTRATOR
    root = stage.people[key] = identity.create_person(name, f"{key}@demo.example", by=None, administrator=True)
    for key, name in cast.PEOPLE.items():
        stage.people[key] = identity.create_person(name, f"{key}@demo.example", by=root.id)
    zones = {who: crew.zone for crew in cast.TEAMS.values() for who in (*crew.coaches, *crew.members)}
    for key, person in stage.people.items():
        person.time_zone = zones.get(key, person.time_zone)
        identity.set_password(person, hashed, by=person.id)


def _areas(stage: Stage) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    root = stage.id("root")
    for key, place in cast.AREAS.items():
        above = areas[place.above] if place.above else None
        areas[key] = teams.create_area(name=place.name, parent=above, by=root)
        if place.leader:
            teams.add_leader(areas[key], stage.id(place.leader), by=root)
    return areas


def _teams(stage: Stage, areas: dict[str, Area]) -> None:
    root = stage.id("root")
    for key, crew in cast.TEAMS.items():
        practice = PracticeDays.of(crew.week).mask
        country, region = crew.place
        team = teams.create_team(
            areas[crew.area],
            name=crew.name,
            time_zone=crew.zone,
            practice_days=practice,
            country=country,
            region=region,
            by=root,
        )
        stage.teams[key] = team
        for who in crew.members:
            teams.add_member(team, stage.id(who), "member", by=root)
        for who in crew.coaches:
            teams.add_member(team, stage.id(who), "coach", by=root)


def _now_coaches(stage: Stage, who: str, team: str) -> None:
    """Somebody who learned at a board of their own coaches from now on."""
    teams.add_member(stage.teams[team], stage.id(who), "coach", by=stage.id("root"))


def _direct(stage: Stage, key: str, area: Area, given: cast.Direction) -> None:
    by_date = stage.days[HOME].ahead(given.ahead)
    serves_id = stage.directions[given.serves].id if given.serves else None
    made = boards.set_area_challenge(area, given.words, by_date, serves_id=serves_id, by=stage.id(given.leader))
    stage.directions[key] = made
