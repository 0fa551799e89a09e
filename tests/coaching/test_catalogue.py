"""The catalogue of skills: everyone reads it, administrators adapt it, nothing of it is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from kata.coaching.actions import skills as actions
from kata.coaching.models import ObservedLevel, Skill
from kata.coaching.models.skills import DESCRIPTIONS
from kata.extensions import db
from kata.rules import DomainError
from tests.cast import Cast
from tests.client import Client
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database
ADMIN = "/admin/skills"
DESCRIBED = {name: f"What {name} does." for name in DESCRIPTIONS}


def names(rows: Any, kata: str = "improvement") -> list[str]:
    """The names of a kata's skills in use, in their order."""
    skills = sorted(rows(Skill, kata=kata, archived_at=None), key=lambda skill: (skill.position, skill.id))
    return [skill.name for skill in skills]


def test_an_installation_starts_with_the_routines_of_both_katas(rows: Any) -> None:
    assert names(rows) == [
        "Understand the direction",
        "Grasp the current condition",
        "Set a target condition",
        "Identify and focus obstacles",
        "Design an experiment",
        "Predict and learn",
    ]
    assert len(names(rows, "coaching")) == 5
    assert all(skill.describe(level) for skill in rows(Skill) for level in range(1, 6))


@pytest.mark.parametrize("name", ["fay", "ana", "dev"])
def test_everyone_reads_what_each_level_looks_like(as_: SignIn, rows: Any, name: str) -> None:
    page = as_(name).get("/skills").text
    for skill in rows(Skill):
        assert skill.name in page
        assert all(skill.describe(level) in page for level in range(1, 6))
    assert "Advanced beginner" in page
    assert ADMIN not in page


def test_administrators_find_the_way_to_adapt_it(root: Client) -> None:
    assert f'href="{ADMIN}"' in root.get("/settings").text
    assert f'href="{ADMIN}"' in root.get("/skills").text


def test_adding_a_skill_puts_it_last(root: Client, rows: Any, verbs: Any) -> None:
    answer = root.fill_in(f"{ADMIN}/new?kata=coaching", ADMIN, name="Wait for the answer", **DESCRIBED)
    assert answer.location == ADMIN
    assert names(rows, "coaching")[-1] == "Wait for the answer"
    assert verbs("skill") == ["added a skill"]
    assert "What expert does." in root.get("/skills").text


def test_adding_twice_by_one_submission_adds_once(root: Client, rows: Any) -> None:
    form = {"once": "the same", "kata": "coaching", "name": "Wait", **DESCRIBED}
    assert [root.post(ADMIN, form).status_code for _time in range(2)] == [303, 303]
    assert names(rows, "coaching").count("Wait") == 1


def test_a_skill_without_one_of_its_levels_is_asked_for_it(root: Client, rows: Any) -> None:
    answer = root.fill_in(f"{ADMIN}/new", ADMIN, name="Wait", **{**DESCRIBED, "competent": " "})
    assert answer.status_code == 422
    assert "Say what somebody competent does." in answer.text
    assert "What novice does." in answer.text  # what was typed stays
    assert "Wait" not in names(rows)


@pytest.mark.parametrize("name", ["Predict and learn", "predict AND learn"])
def test_a_name_that_the_kata_has_is_refused_at_its_field(root: Client, name: str) -> None:
    answer = root.fill_in(f"{ADMIN}/new", ADMIN, name=name, **DESCRIBED)
    assert answer.status_code == 422
    assert "“Predict and learn” stands in this kata already." in answer.text


def test_the_name_of_an_archived_skill_says_where_it_is(root: Client, cast: Cast) -> None:
    root.post(f"{ADMIN}/{cast.coached.skill}/archive", {"version": 1})
    answer = root.fill_in(f"{ADMIN}/new", ADMIN, name="Predict and learn", **DESCRIBED)
    assert "stands among the archived ones" in answer.text


def test_a_kata_that_does_not_exist_is_refused(root: Client, rows: Any) -> None:
    answer = root.post(ADMIN, {"once": "1", "kata": "karate", "name": "Wait", **DESCRIBED})
    assert answer.status_code == 422
    assert not rows(Skill, name="Wait")


def test_wording_a_skill_in_place(root: Client, cast: Cast, rows: Any, verbs: Any) -> None:
    path = f"{ADMIN}/{cast.coached.skill}"
    answer = root.fill_in(f"{path}/edit", path, name="Predict, then learn", expert="Teaches it.", htmx=True)
    assert answer.status_code == 200
    assert '<hx-partial id="catalogue"' in answer.text
    assert "Teaches it." in answer.text
    assert rows(Skill, id=cast.coached.skill)[0].name == "Predict, then learn"
    assert verbs("skill") == ["rewrote a skill"]


