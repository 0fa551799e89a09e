"""Several at once: no update is lost, nothing is done twice, and neither of two texts disappears."""

from __future__ import annotations

import ast
import multiprocessing
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Queue

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import TestResponse

from kata.activity.models import Editable
from kata.extensions import db, writing
from kata.identity.models import Person
from kata.storyboards.models import Obstacle
from tests.cast import Cast
from tests.client import Client, form_fields
from tests.conftest import SignIn, listening
from tests.database import ON_POSTGRES

WRITERS, EACH = 8, 40
TURNS = 12
KATA = Path(__file__).resolve().parent.parent / "kata"
TYPED = "What the second one typed"


def _count_up(app: Flask, person_id: int, failures: Queue[str]) -> None:
    """Read a number, then write the next one, as a request or a command that writes does it."""
    try:
        for _ in range(EACH):
            with app.app_context():
                query = sa.select(Person).where(Person.id == person_id).with_for_update()
                person = db.session.scalars(query).one()
                person.name = str(int(person.name) + 1)
                db.session.commit()
    except Exception as error:  # whatever it was, the test must hear of it
        failures.put(repr(error))


def _count_up_by_default(address: str, person_id: int, failures: Queue[str]) -> None:
    """The same with SQLAlchemy as it comes."""
    table = Person.__table__
    engine = sa.create_engine(address, connect_args={"timeout": 30})
    for _ in range(EACH):
        with Session(engine) as session:
            name = session.scalar(sa.select(table.c.name).where(table.c.id == person_id))
            session.execute(sa.update(table).where(table.c.id == person_id).values(name=str(int(name or 0) + 1)))
            session.commit()
    engine.dispose()


