"""Real experiment records, entered by hand on a new storyboard: they fit, and not a word of them is bent.

The texts are public records of U.S. Government projects: exp-1 is issue 8180 of ustaxcourt/ef-cms (2022), ops-1 issue
2717 of department-of-veterans-affairs/abd-vro (2024). They are cut where the collection that they come from cut them.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask
from markupsafe import escape

from kata.extensions import db
from kata.storyboards.models import Experiment, Obstacle
from tests.cast import Cast
from tests.conftest import SignIn


@dataclass(frozen=True)
class Record:
    """One record, by the fields of its own template."""

    title: str
    wanted: str
    problem: str
    details: str
    hypothesis: str
    to_measure: str = ""


RECORDS = {
    "exp-1": Record(
        title="Experiment: Mob Retros/Sprint Retros",
        wanted=(
            "As a product team member, so that retros feel more relevant to me, I need a retro method that's more "
            "focused on the first-hand work I'm doing."
        ),
        problem=(
            "Team-level action items are so large and broad that it's hard to see how an individual can contribute to "
            "it or how it directly affects an individual."
        ),
        details=(
            "Mob Retros (time variable) - Mobs will perform their own daily retros. At least 5 minutes of "
            "retrospective at some point during the day. Individual mobs may find that they want/need more time to "
            "discuss. Some teams have a mini retro in their mob timer, while others may just have a longer block of "
            "time.\n\nSprint Retro (40 minutes) - The sprint retros will be focused on broader team-wide "
            "improvements, with action items being assigned to a subset of the team. 40 minute retrospective at the "
            "regularly scheduled interval."
        ),
        hypothesis=(
            "Providing a retrospective method that allows a team member to inspect the first-hand work they're doing, "
            "will help the team member know what they can do at an individual level to improve working methods or the "
            "product."
        ),
    ),
    "ops-1": Record(
        title="On Call Experiment POC",
        wanted="There is an oncall rotation process that distributes a primary/secondary fairly and weekly.",
        problem=(
            "VRO engineers have to currently volunteer to have an informal process for being monitors for SecRel and "
            "Dependabot."
        ),
        details=(
            "As the VRO Team, we aim to introduce a new on-call process during this sprint. This ticket serves as the "
            'proof of concept and will be allocated to the primary "on-call" personnel. The designated primary on-call '
            "individual will assume the responsibility of evaluating and providing feedback on the hypothesis outlined "
            "below. By the end of the sprint, they will share their insights and experiences with the team, allowing "
            "us to iterate on the process and pursue continuous improvement.\n\nPrimary: [member A]\n"
            "Secondary: [member B]"
        ),
        hypothesis=(
            "Introducing a formal on-call process will lead to a reduction in issue resolution time and an enhancement "
            "in team focus and quality. This improvement is anticipated as the designated primary on-call personnel "
            "will be exclusively dedicated to addressing urgent matters, without simultaneous commitments to "
            "sprint-related tasks. Simultaneously, team members not on call can channel their attention solely towards "
            "sprint-related work, fostering increased efficiency and overall productivity"
        ),
        to_measure="issue resolution time",
    ),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_real_record_fits_on_a_new_storyboard(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    record, client = RECORDS[name], as_("ana")
    board = client.fill_in("/boards/new", "/boards", focus_process=record.title).location
    steps = [
        (f"{board}/challenge/edit", f"{board}/challenge", {"statement": record.wanted}),
        (f"{board}/conditions/new", f"{board}/conditions", {"facts": record.problem}),
        (f"{board}/targets/new", f"{board}/targets", {"pattern": record.wanted, "achieve_by": "2026-06-17"}),
        (f"{board}/obstacles/new", f"{board}/obstacles", {"text": record.problem}),
    ]
    for page, action, typed in steps:
        assert client.fill_in(page, action, **typed).status_code == 303, page
    with app.app_context():
        newest = db.session.scalars(sa.select(Obstacle.id).order_by(Obstacle.id.desc())).first()
    assert client.post(f"/obstacles/{newest}/focus").status_code == 303
    plan = {"step": record.details, "expectation": record.hypothesis, "check_on": "2026-06-16"}
    assert client.fill_in(f"{board}/experiments/new", f"{board}/experiments", **plan).status_code == 303
    with app.app_context():
        kept = db.session.scalars(sa.select(Experiment).order_by(Experiment.id.desc())).first()
        assert kept is not None
        assert (kept.step, kept.expectation) == (record.details, record.hypothesis)
        assert db.session.get_one(Obstacle, newest).text == record.problem
    page = client.get(board).text
    for part in (record.title, record.wanted, record.problem, record.hypothesis, *record.details.split("\n")):
        assert str(escape(part)) in page, part