def test_two_who_word_the_same_skill_see_both_texts(as_: SignIn, cast: Cast, rows: Any) -> None:
    path = f"{ADMIN}/{cast.coached.skill}"
    root = as_("root")
    stale = {"version": 1, "name": "Mine", **DESCRIBED}
    root.fill_in(f"{path}/edit", path, name="Theirs")
    answer = root.post(path, stale)
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert "Theirs" in answer.text
    assert rows(Skill, id=cast.coached.skill)[0].name == "Theirs"


def test_putting_in_order_interrupts_nobody_who_words_a_skill(root: Client, cast: Cast, rows: Any) -> None:
    path = f"{ADMIN}/{cast.coached.skill}"
    root.post(f"{path}/position", {"to": 0})
    assert root.post(path, {"version": 1, "name": "Predict", **DESCRIBED}).status_code == 303
    assert names(rows)[0] == "Predict"


def test_moving_up_and_down_and_taking_it_back(root: Client, cast: Cast, rows: Any) -> None:
    before, path = names(rows), f"{ADMIN}/{cast.coached.skill}/position"
    root.post(path, {"to": 4}, htmx=True)
    assert names(rows) == [*before[:4], before[5], before[4]]
    page = root.get(ADMIN).text
    assert page.count('aria-label="Move up: ') == len(rows(Skill))
    root.post(path, {"to": 5})
    assert names(rows) == before


@pytest.mark.parametrize(("to", "place"), [(999, 5), (0, 0)])
def test_a_place_beyond_the_end_is_the_end(root: Client, cast: Cast, rows: Any, to: int, place: int) -> None:
    root.post(f"{ADMIN}/{cast.coached.skill}/position", {"to": to})
    assert names(rows).index("Predict and learn") == place


def test_archiving_keeps_what_was_observed_and_can_be_undone(root: Client, cast: Cast, rows: Any, verbs: Any) -> None:
    path = f"{ADMIN}/{cast.coached.skill}"
    root.post(f"{path}/archive", {"version": 1})
    assert "Predict and learn" not in names(rows)
    assert "Predict and learn" not in root.get("/skills").text
    assert rows(ObservedLevel, skill_id=cast.coached.skill)
    page = root.get(ADMIN).text
    assert f'action="{path}/restoration"' in page
    root.post(f"{path}/restoration", {"version": 2})
    assert names(rows)[-1] == "Predict and learn"
    assert verbs("skill") == ["archived", "restored"]


def test_archiving_what_somebody_worded_meanwhile_is_refused(root: Client, cast: Cast, rows: Any) -> None:
    path = f"{ADMIN}/{cast.coached.skill}"
    root.fill_in(f"{path}/edit", path, name="Otherwise")
    root.post(f"{path}/archive", {"version": 1})
    assert "Otherwise" in names(rows)


def test_an_archived_skill_has_no_place_in_the_order(in_app: Flask, cast: Cast) -> None:
    skill = db.session.get_one(Skill, cast.coached.skill)
    actions.archive(skill, 1, by=cast["root"].id)
    with pytest.raises(DomainError):
        actions.move(skill, 0, by=cast["root"].id)


def test_a_kata_whose_skills_are_all_archived_says_so(root: Client, rows: Any) -> None:
    for skill in rows(Skill, kata="coaching"):
        root.post(f"{ADMIN}/{skill.id}/archive", {"version": 1})
    assert "No skill of this kata is in use." in root.get("/skills").text
    assert "Add one, or bring one back." in root.get(ADMIN).text


def test_words_of_an_administrator_are_shown_only_as_text(root: Client, cast: Cast) -> None:
    path = f"{ADMIN}/{cast.coached.skill}"
    root.fill_in(f"{path}/edit", path, name="<b>Bold</b>", novice="<script>alert(1)</script>")
    for page in (root.get("/skills").text, root.get(ADMIN).text, root.get(f"{path}/edit").text):
        assert "<script>alert(1)" not in page
        assert "<b>Bold" not in page


def test_pages_cost_the_same_with_many_skills(root: Client, app: Flask, statements: Counting, cast: Cast) -> None:
    def cost() -> list[int]:
        found = []
        for path in ("/skills", ADMIN):
            with statements() as asked:
                root.get(path)
            found.append(len(asked))
        return found

    few = cost()
    with app.app_context():
        db.session.add_all(Skill(kata="coaching", name=f"Skill {n}", position=20 + n) for n in range(200))
        db.session.commit()
    assert cost() == few
    assert max(few) <= 12
