"""What the demo tells of coaching: cycles that could have been held so, seen by those who may, and no word twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.access.policy import Viewer
from kata.coaching import cadence, card
from kata.coaching.actions import cycles
from kata.coaching.models import CoachingCycle, CoachingObservation, CycleNote, Instruction, ObservedLevel, Skill
from kata.coaching.pages import guide, meetings, overview, team
from kata.coaching.queries import instructions
from kata.demo.coaching import CLOSING
from kata.demo.script import Stage, Timeline
from kata.extensions import db
from kata.identity.models import Person
from kata.identity.queries import person_by_email
from kata.storyboards.models import Experiment, Storyboard
from kata.storyboards.queries import boards
from kata.teams import countries
from kata.teams.cadence import PracticeDays
from kata.teams.models import Team
from tests.demo.conftest import LOADED

SHOWPIECE = "Access on the first working day"


def _person(name: str) -> Person:
    person = person_by_email(f"{name}@demo.example")
    assert person is not None
    return person


def _viewer(name: str) -> Viewer:
    return Stage(Timeline(), Path(), people={name: _person(name)}).viewer(name)


def _cycles() -> list[tuple[CoachingCycle, Storyboard, Team]]:
    query = (
        sa.select(CoachingCycle, Storyboard, Team)
        .join(Storyboard, Storyboard.id == CoachingCycle.board_id)
        .join(Team, Team.id == Storyboard.team_id)
        .order_by(CoachingCycle.id)
    )
    return [(cycle, board, team) for cycle, board, team in db.session.execute(query)]


def _told(name: str) -> list[CoachingCycle]:
    """The cycles of the board of that name, in order of time."""
    query = sa.select(CoachingCycle).join(Storyboard).where(Storyboard.focus_process == name)
    return list(db.session.scalars(query.order_by(CoachingCycle.held_on)))


def test_cycles_lie_on_practice_days_before_today(demo: Flask) -> None:
    for cycle, board, of in _cycles():
        assert cycle.held_on in PracticeDays.from_mask(of.practice_days), (of.name, cycle.held_on)
        assert cycle.held_on < LOADED.date()
        assert cycle.status in {"held", "broken off"}
        assert board.started_at.date() <= cycle.held_on
        if not cycle.paper:
            assert cycle.started_at.astimezone(ZoneInfo(of.time_zone)).date() == cycle.held_on


def test_boards_are_coached_through_the_year(demo: Flask) -> None:
    held = Counter(board.focus_process for _cycle, board, _team in _cycles())
    assert 38 <= held[SHOWPIECE] <= 50
    coached = Counter(db.session.get(Person, cycle.coach_id).name for cycle, _board, _team in _cycles())
    assert all(coached[name] >= 8 for name in ("Grace Whitfield", "Anneke de Vries", "Noor Rahman", "Cleo Lindqvist"))
    months = {cycle.held_on.strftime("%Y-%m") for cycle, _board, _team in _cycles()}
    assert len(months) >= 11
    assert {cycle.status for cycle, _board, _team in _cycles()} == {"held", "broken off"}
    assert any(cycle.paper for cycle, _board, _team in _cycles())


def test_no_word_of_coaching_is_said_twice(demo: Flask) -> None:
    texts = [
        *db.session.scalars(sa.select(CycleNote.words).where(CycleNote.words != "")),
        *db.session.scalars(sa.select(ObservedLevel.evidence)),
        *db.session.scalars(sa.select(CoachingObservation.learner_said)),
    ]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    sentences = Counter(said for text in texts for said in re.split(r"(?<=[.?!”]) ", text) if len(said.split()) > 4)
    # The coach's own question is on the card, and people repeat it word for word.
    assert {said for said, times in sentences.items() if times > 1} <= {"What do we not know yet?"}
    assert len(sentences) > 500


def test_the_newest_cycles_of_the_showpiece_are_told_in_full(demo: Flask) -> None:
    newest = _told(SHOWPIECE)[-12:]
    for cycle in newest:
        parts = set(db.session.scalars(sa.select(CycleNote.part).where(CycleNote.cycle_id == cycle.id)))
        asked = set(card.KEYS[: card.KEYS.index(cycle.threshold) + 1] if cycle.threshold else card.KEYS)
        assert parts >= asked | {"next", "see", card.FEEDBACK, card.PRACTICE}, cycle.held_on
    steps = sa.select(Experiment.board_id).where(
        Experiment.id.in_([cycle.step_id for cycle in newest if cycle.step_id])
    )
    assert set(db.session.scalars(steps)) == {newest[0].board_id}


def test_seconds_are_those_that_passed(demo: Flask) -> None:
    took: dict[int, int] = defaultdict(int)
    for note in db.session.scalars(sa.select(CycleNote).where(CycleNote.seconds.is_not(None))):
        assert 15 <= note.seconds <= 400
        took[note.cycle_id] += note.seconds
    for cycle, _board, _team in _cycles():
        if cycle.paper:
            assert cycle.id not in took
        else:
            lasted = (cycle.ended_at - cycle.started_at).total_seconds()
            assert lasted - took[cycle.id] == (0 if cycle.status == "broken off" else CLOSING.total_seconds())
            assert lasted < 20 * 60


def test_a_public_holiday_leaves_out_what_no_second_coach_came_for(demo: Flask) -> None:
    coaching = sa.select(ObservedLevel.cycle_id).join(Skill).where(Skill.kata == "coaching")
    watched = {*db.session.scalars(sa.select(CoachingObservation.cycle_id)), *db.session.scalars(coaching)}
    for cycle, _board, of in _cycles():
        if not cycle.paper and cycle.id not in watched:
            assert countries.holiday(of.country, of.region, cycle.held_on, "en_GB") == ""


def test_second_coaches_hear_the_coach_and_instruct_at_a_question_that_they_heard(demo: Flask) -> None:
    second = {cycle.id: (board.second_coach_id, board.coach_id) for cycle, board, _team in _cycles()}
    for heard in db.session.scalars(sa.select(CoachingObservation)):
        assert (heard.by_id, heard.coach_id) == second[heard.cycle_id]
        assert heard.question in card.KEYS
    for given in db.session.scalars(sa.select(Instruction)):
        assert (given.by_id, given.coach_id) == second[given.cycle_id]
        assert given.question in card.KEYS
        heard = sa.select(CoachingObservation.id).where(CoachingObservation.cycle_id == given.cycle_id)
        assert db.session.scalars(heard).first() is not None
        after = sa.select(sa.func.count()).where(
            CoachingCycle.coach_id == given.coach_id,
            CoachingCycle.started_at > given.given_at,
            CoachingCycle.started_at < (given.habit_at or clock.now()),
        )
        assert db.session.scalar(after) >= 3, given.words


def test_levels_are_seen_by_those_who_coach_them(demo: Flask) -> None:
    of = {cycle.id: (cycle, board) for cycle, board, _team in _cycles()}
    levels = db.session.execute(sa.select(ObservedLevel, Skill.kata).join(Skill)).all()
    assert len(levels) > 100
    for seen, kata in levels:
        cycle, board = of[seen.cycle_id]
        whom = (cycle.learner_id, cycle.coach_id) if kata == "improvement" else (cycle.coach_id, board.second_coach_id)
        assert (seen.person_id, seen.by_id) == whom, seen.evidence
        assert seen.observed_on == cycle.held_on


def test_skill_grows_and_not_only_upwards(demo: Flask) -> None:
    seen: dict[tuple[int, int], list[int]] = defaultdict(list)
    for level in db.session.scalars(sa.select(ObservedLevel).order_by(ObservedLevel.observed_on, ObservedLevel.id)):
        seen[level.person_id, level.skill_id].append(level.level)
    for name in ("ana", "ben"):
        mine = [levels for (person, _skill), levels in seen.items() if person == _person(name).id and len(levels) > 1]
        assert sum(levels[-1] > levels[0] for levels in mine) >= 4
        assert any(later < earlier for levels in mine for earlier, later in pairwise(levels))


def test_the_coach_who_led_the_witness_learned_to_wait(demo: Flask) -> None:
    """What Ben said, the step that came of it, what Cleo made of both, and what became of it weeks later."""
    ben, cleo = _person("ben"), _person("cleo")
    led = db.session.scalars(
        sa.select(CoachingObservation).where(CoachingObservation.coach_said.startswith("Isn’t it the form, then?"))
    ).one()
    cycle = db.session.get(CoachingCycle, led.cycle_id)
    step = db.session.get(Experiment, cycle.step_id)
    assert cycle.started_at < step.created_at < cycle.ended_at
    assert (step.expected_value, step.happened_value) == (5, 9)
    told = db.session.scalars(sa.select(Instruction).where(Instruction.cycle_id == cycle.id)).one()
    assert (told.question, told.coach_id, told.by_id) == (led.question, ben.id, cleo.id)
    assert told.habit_at - told.given_at > timedelta(weeks=4)
    follow = db.session.execute(
        sa.select(ObservedLevel.level, ObservedLevel.cycle_id)
        .join(Skill)
        .where(Skill.name == "Follow up", ObservedLevel.person_id == ben.id, ObservedLevel.at < told.habit_at)
        .order_by(ObservedLevel.observed_on)
    ).all()
    assert follow[0] == (1, cycle.id)
    assert follow[-1].level == 3
    assert [each.question for each in instructions.carried(ben.id)] == ["see"]


def test_an_instruction_meets_the_coach_at_its_question_today(demo: Flask) -> None:
    with demo.test_request_context():
        ben = _viewer("ben")
        board_id = db.session.scalars(sa.select(Storyboard.id).where(Storyboard.focus_process == SHOWPIECE)).one()
        board = boards.board(ben, board_id=board_id)
        assert board is not None
        cycle = cycles.begin(board, by=ben.person_id)
        for here, there in pairwise(card.KEYS):
            assert _told_at(ben, cycle) == [], here
            cycles.turn(cycle, here, there, "", None, note=None, by=ben.person_id, threshold=False)
        assert len(_told_at(ben, cycle)) == 1


def _told_at(viewer: Viewer, cycle: CoachingCycle) -> list[str]:
    return [each.words for each in guide.guide(viewer, cycle).told]


def test_ben_sees_who_needs_him_and_why(demo: Flask) -> None:
    with demo.test_request_context():
        page = overview.overview(_viewer("ben"))
    needs = {each.head.learner: [need.rule for need in each.needs] for each in page.learners}
    assert needs["Joy Adeyemi"][0] == "result_overdue"
    assert needs["Priya Nair"][0] == "target_passed"
    assert "no_cycle" in needs["Priya Nair"]
    assert "no_cycle" in needs["Beth Collins"]
    assert needs["Moira Campbell"] == ["same_obstacle"]
    assert needs["Ana Ferreira"] == []
    texts = [need.text for each in page.learners for need in each.needs]
    assert "No coaching cycle yet." not in texts
    assert len(page.told) == 1
    assert len(page.growth) == 5


def test_cleo_sees_which_coach_to_watch_and_why(demo: Flask) -> None:
    with demo.test_request_context():
        page = overview.overview(_viewer("cleo"))
    reasons = {(each.head.coach, each.head.learner): each.reasons for each in page.watched}
    assert reasons["Ben Okafor", "Ana Ferreira"] == ()
    assert any("since you watched" in each for each in reasons["Ben Okafor", "Moira Campbell"])
    assert any("not watched here yet" in each for each in reasons["Grace Whitfield", "Luis Romero"])
    assert any("has been carried" in each for each in reasons["Grace Whitfield", "Carmen Delgado"])


@pytest.mark.parametrize("name", ["ana", "ben", "cleo"])
def test_the_cycle_of_today_stands_on_today(demo: Flask, name: str) -> None:
    with demo.test_request_context():
        due = meetings.today(_viewer(name))
    planned = [each.process for each in due.meetings] if due else []
    assert SHOWPIECE in planned


def test_the_calendar_of_the_team_shows_every_state(demo: Flask) -> None:
    home = db.session.scalars(sa.select(Team).where(Team.slug == "access-requests")).one()
    with demo.test_request_context():
        shown = team.practice(_viewer("ana"), home)
    assert shown is not None
    assert shown.calendar is not None
    states = {cell.state for line in shown.calendar.lines for cell in line.cells if cell.state}
    assert states == {cadence.PLANNED, cadence.HELD, cadence.MISSED, cadence.HOLIDAY}
    good_friday = date(2027, 3, 26)
    assert any(
        cell.state == cadence.HOLIDAY for line in shown.calendar.lines for cell in line.cells if cell.day == good_friday
    )


def test_countries_are_those_of_the_teams(demo: Flask) -> None:
    places = {(row.country, row.region) for row in db.session.scalars(sa.select(Team))}
    assert places == {("GB", "ENG"), ("IN", "KA"), ("US", "NY")}
