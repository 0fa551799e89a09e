"""Letting somebody in: the one place that opens a session and puts its id into the cookie."""

from __future__ import annotations

from datetime import timedelta

from flask import request, session
from flask_login import current_user, login_user

from kata import clock
from kata.extensions import db
from kata.identity import actions, queries

#: How long somebody who came by a one-time link may set a password without knowing the old one.
GRACE = timedelta(hours=1)
_CAME_BY_LINK = "came_by_link_until"


def enter(person_id: int, *, by_link: bool = False) -> None:
    """Open a session for the person, commit, and put a fresh session id into the cookie.

    Whoever was signed in on this device before is signed out of it.
    """
    if current_user.is_authenticated:
        actions.end_session(current_user.session_id, by=current_user.person_id)
    token = actions.open_session(person_id, device=request.user_agent.string)
    db.session.commit()
    session.clear()
    session.permanent = True
    if by_link:
        session[_CAME_BY_LINK] = (clock.now() + GRACE).timestamp()
    login_user(queries.account(token))


def came_by_link() -> bool:
    """Whether this session was opened by a one-time link a short while ago, and has set no password since."""
    until = session.get(_CAME_BY_LINK)
    return until is not None and clock.now().timestamp() < until


def settled() -> None:
    """The password is set: from now on it takes the password to change it."""
    session.pop(_CAME_BY_LINK, None)
