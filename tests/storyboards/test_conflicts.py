"""Rule 4, no lost update: the second of two who edit the same thing gets 409 with both texts, for every editor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.storyboards.models import (
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Storyboard,
    TargetCondition,
    TargetMeasure,
)
from tests.cast import Board, Cast
from tests.client import form_fields
from tests.conftest import SignIn


@dataclass(frozen=True)
class Editor:
    """Where a text is edited, what the first and the second of two people write, and where it is kept."""

    page: str
    action: str
    field: str
    model: Any
    kept: Callable[[Board], int | None]
    mine: str = "What gus wrote first"
    theirs: str = "What ana wrote second"
    more: tuple[tuple[str, str], ...] = ()
    column: str = ""

    def paths(self, board: Board) -> tuple[str, str]:
        names = {
            "board": board.path,
            "waiting": board.waiting,
            "target": board.target,
            "running": board.running,
            "concluded": board.concluded,
        }
        return self.page.format(**names), self.action.format(**names)


EDITORS = {
    "the board itself": Editor("{board}/edit", "{board}", "focus_process", Storyboard, lambda b: b.id),
    "challenge": Editor("{board}/challenge/edit", "{board}/challenge", "statement", Challenge, lambda b: b.challenge),
    "obstacle": Editor("/obstacles/{waiting}/edit", "/obstacles/{waiting}", "text", Obstacle, lambda b: b.waiting),
    "target condition": Editor(
        "/targets/{target}/edit", "/targets/{target}", "pattern", TargetCondition, lambda b: b.target
    ),
    "plan": Editor("/experiments/{running}/edit", "/experiments/{running}", "step", Experiment, lambda b: b.running),
    "what happened": Editor(
        "/experiments/{running}/conclusion",
        "/experiments/{running}/conclusion",
        "happened",
        Experiment,
        lambda b: b.running,
    ),
    "amendment": Editor(
        "/experiments/{concluded}",
        "/experiments/{concluded}/amendments",
        "words",
        Experiment,
        lambda b: b.concluded,
        more=(("field", "learned"),),
        column="learned",
    ),
}


def second_of_two(as_: SignIn, cast: Cast, editor: Editor, *, htmx: bool = False) -> tuple[Any, Any, dict[str, Any]]:
    """Both open the editor, gus saves, then ana sends what she saw; her answer, her client and what she sent."""
    page, action = editor.paths(cast.board)
    gus, ana = as_("gus"), as_("ana")
    hers = form_fields(ana.get(page).text, action) | dict(editor.more)
    first = gus.fill_in(page, action, **{**dict(editor.more), editor.field: editor.mine})
    assert first.status_code == 303
    sent = {**hers, editor.field: editor.theirs}
    return ana.post(action, sent, htmx=htmx), ana, sent


def kept(app: Flask, cast: Cast, editor: Editor) -> str:
    with app.app_context():
        row = db.session.get_one(editor.model, editor.kept(cast.board))
        return str(getattr(row, editor.column or editor.field))


@pytest.mark.database
@pytest.mark.parametrize("name", EDITORS)
def test_the_second_sees_both_texts_and_overwrites_nothing(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    editor = EDITORS[name]
    answer, _client, _sent = second_of_two(as_, cast, editor)
    assert answer.status_code == 409
    assert editor.mine in answer.text
    assert editor.theirs in answer.text
    assert "Somebody else saved this" in answer.text
    assert kept(app, cast, editor) == editor.mine


@pytest.mark.parametrize("name", [name for name in EDITORS if name != "the board itself"])
def test_htmx_gets_both_texts_in_the_editor(cast: Cast, as_: SignIn, name: str) -> None:
    editor = EDITORS[name]
    answer, _client, _sent = second_of_two(as_, cast, editor, htmx=True)
    assert answer.status_code == 409
    assert answer.text.startswith("<hx-partial id=")
    assert answer.text.count("<hx-partial") == 1
    assert editor.mine in answer.text
    assert editor.theirs in answer.text


@pytest.mark.parametrize("name", EDITORS)
def test_sending_again_what_was_chosen_saves_it(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    editor = EDITORS[name]
    answer, ana, _sent = second_of_two(as_, cast, editor)
    _page, action = editor.paths(cast.board)
    again = form_fields(answer.text, action)
    assert again[editor.field] == editor.theirs
    assert ana.post(action, again).status_code == 303
    assert kept(app, cast, editor) == editor.theirs


def test_a_version_of_the_condition_written_from_an_older_one(app: Flask, cast: Cast, as_: SignIn) -> None:
    page, action = f"{cast.board.path}/conditions/new", f"{cast.board.path}/conditions"
    gus, ana = as_("gus"), as_("ana")
    hers = form_fields(ana.get(page).text, action)
    assert gus.fill_in(page, action, facts="Six of ten wait.", **{"steps-0-name": "Ask twice"}).status_code == 303
    answer = ana.post(action, {**hers, "facts": "Seven of ten wait.", "steps-0-name": "Ask once"})
    assert answer.status_code == 409
    for words in ("Six of ten wait.", "Seven of ten wait.", "Ask twice", "Ask once"):
        assert words in answer.text
    again = form_fields(answer.text, action)
    assert ana.post(action, again).status_code == 303
    with app.app_context():
        query = sa.select(CurrentCondition.facts).where(CurrentCondition.board_id == cast.board.id)
        told = list(db.session.scalars(query.order_by(CurrentCondition.number)))
    assert told[2:] == ["Six of ten wait.", "Seven of ten wait."]


def test_measures_changed_under_somebody_else_are_shown_and_not_overwritten(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    page, action = f"/targets/{cast.board.target}/edit", f"/targets/{cast.board.target}"
    gus, ana = as_("gus"), as_("ana")
    hers = form_fields(ana.get(page).text, action)
    assert gus.fill_in(page, action, **{"aims-1-to_value": "2"}).status_code == 303
    answer = ana.post(action, {**hers, "aims-1-to_value": "9"})
    assert answer.status_code == 409
    assert "→ 2" in answer.text
    assert "→ 9" in answer.text
    with app.app_context():
        query = sa.select(TargetMeasure.to_value).where(
            TargetMeasure.target_id == cast.board.target, TargetMeasure.measure_id == cast.measures["process"]
        )
        assert db.session.scalar(query) == 2.0


def test_setting_aside_what_has_a_result_meanwhile_shows_that_result(app: Flask, cast: Cast, as_: SignIn) -> None:
    path = f"/experiments/{cast.board.running}"
    gus, ana = as_("gus"), as_("ana")
    hers = form_fields(ana.get(f"{path}/setting-aside").text, f"{path}/setting-aside")
    gus.fill_in(f"{path}/conclusion", happened="Nine of ten came back.")
    answer = ana.post(f"{path}/setting-aside", {**hers, "reason": "Nobody has the time."})
    assert answer.status_code == 409
    assert "Nobody has the time." in answer.text
    assert "Nine of ten came back." in answer.text
    with app.app_context():
        assert db.session.get_one(Experiment, cast.board.running).stage == "seen"


def test_reflecting_on_what_was_reworded_meanwhile_keeps_both(app: Flask, cast: Cast, as_: SignIn) -> None:
    ana, gus = as_("ana"), as_("gus")
    ana.fill_in(f"/experiments/{cast.board.running}/setting-aside", reason="The date has come.")
    path = f"/targets/{cast.board.target}"
    hers = form_fields(ana.get(f"{path}/ending").text, f"{path}/ending")
    gus.fill_in(f"{path}/edit", path, pattern="Within the half hour.")
    answer = ana.post(f"{path}/ending", {**hers, "status": "achieved", "reflection": "Noon is lunch."})
    assert answer.status_code == 409
    assert "Noon is lunch." in answer.text
    assert "Within the half hour." in answer.text


def test_the_people_of_a_board_are_named_in_a_conflict(cast: Cast, as_: SignIn) -> None:
    gus, ana = as_("gus"), as_("ana")
    page, action = f"{cast.board.path}/edit", cast.board.path
    hers = form_fields(ana.get(page).text, action)
    gus.fill_in(page, action, learner_id=str(cast["gus"].id))
    answer = ana.post(action, {**hers, "focus_process": "Granting access"})
    assert answer.status_code == 409
    both = answer.text.split('class="both"', 1)[1].split("</form>")[0]
    assert '<span dir="auto">Gus Hale' in both
    assert '<span dir="auto">Ana Novak' in both


# What is no conflict -------------------------------------------------------------------------------------------------


ELSEWHERE = {
    "moved": ("/obstacles/{waiting}/position", {"to": "0"}),
    "made room for another": ("/obstacles/{waiting_too}/position", {"to": "1"}),
    "put in focus": ("/obstacles/{waiting}/focus", {}),
}


@pytest.mark.database
@pytest.mark.parametrize("done", ELSEWHERE)
def test_an_obstacle_that_is_ordered_or_focused_meanwhile_is_still_reworded(
    app: Flask, cast: Cast, as_: SignIn, done: str
) -> None:
    path, fields = ELSEWHERE[done]
    gus, ana, mine = as_("gus"), as_("ana"), f"/obstacles/{cast.board.waiting}"
    gus.fill_in(f"/experiments/{cast.board.running}/setting-aside", reason="Another first.")
    gus.post(f"/obstacles/{cast.board.waiting_too}/position", {"to": "0"})
    hers = form_fields(ana.get(f"{mine}/edit").text, mine)
    assert gus.post(path.format(**vars(cast.board)), fields).status_code == 303
    with app.app_context():
        then = db.session.get_one(Obstacle, cast.board.waiting).snapshot()
    assert ana.post(mine, {**hers, "text": "Requests lack the owner's name"}).status_code == 303
    with app.app_context():
        now = db.session.get_one(Obstacle, cast.board.waiting).snapshot()
    assert now == {**then, "text": "Requests lack the owner's name"}


def test_an_obstacle_that_has_left_meanwhile_is_not_reworded_and_the_text_is_kept(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    path = f"/obstacles/{cast.board.waiting}"
    gus, ana = as_("gus"), as_("ana")
    hers = form_fields(ana.get(f"{path}/edit").text, path)
    gus.fill_in(f"{path}/ending", status="removed", note="The form asks for it now.")
    answer = ana.post(path, {**hers, "text": "Requests lack the owner's name"}, htmx=True)
    assert answer.status_code == 422
    assert "has left the parking lot meanwhile" in answer.text
    assert "Requests lack the owner&#39;s name" in answer.text
