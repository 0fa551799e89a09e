"""Taking an invitation up: with the account one has, or with a new one."""

from __future__ import annotations

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from kata.access.guard import public
from kata.identity.entrance import enter
from kata.identity.models import Person
from kata.identity.throttle import admit
from kata.teams import actions, queries
from kata.teams.forms import JoinForm
from kata.teams.models import Invitation, Team
from kata.teams.routes.blueprint import blueprint
from kata.web.forms import Form, attempt
from kata.web.render import done, page


@blueprint.get("/join/<token>")
@public
def join(token: str) -> ResponseReturnValue:
    """Programs open links to preview them, so reading this page spends nothing: its button does."""
    invitation = queries.usable_invitation(token)
    return _page(token, invitation, Form() if current_user.is_authenticated else JoinForm())


@blueprint.post("/join/<token>")
@public
def join_submit(token: str) -> ResponseReturnValue:
    return _join_with_account(token) if current_user.is_authenticated else _join_anew(token)


def _join_with_account(token: str) -> Response:
    form, joined = Form(), list[Team]()
    if attempt(form, lambda: joined.append(actions.join(token, current_user.person_id))):
        return done(to=f"/teams/{joined[0].slug}", say=_("Welcome to the team."))
    return _page(token, queries.usable_invitation(token), form)


def _join_anew(token: str) -> Response:
    form, joined = JoinForm(), list[Person]()
    invitation = queries.usable_invitation(token)
    if invitation is None:
        return _page(token, None, form)
    if not admit(f"join:{invitation.id}", request.remote_addr or ""):
        form.refuse("", _("Too many tries. Wait a quarter of an hour, then try again."))
        form.http_status = 429
        return _page(token, queries.usable_invitation(token), form)
    given = {"name": form.name.data, "email": form.email.data, "password": form.password.data}
    language = str(get_locale() or current_app.config["BABEL_DEFAULT_LOCALE"])
    if attempt(form, lambda: joined.append(actions.join_as_new(token, **given, language=language))):
        enter(joined[0].id)
        return done(to=f"/teams/{invitation.team.slug}", say=_("Welcome to the team."))
    return _page(token, queries.usable_invitation(token), form)


def _page(token: str, invitation: Invitation | None, form: Form) -> Response:
    """The invitation, or the same words for one that was used, withdrawn, ran out or never was."""
    if invitation is None:
        return page("teams/join_gone.html", status=404)
    status = form.http_status if form.errors else 200
    return page("teams/join.html", status=status, team=invitation.team, token=token, form=form, person=_account())


def _account() -> Person | None:
    return current_user if current_user.is_authenticated else None
