"""The storyboard as a whole: who is at it, its challenge, its end; and nothing learned is deleted (rule 3)."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

import kata
from kata.extensions import db
from kata.rules import Conflict
from kata.storyboards import pages
from kata.storyboards.actions import boards, conditions, experiments, obstacles
from kata.storyboards.models import Challenge, Storyboard
from kata.storyboards.photos import Picture
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from tests.cast import TODAY, Cast
from tests.conftest import SignIn
from tests.storyboards.held import (
    a_conclusion,
    a_plan,
    board,
    experiment,
    in_days,
    obstacle,
    recorded,
    refused,
    target,
)

ROOM = Path(kata.__file__).parent / "storyboards"


def start(cast: Cast, **who: object) -> Storyboard:
    people = {"learner_id": cast["ana"].id, "coach_id": cast["ben"].id, "second_coach_id": None, **who}
    settings = {"closed": False, "practice": False} | {k: people.pop(k) for k in ("closed", "practice") if k in people}
    return boards.start(board(cast).team, "Anything", by=cast["ana"].id, **people, **settings)


def state(cast: Cast, seen: int | None, **values: object) -> Challenge:
    nothing = ("by_date", "serves_id", "measure_id", "from_value", "to_value")
    fields = {"statement": "Nobody waits.", "moment": "", **dict.fromkeys(nothing), **values}
    return boards.state_challenge(board(cast), seen, by=cast["ana"].id, **fields)


def finish(cast: Cast) -> Storyboard:
    """Ana's board, ended properly."""
    by = cast["ana"].id
    running, active = experiment(cast, cast.board.running), target(cast, cast.board.target)
    experiments.set_aside(running, running.version, "The year is over.", by=by)
    conditions.end_target(active, active.version, status="left", reflection="Others came first.", by=by)
    where = board(cast)
    boards.end(where, "Ask at noon.", TODAY, by=by)
    return where


# Who is at it -------------------------------------------------------------------------------------------------------


def test_the_learner_belongs_to_the_team(in_app: Flask, cast: Cast) -> None:
    with refused("learner_id"):
        start(cast, learner_id=cast["eve"].id)


def test_nobody_coaches_their_own_storyboard(in_app: Flask, cast: Cast) -> None:
    with refused("coach_id"):
        start(cast, coach_id=cast["ana"].id)
    with refused("coach_id"):
        where = board(cast)
        boards.rename(
            where,
            where.version,
            "Granting access",
            learner_id=cast["ana"].id,
            coach_id=cast["ana"].id,
            second_coach_id=None,
            by=cast["ana"].id,
        )


def test_the_coach_of_a_team_that_has_one_is_chosen_already(cast: Cast, as_: SignIn) -> None:
    assert f'<option selected value="{cast["ben"].id}">' in as_("gus").get("/boards/new?team=access-requests").text
    assert f'<option selected value="{cast["ben"].id}">' not in as_("eve").get("/boards/new").text


@pytest.mark.parametrize("person", ["ana", "ben"])
def test_the_second_coach_is_neither_the_learner_nor_the_coach(in_app: Flask, cast: Cast, person: str) -> None:
    with refused("second_coach_id"):
        start(cast, second_coach_id=cast[person].id)


@pytest.mark.database
def test_the_database_refuses_to_have_the_coach_learn(in_app: Flask, cast: Cast) -> None:
    table = Storyboard.__table__
    with pytest.raises(IntegrityError, match="coach_not_learner"):
        db.session.execute(sa.update(table).where(table.c.id == cast.board.id).values(coach_id=cast["ana"].id))


def test_a_practice_storyboard_is_its_teams_alone(in_app: Flask, cast: Cast) -> None:
    assert start(cast, practice=True).closed
    with refused("closed", "team's alone"):
        boards.set_closed(board(cast, cast.practice.id), closed=False, by=cast["ana"].id)


@pytest.mark.database
def test_the_database_keeps_a_practice_storyboard_closed(in_app: Flask, cast: Cast) -> None:
    table = Storyboard.__table__
    with pytest.raises(IntegrityError, match="practice_is_closed"):
        db.session.execute(sa.update(table).where(table.c.id == cast.practice.id).values(closed=False))


