"""Filling an empty installation: the people and places, the years of each team, the record, and what is kept ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import func, select

from kata import clock
from kata.coaching.models import Skill
from kata.extensions import db
from kata.identity.models import Person
from kata.leadership.actions import refresh
from kata.learning import actions as learning
from kata.measures import pictures
from kata.storyboards.models import Experiment
from kata.synth import coaching, places, practice, record, serving
from kata.synth.rows import Rows, let_it_take_its_time, let_the_engine_count
from kata.synth.telling import Telling

TEAMS_AT_ONCE = 50
Say = Callable[[str], None]


class Filled(NamedTuple):
    """How much there is now."""

    people: int
    experiments: int
    events: int


def fill(teams: int, years: int, seed: int, *, password_hash: str, say: Say) -> Filled:
    """Fill an empty installation with so many teams and years, which end yesterday; ``say`` hears how far it is.

    The same seed gives the same rows on the same day. Commits as it goes on: what is broken off is thrown away.
    """
    today = clock.today("UTC")
    with TemporaryDirectory(prefix="kata-synth-") as folder:
        story = Telling(
            Rows(), record.Record(Path(folder)), today - timedelta(days=365 * years), today, seed, password_hash
        )
        _tell(story, teams, say)
        _write_record(story, say)
    _keep_ready(say)
    return Filled(_count(Person), _count(Experiment), story.record.count)


def _tell(story: Telling, teams: int, say: Say) -> None:
    skills = list(db.session.scalars(select(Skill.id).where(Skill.kata == "improvement").order_by(Skill.position)))
    places.administrator(story)
    for crew in places.crews(story, places.departments(story, teams), teams):
        service = serving.serve(story, crew)
        boards = list(practice.practise(story, crew, service))
        for each in boards:
            coaching.coach(story, crew, each, skills)
        if boards:
            coaching.put_before_leaders(story, crew, boards[-1])
        if crew.number % TEAMS_AT_ONCE == 0 or crew.number == teams:
            _write(story.rows)
            say(f"{crew.number:,} of {teams:,} teams")


def _write(rows: Rows) -> None:
    let_it_take_its_time()
    rows.write()
    db.session.commit()


def _write_record(story: Telling, say: Say) -> None:
    written = 0
    for events in story.record.months():
        let_it_take_its_time()
        record.write(events)
        db.session.commit()
        written += len(events)
        say(f"{written:,} of {story.record.count:,} events")


def _keep_ready(say: Say) -> None:
    """What the rooms keep by their own writes, and what the engine knows of its tables."""
    let_the_engine_count()
    let_it_take_its_time()
    drawn = pictures.fill_missing()
    db.session.commit()
    say(f"{drawn:,} pictures of measures")
    let_it_take_its_time()
    found = learning.fill_missing()
    db.session.commit()
    say(f"{found:,} things that can be found")
    counted = refresh.rebuild()
    say(f"figures of {counted:,} teams")
    let_the_engine_count()
    db.session.remove()
    db.engine.dispose()  # what the connections were allowed ends with them


def _count(model: type[Person | Experiment]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
