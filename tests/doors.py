"""Signing in thousands of times: the cast's template holds a session of each person, whose cookie is made once.

Each is lent once a test: a second browser of the same person is a second device, with a session of its own.
"""

from __future__ import annotations

from flask import Flask

from kata import clock
from kata.extensions import db
from kata.identity.actions import open_session
from tests import cast as casting
from tests.cast import Cast
from tests.client import Client

#: The cookie of each person of the cast, by id, and those of them that are still to be lent in the test at hand.
_cut: dict[int, str] = {}
_hanging: dict[int, str] = {}


def cut(app: Flask, cast: Cast) -> None:
    """Open a session for everybody; call it before the template is kept, at the moment at which the cast plays."""
    for person in cast.people.values():
        client = app.test_client()
        sign_in(app, client, person.id)
        client.csrf_token()  # its secret becomes part of the cookie, so that no test has to put it there
        _cut[person.id] = client.get_cookie(app.config["SESSION_COOKIE_NAME"]).value


def hang() -> None:
    """The template has just been restored: every session in it can be lent."""
    _hanging.update(_cut)


def put_away() -> None:
    """Another database stands now, in which the template's sessions are not."""
    _hanging.clear()


def key_of(person_id: int) -> str | None:
    """The cookie of a session that nobody has used in this test; none where the clock has been moved."""
    return _hanging.pop(person_id, None) if clock.now() == casting.NOW else None


def sign_in(app: Flask, client: Client, person_id: int) -> None:
    """Open a session for the person and give the browser its cookie."""
    with app.app_context():
        token = open_session(person_id, device="tests")
        db.session.commit()
    with client.session_transaction() as session:
        session.permanent = True
        session["_user_id"], session["_fresh"] = token, True
