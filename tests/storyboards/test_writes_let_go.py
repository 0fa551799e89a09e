"""An answer to a write is made after the lock is let go, and asks only for what it shows."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import writing
from tests.cast import Cast
from tests.client import form_fields
from tests.conftest import SignIn, listening

READS_OF_THE_BOARD = "person_2"  # only the head of a board asks for three people


def test_the_changed_sheets_are_read_without_the_right_to_write(cast: Cast, as_: SignIn) -> None:
    path = f"/obstacles/{cast.board.waiting}"
    client = as_("ana")
    form = {**form_fields(client.get(f"{path}/edit").text, path), "text": "Requests lack their owner's name"}
    heard: list[tuple[bool, str]] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        heard.append((writing.get(), statement))

    sa.event.listen(sa.Engine, "before_cursor_execute", hear)  # PostgreSQL reads through an engine of its own
    try:
        answer = client.post(path, form, htmx=True)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", hear)
    assert "Requests lack their owner&#39;s name" in answer.text
    written = [at for at, (_, statement) in enumerate(heard) if statement.startswith(("UPDATE", "INSERT"))]
    assert len(heard) > max(written) + 1, "nothing was read for the answer"
    assert all(may_write for may_write, _ in heard[: max(written) + 1])
    assert not any(may_write for may_write, _ in heard[max(written) + 1 :])


@pytest.mark.parametrize(
    "path",
    ["/obstacles/{waiting}/edit", "/obstacles/{waiting}/ending", "{board}/obstacles/new", "{board}/challenge/edit"],
)
def test_an_editor_reads_the_board_around_it_for_a_page_of_its_own_only(
    path: str, app: Flask, cast: Cast, as_: SignIn
) -> None:
    path = path.format(**{**vars(cast.board), "board": cast.board.path})
    client = as_("ana")
    with listening(app) as for_htmx:
        client.get(path, htmx=True)
    with listening(app) as as_a_page:
        client.get(path)
    assert not any(READS_OF_THE_BOARD in statement for statement in for_htmx)
    assert any(READS_OF_THE_BOARD in statement for statement in as_a_page)
