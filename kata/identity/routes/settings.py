"""One's own account: profile, theme, address, password and the devices one is signed in on."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from kata.access.guard import signed_in, viewer
from kata.extensions import db
from kata.identity import actions, queries
from kata.identity.entrance import came_by_link, settled
from kata.identity.forms import EmailForm, PasswordForm, ProfileForm
from kata.identity.models import THEMES
from kata.identity.pages import signed_in_devices
from kata.identity.routes.blueprint import blueprint
from kata.outbox.sending import is_set_up
from kata.web import sections
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import done, page, refused

SETTINGS = "settings/index.html"
SECTIONS = {
    "profile": "settings/_profile.html",
    "e-mail": "settings/_email.html",
    "password-change": "settings/_password.html",
}


@blueprint.get("/settings")
@signed_in
def settings() -> ResponseReturnValue:
    return page(SETTINGS, **_everything())


@blueprint.post("/settings/profile")
@signed_in
def settings_profile() -> ResponseReturnValue:
    form = ProfileForm(draft="profile")
    person = queries.person(viewer().person_id, lock=True)
    values = {name: form[name].data for name in ("name", "language", "time_zone")}
    if person and attempt(form, lambda: actions.change_profile(person, form.version.data, **values)):
        return done(to="/settings", form=form, say=_("Saved."))
    return _refused("profile", profile=form)


@blueprint.post("/settings/theme")
@signed_in
def settings_theme() -> ResponseReturnValue:
    theme = request.form.get("theme", "")
    if theme not in THEMES:
        raise BadRequest
    actions.change_theme(viewer().person_id, theme)
    db.session.commit()
    return done(to="/settings#look")


@blueprint.post("/settings/email")
@signed_in
def settings_email() -> ResponseReturnValue:
    """With a mail server the address is proved by a mail first; without one it holds at once."""
    form, me, proved = EmailForm(), viewer().person_id, is_set_up()
    change = actions.ask_for_email if proved else actions.change_email
    address = request.remote_addr or ""
    if attempt(form, lambda: change(me, form.email.data, form.email_password.data, address=address)):
        say = _("A link is on its way to the new address. It holds once you open it, where you are signed in.")
        return _kept(form, "e-mail", say if proved else _("You sign in with the new address from now on."))
    return _refused("e-mail", email=form)


@blueprint.get("/settings/email/<token>")
@signed_in
def settings_email_proof(token: str) -> ResponseReturnValue:
    """Programs open links to preview them, so reading this page changes nothing: its button does."""
    change = queries.address_change(token)
    if change is None or change.person_id != viewer().person_id:
        return page("settings/email_gone.html", status=404)
    return page("settings/email_proof.html", form=Form(), token=token, email=change.email)


@blueprint.post("/settings/email/<token>")
@signed_in
def settings_email_take(token: str) -> ResponseReturnValue:
    form, me = Form(), viewer().person_id
    change = queries.address_change(token)
    if change is None or change.person_id != me:
        return page("settings/email_gone.html", status=404)
    email = change.email
    if attempt(form, lambda: actions.take_email(me, token)):
        return done(to="/settings#e-mail", say=_("You sign in with the new address from now on."))
    return refused("settings/email_proof.html", form, token=token, email=email)


@blueprint.post("/settings/password")
@signed_in
def settings_password() -> ResponseReturnValue:
    form, me, here = PasswordForm(), viewer().person_id, current_user.session_id
    address = request.remote_addr or ""
    given = (form.current.data, form.password.data)
    if attempt(form, lambda: actions.change_password(me, *given, address=address, keep_session=here)):
        settled()
        return _kept(form, "password-change", _("Your password is changed. Every other device is signed out."))
    return _refused("password-change", password=form)


@blueprint.post("/settings/sessions/<int:session_id>/end")
@signed_in
def settings_session_end(session_id: int) -> ResponseReturnValue:
    actions.end_session(session_id, by=viewer().person_id)
    db.session.commit()
    return done(_devices(), to="/settings#devices", say=_("That device is signed out."))


@blueprint.post("/settings/sessions/end")
@signed_in
def settings_sessions_end() -> ResponseReturnValue:
    actions.end_other_sessions(viewer().person_id, but=current_user.session_id)
    db.session.commit()
    return done(_devices(), to="/settings#devices", say=_("Every other device is signed out."))


def _section(name: str, **bound: Form) -> Partial:
    """One section of the page, in the state that it would be rendered in now."""
    return Partial(name, SECTIONS[name], _everything(**bound))


def _kept(form: Form, name: str, say: str) -> Response:
    return done(_section(name), to=f"/settings#{name}", form=form, say=say)


def _refused(name: str, **bound: Form) -> Response:
    """The form that was sent, as it was sent; without htmx on the whole page, with the others as they stand."""
    (form,) = bound.values()
    return refused(SETTINGS, form, partial=_section(name, **bound), **_everything(**bound))


def _everything(**bound: Form) -> dict[str, Any]:
    person = queries.person(viewer().person_id)
    forms = {
        "profile": bound.get("profile") or ProfileForm(formdata=None, obj=person, draft="profile"),
        "email": bound.get("email") or EmailForm(formdata=None),
        "password": bound.get("password") or PasswordForm(formdata=None),
    }
    others = sections.of("settings", person)
    return {"person": person, "forms": forms, "came_by_link": came_by_link(), "sections": others, **_devices().context}


def _devices() -> Partial:
    rows = queries.live_sessions(viewer().person_id)
    devices = signed_in_devices(rows, current_user.session_id)
    return Partial("devices", "settings/_devices.html", {"devices": devices})