def _in_processes(work: Callable[..., None], *arguments: object) -> list[str]:
    """Run the work in eight processes at once; what went wrong in them."""
    fork = multiprocessing.get_context("fork")
    failures: Queue[str] = fork.Queue()  # type: ignore[assignment]  # the same interface
    processes = [fork.Process(target=work, args=(*arguments, failures)) for _ in range(WRITERS)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
        assert process.exitcode == 0
    return [failures.get() for _ in range(failures.qsize())]


@pytest.fixture
def counter(app: Flask) -> int:
    """The id of a row whose name is a number."""
    with app.app_context():
        person = Person(name="0")
        db.session.add(person)
        db.session.commit()
        number = person.id
        db.session.remove()
        db.engine.dispose()  # a connection must not be shared with a forked process
    return number


@pytest.mark.database
@pytest.mark.slow
def test_eight_processes_that_read_and_then_update_lose_nothing(app: Flask, counter: int) -> None:
    assert _in_processes(_count_up, app, counter) == []
    assert _counted(app, counter) == WRITERS * EACH


@pytest.mark.slow
@pytest.mark.skipif(ON_POSTGRES, reason="SQLite's default is what loses updates")
def test_the_same_run_with_the_defaults_loses_updates(app: Flask, counter: int) -> None:
    address = app.config["SQLALCHEMY_DATABASE_URI"]
    _in_processes(_count_up_by_default, address, counter)
    assert _counted(app, counter) < WRITERS * EACH


def _counted(app: Flask, person_id: int) -> int:
    with app.app_context():
        return int(db.session.get_one(Person, person_id).name)


@pytest.mark.skipif(ON_POSTGRES, reason="how SQLite begins")
@pytest.mark.parametrize(("method", "begins"), [("GET", "BEGIN"), ("POST", "BEGIN IMMEDIATE")])
def test_only_a_request_that_may_write_takes_the_lock(method: str, begins: str, as_: SignIn, app: Flask) -> None:
    client = as_("ana")
    token = client.csrf_token()
    begun: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("BEGIN"):
            begun.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", hear)
    client.open("/settings" if method == "GET" else "/settings/sessions/end", method=method, data={"csrf_token": token})
    sa.event.remove(engine, "before_cursor_execute", hear)
    assert set(begun) == {begins}


@pytest.mark.database
def test_a_form_sent_twice_at_once_is_carried_out_once(app: Flask, cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    form = {"text": "Sent twice", "once": "the same key", "csrf_token": client.csrf_token()}
    statuses: list[int] = []
    ready = threading.Barrier(2)
    # One browser, two connections: each thread has a client of its own with the same cookies.
    twins = [client, as_("ana")]
    for cookie in list(client._cookies.values()):
        twins[1]._cookies[cookie._storage_key] = cookie

    def send(twin: int) -> None:
        ready.wait()
        statuses.append(twins[twin].post(f"{cast.board.path}/obstacles", form).status_code)

    threads = [threading.Thread(target=send, args=(twin,)) for twin in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _kept_twice(app) == 1
    assert 303 in statuses
    assert set(statuses) <= {303, 422}


def _kept_twice(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(sa.select(Obstacle.id).where(Obstacle.text == "Sent twice")).all())


@pytest.mark.database
def test_a_form_sent_again_later_is_answered_as_if_it_had_been_sent_once(app: Flask, cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    form = {"text": "Sent twice", "once": "the same key"}
    answers = [client.post(f"{cast.board.path}/obstacles", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert _kept_twice(app) == 1


@pytest.mark.database
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_the_second_of_two_editors_is_shown_both_texts(htmx: bool, cast: Cast, as_: SignIn) -> None:
    path = f"/obstacles/{cast.board.waiting}"
    first, second = as_("ana"), as_("ben")
    with_version = {"version": 1}
    assert first.post(path, {"text": "What the first one typed", **with_version}, htmx=htmx).status_code in {200, 303}
    answer = second.post(path, {"text": TYPED, **with_version}, htmx=htmx)
    assert answer.status_code == 409
    assert TYPED in answer.text
    assert "What the first one typed" in answer.text


@pytest.mark.database
def test_whoever_was_shown_both_texts_may_then_decide(cast: Cast, as_: SignIn, app: Flask) -> None:
    path = f"/obstacles/{cast.board.waiting}"
    as_("ana").post(path, {"text": "What the first one typed", "version": 1})
    second = as_("ben")
    shown = second.post(path, {"text": TYPED, "version": 1})
    assert second.post(path, form_fields(shown.text, path)).status_code == 303
    with app.app_context():
        assert db.session.get_one(Obstacle, cast.board.waiting).text == TYPED


@pytest.mark.database
@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite lets only one session write at a time")
def test_a_version_that_moved_between_read_and_write_is_refused(app: Flask, cast: Cast) -> None:
    with app.app_context():
        mine = db.session.get_one(Obstacle, cast.board.waiting)
        with Session(db.engine) as other:
            other.get_one(Obstacle, cast.board.waiting).text = "Theirs"
            other.commit()
        mine.text = "Mine"
        with pytest.raises(StaleDataError):
            db.session.commit()
        db.session.rollback()


@pytest.mark.database
def test_rewording_while_others_put_the_lot_in_order_loses_neither(cast: Cast, as_: SignIn, app: Flask) -> None:
    as_("ana").fill_in(f"/experiments/{cast.board.running}/setting-aside", reason="Another first.")
    texts = {key: f"Said {TURNS} times" for key in (cast.board.waiting, cast.board.waiting_too)}
    work: list[Callable[[Client, int], TestResponse]] = [
        *(partial(_reword, key) for key in texts),
        lambda client, turn: client.post(f"/obstacles/{cast.board.waiting}/position", {"to": turn % 2}),
        lambda client, turn: client.post(f"/obstacles/{cast.board.waiting_too}/position", {"to": turn % 2}),
        lambda client, turn: client.post(f"/obstacles/{cast.board.in_focus}/{'focus' if turn % 2 else 'waiting'}"),
    ]
    assert _side_by_side(work, as_) == {303}
    with app.app_context():
        query = sa.select(Obstacle).where(Obstacle.target_id == cast.board.target).order_by(Obstacle.position)
        lot = list(db.session.scalars(query))
        assert {each.id: each.text for each in lot if each.id in texts} == texts
        assert {each.id: each.version for each in lot if each.id in texts} == dict.fromkeys(texts, TURNS + 1)
        waiting = [each.position for each in lot if each.status == "waiting"]
        assert len(set(waiting)) == len(waiting)


def _reword(obstacle_id: int, client: Client, turn: int) -> TestResponse:
    sent = {"version": turn + 1, "text": f"Said {turn + 1} times"}
    return client.post(f"/obstacles/{obstacle_id}", sent)


def _side_by_side(work: list[Callable[[Client, int], TestResponse]], as_: SignIn) -> set[int]:
    """Each piece of work in a thread and a browser of its own, all at once; the statuses of all answers."""
    statuses: list[int] = []
    ready = threading.Barrier(len(work))

    def run(piece: Callable[[Client, int], TestResponse], client: Client) -> None:
        ready.wait()
        statuses.extend(piece(client, turn).status_code for turn in range(TURNS))

    threads = [threading.Thread(target=run, args=(piece, as_("ana"))) for piece in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == len(work) * TURNS, "a thread ended early"
    return set(statuses)


def test_reading_does_not_wait_for_a_writer(app: Flask, cast: Cast, as_: SignIn) -> None:
    reader = as_("ana")
    with app.app_context():
        assert writing.get()
        db.session.get_one(Obstacle, cast.board.waiting).text = "Not yet committed"
        db.session.flush()
        held = db.session()
    try:
        with listening(app):
            page = reader.get(cast.board.path)
    finally:
        held.rollback()
        held.close()
    assert page.status_code == 200
    assert "Not yet committed" not in page.text


def test_nothing_updates_past_the_version_column() -> None:
    """A bulk ``update()`` on a table that people edit would overwrite what somebody just saved."""
    guarded = {mapper.class_.__name__ for mapper in db.Model.registry.mappers if issubclass(mapper.class_, Editable)}
    assert {"Obstacle", "Experiment", "Person"} <= guarded
    found = [
        f"{file.relative_to(KATA)}:{call.lineno}"
        for file in sorted(KATA.rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _updates(call) & guarded
    ]
    assert found == []


def _updates(call: ast.Call) -> set[str]:
    """The models that a call updates, or inserts over, as a whole: ``update(Model)``, ``Query(Model).update``."""
    function = call.func
    name = (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )
    if name not in {"update", "delete", "bulk_update_mappings"}:
        return set()
    return {argument.id for argument in call.args if isinstance(argument, ast.Name)}
