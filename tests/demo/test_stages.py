"""Three areas at different stages: a year in, half a year in and uneven, six weeks in; and what can be read of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.coaching.models import CoachingCycle, ObservedLevel, Skill
from kata.extensions import db
from kata.identity.models import Person
from kata.storyboards.models import (
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Storyboard,
    TargetCondition,
)
from kata.teams.models import Area, Team
from kata.teams.pages import tree, walk
from kata.teams.queries import area_rows
from tests.demo.conftest import LOADED

TODAY = LOADED.date()


def _teams_of(slug: str) -> list[int]:
    """The teams of an area and of all below it."""
    nodes = [node for node, _depth in walk(tree(area_rows(), {}))]
    top = next(node for node in nodes if node.slug == slug)
    below = [node.id for node, _depth in walk([top])]
    return list(db.session.scalars(sa.select(Team.id).where(Team.area_id.in_(below))))


def _levels(slug: str, kata: str = "improvement") -> list[tuple[int, str, int, date]]:
    """Person, skill, level and day of what was observed at the boards of an area."""
    query = (
        sa.select(ObservedLevel.person_id, Skill.name, ObservedLevel.level, ObservedLevel.observed_on)
        .join(Skill)
        .join(CoachingCycle, CoachingCycle.id == ObservedLevel.cycle_id)
        .join(Storyboard, Storyboard.id == CoachingCycle.board_id)
        .where(Storyboard.team_id.in_(_teams_of(slug)), Skill.kata == kata)
        .order_by(ObservedLevel.observed_on, ObservedLevel.id)
    )
    return [tuple(row) for row in db.session.execute(query)]  # type: ignore[misc]  # four columns, as said


def _cycles(slug: str) -> list[date]:
    query = sa.select(CoachingCycle.held_on).join(Storyboard, Storyboard.id == CoachingCycle.board_id)
    return sorted(db.session.scalars(query.where(Storyboard.team_id.in_(_teams_of(slug)))))


def test_in_the_mature_area_at_least_five_people_are_observed_in_any_quarter_of_the_year(demo: Flask) -> None:
    levels = _levels("business-services")
    for weeks in range(0, 38, 2):
        until = TODAY - timedelta(weeks=weeks)
        seen = {person for person, _skill, _level, on in levels if until - timedelta(days=91) < on <= until}
        assert len(seen) >= 5, until
    assert len({person for person, *_rest in levels}) >= 8
    assert len({person for person, *_rest in _levels("fairwater-group")}) >= 14


def test_skill_has_grown_where_a_year_has_passed(demo: Flask) -> None:
    newest, oldest = dict[tuple[int, str], int](), dict[tuple[int, str], int]()
    for person, skill, level, _on in _levels("business-services"):
        oldest.setdefault((person, skill), level)
        newest[person, skill] = level
    assert sum(newest[each] > oldest[each] for each in newest) > len(newest) / 2


def test_a_learner_has_become_a_coach_and_was_watched_on_the_way(demo: Flask) -> None:
    boards = db.session.execute(sa.select(Storyboard.learner_id, Storyboard.coach_id, Storyboard.second_coach_id)).all()
    learned = {row.learner_id for row in boards}
    grown = {row.coach_id for row in boards if row.coach_id in learned and row.second_coach_id}
    names = {db.session.get_one(Person, each).name for each in grown}
    assert "Mirek Dvořák" in names
    watched = {person for person, *_rest in _levels("business-services", "coaching")}
    assert grown & watched == grown


def test_on_the_wards_all_began_six_weeks_ago_and_are_novices(demo: Flask) -> None:
    assert TODAY - min(_cycles("wards")) <= timedelta(weeks=7)
    assert max(level for _person, _skill, level, _on in _levels("wards")) <= 2
    teams = _teams_of("wards")
    wrong = sa.select(Experiment.id).join(Storyboard).where(Storyboard.team_id.in_(teams), Experiment.learned != "")
    assert len(db.session.scalars(wrong).all()) >= 4


def test_on_the_ramp_cycles_stopped_for_two_months_and_began_again(demo: Flask) -> None:
    held = _cycles("fairwater-air")
    assert max(later - earlier for earlier, later in pairwise(held)) > timedelta(weeks=8)
    assert TODAY - held[-1] < timedelta(weeks=1)


def test_target_conditions_were_reached_and_were_not(demo: Flask) -> None:
    query = sa.select(TargetCondition.status).join(Storyboard)
    for slug in ("business-services", "fairwater-air"):
        ended = Counter(db.session.scalars(query.where(Storyboard.team_id.in_(_teams_of(slug)))))
        assert ended["achieved"]
        assert ended["not achieved"]


def test_the_leader_of_it_all_has_a_board_of_his_own_that_is_open_and_serves_his_challenge(demo: Flask) -> None:
    query = (
        sa.select(Storyboard, Challenge)
        .join(Challenge, Challenge.board_id == Storyboard.id)
        .join(Person, Person.id == Storyboard.learner_id)
        .where(Person.name == "Dev Raman")
    )
    board, challenge = db.session.execute(query).one()
    served = db.session.get_one(Challenge, challenge.serves_id)
    assert not board.closed
    assert db.session.get_one(Area, served.area_id).slug == "fairwater-group"


def test_every_challenge_below_the_top_is_tied_but_for_a_few(demo: Flask) -> None:
    areas = db.session.scalars(sa.select(Challenge).where(Challenge.area_id.is_not(None))).all()
    assert sum(each.serves_id is None for each in areas) == 1
    untied = sa.select(Storyboard.focus_process).join(Challenge).where(Challenge.serves_id.is_(None))
    assert set(db.session.scalars(untied.where(Storyboard.practice.is_(False)))) == {
        "How I ask the fourth question",
        "Laptops that come back",
        "Letters about lost property",
    }


def _told(model: type, *names: str) -> Iterable[tuple[int, str]]:
    for row in db.session.scalars(sa.select(model)):
        for name in names:
            if words := getattr(row, name):
                yield row.board_id, words


@pytest.mark.parametrize(
    ("model", "names"),
    [
        (Experiment, ("step", "expectation", "happened", "learned")),
        (Obstacle, ("text", "note")),
        (CurrentCondition, ("facts",)),
        (TargetCondition, ("pattern", "reflection")),
    ],
)
def test_no_two_boards_say_the_same(demo: Flask, model: type, names: tuple[str, ...]) -> None:
    said = defaultdict(set)
    for board, words in _told(model, *names):
        for sentence in re.split(r"(?<=[.?!”])\s", words):
            if len(sentence.split()) > 4:
                said[sentence].add(board)
    assert [sentence for sentence, boards in said.items() if len(boards) > 1] == []