# Rule 5, customer first ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "felt", "linked"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_board_is_linked_by_an_outcome_measure_and_a_moment_of_truth(
    in_app: Flask, cast: Cast, measured: bool, felt: bool, linked: bool
) -> None:
    made = state(
        cast,
        1,
        measure_id=cast.measures["outcome"] if measured else None,
        moment="First day at work" if felt else "",
    )
    assert made.linked_to_customer is linked
    assert pages.place(cast.viewer("ana"), cast.board.id).linked is linked


MARK = "Not yet linked to a customer"


@pytest.mark.parametrize("page", ["the board", "the list", "the team"])
def test_what_is_not_linked_yet_says_so_wherever_it_is_listed(cast: Cast, as_: SignIn, page: str) -> None:
    client = as_("eve")
    address = {"the board": cast.other.path, "the list": "/boards", "the team": "/teams/invoices"}[page]
    assert MARK.casefold() in client.get(address).text.casefold()


def test_a_linked_board_is_not_marked(cast: Cast, as_: SignIn) -> None:
    assert MARK.casefold() not in as_("ana").get(cast.board.path).text.casefold()


def test_a_challenge_names_what_the_customer_feels(in_app: Flask, cast: Cast) -> None:
    with refused("measure_id"):
        state(cast, 1, measure_id=cast.measures["process"])


@pytest.mark.parametrize("days", [-1, 0, 1200])
def test_a_challenge_lies_ahead_and_not_out_of_sight(in_app: Flask, cast: Cast, days: int) -> None:
    with refused("by_date"):
        state(cast, 1, by_date=in_days(days))


def test_another_teams_measure_is_not_this_challenges(in_app: Flask, cast: Cast) -> None:
    with refused("measure_id"):
        state(cast, 1, measure_id=cast.measures["other"])


def test_a_challenge_serves_an_area_that_the_team_is_part_of(in_app: Flask, cast: Cast) -> None:
    made = state(cast, 1, serves_id=cast.area_challenge)
    assert made.serves_id == cast.area_challenge
    with refused("serves_id"):
        state(cast, made.version, serves_id=cast.board.challenge)


def test_two_first_challenges_are_a_conflict_and_neither_is_lost(in_app: Flask, cast: Cast) -> None:
    with pytest.raises(Conflict) as caught:
        state(cast, None)
    assert caught.value.theirs["statement"] == "Every newcomer can work on the first day."


# The end ------------------------------------------------------------------------------------------------------------


def test_it_ends_with_nothing_open(in_app: Flask, cast: Cast) -> None:
    where, by = board(cast), cast["ana"].id
    with refused("", "experiment is still open"):
        boards.end(where, "Done.", TODAY, by=by)
    running = experiment(cast, cast.board.running)
    experiments.set_aside(running, running.version, "Over.", by=by)
    with refused("", "still active"):
        boards.end(where, "Done.", TODAY, by=by)


def closing_acts(cast: Cast) -> dict[str, Callable[[], object]]:
    """Everything that writes on a board."""
    by, where = cast["ana"].id, board(cast)
    waiting, running = obstacle(cast, cast.board.waiting), experiment(cast, cast.board.running)
    photo = queries.photo(cast.viewer("ana"), lock=True, photo_id=cast.board.photo)
    active, concluded = target(cast, cast.board.target), experiment(cast, cast.board.concluded)
    picture, assert_photo = Picture("0" * 64, 1, 1), photo
    assert assert_photo is not None
    return {
        "state": lambda: state(cast, 1),
        "describe": lambda: conditions.describe(where, 2, as_of=TODAY, facts="x", steps=[], by=by),
        "aim": lambda: conditions.set_target(where, achieve_by=in_days(14), pattern="x", aims=[], by=by),
        "reword": lambda: conditions.rewrite_target(active, active.version, pattern="x", aims=[], by=by),
        "reflect": lambda: conditions.end_target(active, active.version, status="left", reflection="x", by=by),
        "park": lambda: obstacles.add(where, "x", by=by),
        "obstacle": lambda: obstacles.rewrite(waiting, waiting.version, "x", by=by),
        "focus": lambda: obstacles.focus(waiting, by=by),
        "remove": lambda: obstacles.end(waiting, "removed", "", by=by),
        "move": lambda: obstacles.move(waiting, 1, by=by),
        "plan": lambda: experiments.plan(where, a_plan(), by=by),
        "replan": lambda: experiments.replan(running, running.version, a_plan(), by=by),
        "conclude": lambda: experiments.conclude(running, running.version, by=by, **a_conclusion()),
        "set aside": lambda: experiments.set_aside(running, running.version, "x", by=by),
        "amend": lambda: experiments.amend(concluded, concluded.version, "step", "x", by=by),
        "photo": lambda: experiments.add_photo(concluded, picture, "", by=by),
        "no photo": lambda: experiments.remove_photo(assert_photo, by=by),
        "rename": lambda: boards.rename(
            where, where.version, "x", learner_id=by, coach_id=None, second_coach_id=None, by=by
        ),
    }


