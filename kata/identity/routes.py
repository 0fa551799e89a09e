"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from kata.access.guard import public, signed_in
from kata.extensions import db, login_manager
from kata.identity import actions, queries
from kata.identity.forms import SignInForm
from kata.web.redirects import safe_next
from kata.web.render import page, refused

blueprint = Blueprint("identity", __name__)
login_manager.user_loader(queries.account)
login_manager.session_protection = None  # the session lives in the database, where it can be ended


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")), 303)
    return page("identity/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@blueprint.post("/sign-in")
@public
def sign_in_submit() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return refused("identity/sign_in.html", form)
    try:
        person = actions.check_password(form.email.data, form.password.data, request.remote_addr or "")
    except actions.TooManyTries:
        form.refuse("", _("Too many tries. Wait a quarter of an hour, then try again."))
        form.status = 429
        return refused("identity/sign_in.html", form)
    if person is None:
        form.refuse("", _("Address and password do not match an account."))
        return refused("identity/sign_in.html", form)
    enter(person.id)
    return redirect(safe_next(form.next.data), 303)


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    actions.end_session(current_user.session_id, by=current_user.person_id)
    db.session.commit()
    logout_user()
    session.clear()
    return redirect("/sign-in", 303)


def enter(person_id: int) -> None:
    """Open a session for the person, commit, and put a fresh session id into the cookie."""
    token = actions.open_session(person_id, device=request.user_agent.string)
    db.session.commit()
    session.clear()
    session.permanent = True
    account = queries.account(token)
    login_user(account)
