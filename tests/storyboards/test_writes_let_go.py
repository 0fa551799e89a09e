"""An answer to a write is made after the lock is let go, and asks only for what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.extensions import db, writing
from kata.storyboards.lot import in_use
from kata.storyboards.models import Obstacle, Storyboard, TargetCondition
from tests.cast import Cast
from tests.client import form_fields
from tests.conftest import SignIn

READS_OF_THE_BOARD = "person_2"  # only the head of a board asks for three people


@contextmanager
def hearing() -> Iterator[list[tuple[bool, str]]]:
    """Each statement, and whether its request could still write; PostgreSQL reads through an engine of its own."""
    heard: list[tuple[bool, str]] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        heard.append((writing.get(), statement))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)


def test_the_changed_sheets_are_read_without_the_right_to_write(cast: Cast, as_: SignIn) -> None:
    path = f"/obstacles/{cast.board.waiting}"
    client = as_("ana")
    form = {**form_fields(client.get(f"{path}/edit").text, path), "text": "Requests lack their owner's name"}
    with hearing() as heard:
        answer = client.post(path, form, htmx=True)
    assert "Requests lack their owner&#39;s name" in answer.text
    written = [at for at, (_, statement) in enumerate(heard) if statement.startswith(("UPDATE", "INSERT"))]
    assert len(heard) > max(written) + 1, "nothing was read for the answer"
    assert all(may_write for may_write, _ in heard[: max(written) + 1])
    assert not any(may_write for may_write, _ in heard[max(written) + 1 :])


@pytest.mark.parametrize(
    "path",
    ["/obstacles/{waiting}/edit", "/obstacles/{waiting}/ending", "{board}/obstacles/new", "{board}/challenge/edit"],
)
def test_an_editor_reads_the_board_around_it_for_a_page_of_its_own_only(path: str, cast: Cast, as_: SignIn) -> None:
    path = path.format(**{**vars(cast.board), "board": cast.board.path})
    client = as_("ana")
    with hearing() as for_htmx:
        client.get(path, htmx=True)
    with hearing() as as_a_page:
        client.get(path)
    assert not any(READS_OF_THE_BOARD in statement for _, statement in for_htmx)
    assert any(READS_OF_THE_BOARD in statement for _, statement in as_a_page)


LOT = re.compile(r'<section class="sheet obstacles".*?</section>', re.DOTALL)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/obstacles/{waiting}", {"text": "Requests lack their owner's name", "version": "1"}),
        ("/obstacles/{waiting}/position", {"to": "1"}),
        ("{board}/obstacles", {"text": "The third one", "once": "0123"}),
    ],
)
def test_a_write_in_the_parking_lot_shows_it_as_the_board_does_without_reading_the_board(
    path: str, form: dict[str, str], cast: Cast, as_: SignIn
) -> None:
    path = path.format(**{**vars(cast.board), "board": cast.board.path})
    client = as_("ana")
    with hearing() as asked:
        answer = client.post(path, {**form, "csrf_token": client.csrf_token()}, htmx=True)
    shown = LOT.search(answer.text)
    on_the_board = LOT.search(client.get(cast.board.path).text)
    assert shown is not None
    assert on_the_board is not None
    assert re.sub(r'value="[\w.-]{50,}"', "", shown[0]) == re.sub(r'value="[\w.-]{50,}"', "", on_the_board[0])
    assert [statement for _, statement in asked if READS_OF_THE_BOARD in statement] == []


def test_a_lot_whose_target_condition_or_board_has_ended_is_not_one_in_use(app: Flask, cast: Cast) -> None:
    with app.app_context():
        target_id = db.session.get_one(Obstacle, cast.board.waiting).target_id
        assert in_use(cast.board.id, target_id) is not None
        board = db.session.get_one(Storyboard, cast.board.id)
        board.archive()
        assert in_use(cast.board.id, target_id) is None
        board.reopen()
        assert in_use(cast.board.id, target_id) is not None
        target = db.session.get_one(TargetCondition, target_id)
        target.ended_at, target.status, target.reflection = clock.now(), "left", "It was not the next one."
        assert in_use(cast.board.id, target_id) is None
        db.session.rollback()