def test_nothing_is_written_on_an_archived_board_until_it_is_reopened(in_app: Flask, cast: Cast) -> None:
    boards.archive(board(cast), by=cast["ana"].id)
    for name, act in closing_acts(cast).items():
        with refused("", "has ended"):
            act()
            pytest.fail(f"{name} wrote on an archived board")
    boards.reopen(board(cast), by=cast["ana"].id)
    assert obstacles.add(board(cast), "One more", by=cast["ana"].id).id


def test_an_ended_board_keeps_everything_and_takes_nothing(in_app: Flask, cast: Cast) -> None:
    where = finish(cast)
    context = pages.board(cast.viewer("ana"), sheets.head(cast.board.id))
    assert len(context["entries"]) == 3
    assert not context["place"].can_write
    with refused("", "has ended"):
        obstacles.add(where, "Another", by=cast["ana"].id)
    with refused("", "has ended"):
        boards.end(where, "Again.", TODAY, by=cast["ana"].id)


def lot_of(cast: Cast, as_: SignIn, on: str = "") -> str:
    page = as_("ana").get(cast.board.path + on).text
    return page.split('id="obstacles"', 1)[1].split("</section>")[0]


@pytest.mark.parametrize("also", [None, boards.archive], ids=["ended", "ended and archived"])
def test_an_ended_board_shows_what_was_overcome_and_what_stayed(
    app: Flask, cast: Cast, as_: SignIn, also: Callable[..., None] | None
) -> None:
    with app.app_context():
        obstacles.end(obstacle(cast, cast.board.waiting), "removed", "The form asks for it.", by=cast["ana"].id)
        obstacles.end(obstacle(cast, cast.board.waiting_too), "set aside", "Not ours.", by=cast["ana"].id)
        where = finish(cast)
        if also is not None:
            also(where, by=cast["ana"].id)
        db.session.commit()
    lot = lot_of(cast, as_)
    assert "target condition 2, the last one here" in lot
    overcome, stayed = lot.split("<h3>Overcome</h3>")[1].split("<h3>Stayed</h3>")
    assert "Requests lack the system&#39;s name" in overcome
    assert "The form asks for it." in overcome
    for words in ("Approvers see requests once a day", "No rule says who decides", "set aside 3 June"):
        assert words in stayed
    for words in ("<form", "hx-", "come with a target condition"):
        assert words not in lot


def test_between_two_target_conditions_the_lot_is_empty(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        boards.reopen(finish(cast), by=cast["ana"].id)
        db.session.commit()
    lot = lot_of(cast, as_)
    assert "come with a target condition" in lot
    assert "Approvers see" not in lot


@pytest.mark.parametrize("change", [boards.reopen, boards.archive])
def test_doing_it_twice_is_told_once(in_app: Flask, cast: Cast, change: Callable[..., None]) -> None:
    boards.archive(board(cast), by=cast["ana"].id)
    for _twice in range(2):
        change(board(cast), by=cast["ana"].id)
    told = recorded("storyboard", cast.board.id)
    assert (told.count("archived"), told.count("reopened")) == (1, 1 if change is boards.reopen else 0)


# Nothing is deleted -------------------------------------------------------------------------------------------------


def test_no_address_deletes(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods <= {"GET", "HEAD", "OPTIONS", "POST"}


def test_no_line_of_the_room_deletes_and_none_updates_in_bulk() -> None:
    found = [
        f"{file.relative_to(ROOM)}:{node.lineno}"
        for file in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and _named(node.func) in {"delete", "update", "drop", "truncate"}
    ]
    assert found == []


def _named(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
