"""Signing in and out, and coming in by a one-time link."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from kata.access.guard import public, signed_in, viewer
from kata.extensions import db
from kata.identity import actions, links, queries
from kata.identity.entrance import came_by_link, enter, settled
from kata.identity.forms import ForgottenForm, LinkForm, SignInForm, WelcomeForm
from kata.identity.models import Person
from kata.identity.routes.blueprint import blueprint
from kata.outbox.sending import is_set_up
from kata.web.forms import attempt
from kata.web.redirects import safe_next
from kata.web.render import done, page, refused


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")), 303)
    return page("identity/sign_in.html", form=SignInForm(next=request.args.get("next", "")), mails=is_set_up())


@blueprint.post("/sign-in")
@public
def sign_in_submit() -> ResponseReturnValue:
    form = SignInForm()
    person = _who_signs_in(form) if form.validate() else None
    if person is None:
        return refused("identity/sign_in.html", form, mails=is_set_up())
    enter(person.id)
    return redirect(safe_next(form.next.data), 303)


def _who_signs_in(form: SignInForm) -> Person | None:
    try:
        person = actions.check_password(form.email.data, form.password.data, request.remote_addr or "")
    except actions.TooManyTries:
        form.refuse("", _("Too many tries. Wait a quarter of an hour, then try again."))
        form.http_status = 429
        return None
    if person is None:
        form.refuse("", _("Address and password do not match an account."))
    return person


@blueprint.get("/forgotten")
@public
def forgotten() -> ResponseReturnValue:
    if not is_set_up():
        abort(404)
    return page("identity/forgotten.html", form=ForgottenForm())


@blueprint.post("/forgotten")
@public
def forgotten_submit() -> ResponseReturnValue:
    """The same words, status and work for every address: whose it is, the mail finds out."""
    if not is_set_up():
        abort(404)
    form = ForgottenForm()
    try:
        if attempt(form, lambda: actions.ask_for_link(form.email.data, request.remote_addr or "")):
            return page("identity/forgotten_asked.html", email=form.email.data)
    except actions.TooManyTries:
        form.refuse("", _("Too many tries. Wait a quarter of an hour, then try again."))
        form.http_status = 429
    return refused("identity/forgotten.html", form)


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    actions.end_session(current_user.session_id, by=current_user.person_id)
    db.session.commit()
    logout_user()
    session.clear()
    return redirect("/sign-in", 303)


@blueprint.get("/link/<token>")
@public
def link(token: str) -> ResponseReturnValue:
    """Programs open links to preview them, so reading this page spends nothing: its button does."""
    found = queries.usable_link(token)
    if found is None:
        return _no_such_link()
    return page("identity/link.html", form=LinkForm(), token=token)


@blueprint.post("/link/<token>")
@public
def link_submit(token: str) -> ResponseReturnValue:
    found = queries.usable_link(token, lock=True)
    if found is None or not links.use(found):
        links.refuse()
        db.session.commit()
        return _no_such_link()
    enter(found.person_id, by_link=True)
    return redirect("/welcome", 303)


def _no_such_link() -> Response:
    """The same words whether the link was used, ran out, was replaced or never existed."""
    return page("identity/link_gone.html", status=404)


@blueprint.get("/welcome")
@signed_in
def welcome() -> ResponseReturnValue:
    if not came_by_link():
        return redirect("/", 303)
    return page("identity/welcome.html", **_welcome_form())


@blueprint.post("/welcome")
@signed_in
def welcome_submit() -> ResponseReturnValue:
    if not came_by_link():
        return redirect("/settings", 303)
    context = _welcome_form()
    form = context["form"]
    if attempt(form, lambda: actions.settle_in(viewer().person_id, **_given(form), session_id=current_user.session_id)):
        settled()
        return done(to="/", form=form, say=_("Welcome, %(name)s.", name=_given(form)["name"] or viewer().name))
    return refused("identity/welcome.html", **context)


def _welcome_form() -> dict[str, Any]:
    """The form with the fields that the account lacks: a name and an address for the first administrator."""
    person = queries.person(viewer().person_id)
    form = WelcomeForm()
    if person is not None and person.email:
        del form.email
    if person is not None and (person.email or not person.is_administrator):
        del form.name
    return {"form": form, "person": person}


def _given(form: WelcomeForm) -> dict[str, Any]:
    data = {"name": None, "email": None, **form.data}
    return {"name": data["name"], "email": data["email"], "password": data["password"] or ""}
