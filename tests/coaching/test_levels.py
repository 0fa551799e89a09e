"""Observing a level: who may, of whom, in which kata; what is asked for, what is kept, and where one is led."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from kata.coaching.actions import levels as actions
from kata.coaching.actions.levels import Seen
from kata.coaching.models import CoachingCycle, ObservedLevel, Skill
from kata.coaching.queries.people import practitioner
from kata.extensions import db
from kata.rules import DomainError
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests.cast import NOW, TODAY, Cast
from tests.client import Client, form_fields
from tests.conftest import SignIn

pytestmark = pytest.mark.database
EVIDENCE = "Waited until she had counted."


@pytest.fixture
def ben(as_: SignIn) -> Client:
    return as_("ben")


def seen(cast: Cast, **changed: Any) -> dict[str, Any]:
    """A form that ben may send about ana."""
    form = {"skill_id": cast.coached.skill, "level": 3, "evidence": EVIDENCE, "observed_on": TODAY.isoformat()}
    return {**form, "once": "1", **changed}


def test_a_coach_writes_down_what_they_saw(ben: Client, ana_path: str, cast: Cast, rows: Any, verbs: Any) -> None:
    path = f"{ana_path}/levels/new?skill={cast.coached.skill}"
    answer = ben.post(f"{ana_path}/levels", {**form_of(ben, path, ana_path), "level": 4, "evidence": EVIDENCE})
    assert answer.location == f"{ana_path}#growth"
    new = rows(ObservedLevel, person_id=cast["ana"].id)[-1]
    assert (new.level, new.evidence, new.observed_on) == (4, EVIDENCE, TODAY)
    assert (new.by_id, new.skill_id, new.cycle_id) == (cast["ben"].id, cast.coached.skill, None)
    assert verbs("observed_level")[-1] == "observed"
    assert EVIDENCE in ben.get(ana_path).text


def form_of(client: Client, page: str, home: str) -> dict[str, Any]:
    """What a browser would send of the form of a page."""
    return form_fields(client.get(page).text, f"{home}/levels")


def test_the_older_levels_stay_and_the_newest_day_holds(ben: Client, ana_path: str, cast: Cast) -> None:
    yesterday, long_ago = TODAY - timedelta(days=1), TODAY - timedelta(days=60)
    ben.post(f"{ana_path}/levels", seen(cast, level=4, observed_on=yesterday.isoformat()))
    ben.post(f"{ana_path}/levels", seen(cast, level=1, once="2", observed_on=long_ago.isoformat()))
    page = ben.get(ana_path).text
    assert page.count('id="level-') == 4  # the place for a new one, and three observations
    assert "Newest: Proficient." in page


def test_the_skill_comes_with_its_described_levels(ben: Client, ana_path: str, cast: Cast, rows: Any) -> None:
    skill = rows(Skill, id=cast.coached.skill)[0]
    page = ben.get(f"{ana_path}/levels/new?skill={skill.id}").text
    assert all(skill.describe(level) in page for level in range(1, 6))
    assert 'value="2026-06-03"' in page


@pytest.mark.parametrize("skill", ["", "?skill=999", "?skill=x"])
def test_without_a_skill_it_asks_which(ben: Client, ana_path: str, cast: Cast, rows: Any, skill: str) -> None:
    page = ben.get(f"{ana_path}/levels/new{skill}").text
    assert "Which skill did you see at work?" in page
    offered = {each.id for each in rows(Skill) if f'levels/new?skill={each.id}"' in page}
    assert offered == {each.id for each in rows(Skill, kata="improvement")}


def test_a_second_coach_is_offered_the_coachs_coaching_skills_alone(as_: SignIn, cast: Cast, rows: Any) -> None:
    page = as_("cleo").get(f"/people/{cast['ben'].id}/levels/new").text
    offered = {each.id for each in rows(Skill) if f'levels/new?skill={each.id}"' in page}
    assert offered == {each.id for each in rows(Skill, kata="coaching")}


def test_the_editor_opens_and_closes_in_its_place(ben: Client, ana_path: str, cast: Cast) -> None:
    page = ben.get(f"{ana_path}/levels/new?skill={cast.coached.skill}", htmx=True).text
    assert page.startswith('<hx-partial id="level-new"')


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"level": ""}, "Choose the level that you saw."),
        ({"level": "6"}, "Not a valid choice"),
        ({"level": "half"}, "Not a valid choice"),
        ({"evidence": "  "}, "One line of evidence"),
        ({"evidence": "x" * 501}, "longer than 500 characters"),
        ({"observed_on": "2026-06-04"}, "What was observed lies behind."),
        ({"observed_on": "someday"}, "That is not a day of the calendar."),
        ({"observed_on": ""}, "Say on which day you saw it."),
        ({"skill_id": ""}, "Choose the skill that you observed."),
        ({"skill_id": "999"}, "This skill is not in use."),
        ({"cycle_id": "999"}, "did not do this at that cycle"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    ben: Client, ana_path: str, cast: Cast, rows: Any, changed: dict[str, Any], sentence: str
) -> None:
    before = len(rows(ObservedLevel))
    answer = ben.post(f"{ana_path}/levels", seen(cast, **changed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert changed.get("evidence", EVIDENCE).strip() in answer.text
    assert len(rows(ObservedLevel)) == before


def test_an_archived_skill_is_not_observed_any_more(ben: Client, root: Client, ana_path: str, cast: Cast) -> None:
    root.post(f"/admin/skills/{cast.coached.skill}/archive", {"version": 1})
    answer = ben.post(f"{ana_path}/levels", seen(cast))
    assert answer.status_code == 422
    assert "This skill is not in use." in answer.text
    assert "no longer in use" in ben.get(ana_path).text  # what was seen in it stays


def test_sent_twice_it_is_written_once(ben: Client, ana_path: str, cast: Cast, rows: Any) -> None:
    before = len(rows(ObservedLevel))
    assert [ben.post(f"{ana_path}/levels", seen(cast)).status_code for _time in range(2)] == [303, 303]
    assert len(rows(ObservedLevel)) == before + 1


def test_extra_fields_name_nobody_else(ben: Client, ana_path: str, cast: Cast, rows: Any) -> None:
    extra = {"person_id": cast["gus"].id, "by_id": cast["cleo"].id, "at": "2020-01-01"}
    ben.post(f"{ana_path}/levels", seen(cast, **extra))
    new = rows(ObservedLevel)[-1]
    assert (new.person_id, new.by_id) == (cast["ana"].id, cast["ben"].id)


@pytest.mark.parametrize(
    ("who", "about", "kata", "status"),
    [
        ("ben", "ana", "improvement", 303),
        ("ben", "ana", "coaching", 422),  # nobody watches how ana coaches
        ("ben", "gus", "improvement", 303),  # a coach of the team coaches its members
        ("cleo", "ben", "coaching", 303),
        ("cleo", "ben", "improvement", 422),  # a second coach coaches the coaching
        ("cleo", "ana", "improvement", 404),  # a second coach never observes the learner
        ("cleo", "ana", "coaching", 404),
        ("ana", "ana", "improvement", 403),  # no self-score
        ("ben", "ben", "coaching", 403),
        ("gus", "ana", "improvement", 404),
        ("ana", "ben", "coaching", 404),
        ("dev", "ana", "improvement", 404),  # leaders and administrators as such coach nobody
        ("root", "ana", "improvement", 404),
        ("ben", "eve", "improvement", 404),
    ],
)
def test_who_observes_whom(as_: SignIn, cast: Cast, rows: Any, who: str, about: str, kata: str, status: int) -> None:
    before, skill = len(rows(ObservedLevel)), rows(Skill, kata=kata)[0].id
    answer = as_(who).post(f"/people/{cast[about].id}/levels", seen(cast, skill_id=skill))
    assert answer.status_code == status
    assert len(rows(ObservedLevel)) == before + (status == 303)


def test_a_coach_who_stopped_observes_and_reads_no_more(
    app: Flask, as_: SignIn, ben: Client, ana_path: str, cast: Cast
) -> None:
    with app.app_context():
        for board in db.session.query(Storyboard).filter_by(coach_id=cast["ben"].id):
            board.coach_id = cast["gus"].id
        for row in db.session.query(Membership).filter_by(person_id=cast["ben"].id):
            row.ended_at = NOW
        db.session.commit()
    assert ben.post(f"{ana_path}/levels", seen(cast)).status_code == 404
    assert ben.get(f"{ana_path}/levels.csv").status_code == 404
    assert "Growth by skill" not in ben.get(ana_path).text
    assert "Growth by skill" in as_("gus").get(ana_path).text


def test_a_level_seen_at_a_cycle_stands_with_it(ben: Client, ana_path: str, cast: Cast, rows: Any) -> None:
    cycle = cast.coached.cycle
    page = f"{ana_path}/levels/new?skill={cast.coached.skill}&cycle={cycle}"
    answer = ben.post(f"{ana_path}/levels", {**form_of(ben, page, ana_path), "level": 5, "evidence": EVIDENCE})
    assert answer.location == f"/cycles/{cycle}#level-new"
    assert rows(ObservedLevel)[-1].cycle_id == cycle
    again = ben.get(f"{ana_path}/levels/new?cycle={cycle}").text
    assert EVIDENCE in again
    assert "Predict and learn: <b>Expert</b>" in again


def test_while_the_cycle_runs_one_is_led_back_to_it(app: Flask, ben: Client, ana_path: str, cast: Cast) -> None:
    with app.app_context():
        running = CoachingCycle(
            board_id=cast.board.id, learner_id=cast["ana"].id, coach_id=cast["ben"].id, held_on=TODAY
        )
        db.session.add(running)
        db.session.commit()
        cycle = running.id
    answer = ben.post(f"{ana_path}/levels", seen(cast, cycle_id=cycle))
    assert answer.location == f"{cast.board.path}/coach#level-new"


def test_only_the_place_that_changed_is_sent(ben: Client, ana_path: str, cast: Cast) -> None:
    def sent(where: str, **changed: Any) -> str:
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{where}"}
        return ben.post(f"{ana_path}/levels", seen(cast, **changed), headers=headers).text

    assert '<hx-partial id="growth"' in sent(ana_path)
    at_cycle = sent(f"{cast.board.path}/coach", once="2", cycle_id=cast.coached.cycle)
    assert '<hx-partial id="level-new"' in at_cycle
    assert '<hx-partial id="growth"' not in at_cycle


def test_the_cycle_must_be_one_of_theirs(in_app: Flask, cast: Cast) -> None:
    """Ben's cycle is about ana as the learner and ben as the coach, and about nobody else."""
    ben, cleo = cast.viewer("ben"), cast.viewer("cleo")
    gus = practitioner(ben, person_id=cast["gus"].id)
    assert gus is not None
    at = Seen(cast.coached.skill, 2, EVIDENCE, TODAY, cast.coached.cycle)
    with pytest.raises(DomainError) as refusal:
        actions.observe(gus, at, by=ben)
    assert refusal.value.field == "cycle_id"
    coach = practitioner(cleo, person_id=cast["ben"].id)
    assert coach is not None
    level = actions.observe(coach, Seen(cast.coached.coaching_skill, 2, EVIDENCE, TODAY, cast.coached.cycle), by=cleo)
    assert level.cycle_id == cast.coached.cycle


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_levels(in_app: Flask, cast: Cast, level: int) -> None:
    ben = cast.viewer("ben")
    ana = practitioner(ben, person_id=cast["ana"].id)
    assert ana is not None
    with pytest.raises(DomainError) as refusal:
        actions.observe(ana, Seen(cast.coached.skill, level, EVIDENCE, TODAY), by=ben)
    assert refusal.value.field == "level"
