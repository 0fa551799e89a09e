"""What administrators do with accounts: find, make, change, close, and hand out one-time links."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import Installation, guarded, installation, viewer
from kata.access.policy import Action
from kata.extensions import db
from kata.identity import actions, export, links, queries
from kata.identity.forms import AccountForm, LinkForm, PersonForm
from kata.identity.models import Person
from kata.identity.routes.blueprint import blueprint
from kata.identity.secrets import hashed, token_of_submission
from kata.web import csv
from kata.web.forms import Form, attempt
from kata.web.render import done, page, refused


@blueprint.get("/admin/people")
@guarded(installation, Action.MANAGE_PEOPLE)
def people(_installation: Installation) -> ResponseReturnValue:
    text = _text()
    rows, more = queries.people_page(text, after=_row_id(request.args.get("after")))
    return page("identity/people.html", people=rows, more=more, q=text, start="after" not in request.args)


@blueprint.get("/admin/people.csv")
@guarded(installation, Action.MANAGE_PEOPLE)
def people_csv(_installation: Installation) -> ResponseReturnValue:
    return csv.answer(_("People"), export.PEOPLE, db.session.execute(queries.people_listing(_text())))


@blueprint.get("/admin/people/new")
@guarded(installation, Action.MANAGE_PEOPLE)
def person_new(_installation: Installation) -> ResponseReturnValue:
    return page("identity/person_new.html", form=PersonForm(draft="person-new", name=request.args.get("name", "")))


@blueprint.post("/admin/people/new")
@guarded(installation, Action.MANAGE_PEOPLE)
def person_create(_installation: Installation) -> ResponseReturnValue:
    form, made = PersonForm(draft="person-new"), list[Person]()
    values: dict[str, Any] = {"by": viewer().person_id, "time_zone": viewer().time_zone}
    if attempt(form, lambda: made.append(actions.create_person(form.name.data, form.email.data, **values))):
        return done(to=_address(made[0]) if made else "/admin/people", form=form)
    return refused("identity/person_new.html", form)


@blueprint.get("/admin/people/<int:person_id>")
@guarded(queries.account_of, Action.MANAGE_PEOPLE)
def person(person: Person) -> ResponseReturnValue:
    return _person_page(person, AccountForm(obj=person, draft=_draft(person)))


@blueprint.post("/admin/people/<int:person_id>")
@guarded(queries.account_of, Action.MANAGE_PEOPLE)
def person_submit(person: Person) -> ResponseReturnValue:
    form = AccountForm(draft=_draft(person))
    values = {"name": form.name.data, "email": form.email.data, "administrator": form.is_administrator.data}
    seen, by = form.version.data, viewer().person_id
    if attempt(form, lambda: actions.rewrite_person(person, seen, **values, by=by)):
        return done(to=_address(person), form=form, say=_("Saved."))
    return _person_page(_again(person), form)


@blueprint.post("/admin/people/<int:person_id>/closing")
@guarded(queries.account_of, Action.MANAGE_PEOPLE)
def person_closing(person: Person) -> ResponseReturnValue:
    form, closes = Form(), request.form.get("closed") == "1"
    change = actions.close_account if closes else actions.reopen_account
    if not attempt(form, lambda: change(person, by=viewer().person_id)):
        return _person_page(_again(person), AccountForm(formdata=None, obj=_again(person)), problem=form)
    return done(to=_address(person), say=_("The account is closed.") if closes else _("The account is open again."))


@blueprint.post("/admin/people/<int:person_id>/sessions/end")
@guarded(queries.account_of, Action.MANAGE_PEOPLE)
def person_sessions_end(person: Person) -> ResponseReturnValue:
    actions.sign_out_everywhere(person, by=viewer().person_id)
    db.session.commit()
    return done(to=_address(person), say=_("Signed out on every device."))


@blueprint.post("/admin/people/<int:person_id>/link")
@guarded(queries.account_of, Action.MANAGE_PEOPLE)
def person_link(person: Person) -> ResponseReturnValue:
    """The link is in the answer itself and nowhere else; the same submission again is shown the same link."""
    form, by = LinkForm(), viewer().person_id
    token = token_of_submission("sign-in", by, person.id, form.once.data)
    if not attempt(form, lambda: links.create(person, by=by, token=token)):
        return _person_page(_again(person), AccountForm(formdata=None, obj=_again(person)), problem=form)
    address = f"{current_app.config['PUBLIC_URL']}/link/{token}"
    return page("identity/person_link.html", person=person, link=queries.link_of(hashed(token)), address=address)


def _person_page(person: Person, form: AccountForm, problem: Form | None = None) -> Response:
    status = problem.http_status if problem else form.http_status if form.errors else 200
    context: dict[str, Any] = {"person": person, "form": form, "link_form": LinkForm(formdata=None), "problem": problem}
    return page("identity/person.html", status=status, **context)


def _again(person: Person) -> Person:
    """The person as they stand after a transaction that was taken back."""
    return queries.person(person.id) or person


def _address(person: Person) -> str:
    return f"/admin/people/{person.id}"


def _draft(person: Person) -> str:
    return f"person-{person.id}"


def _text() -> str:
    """What the list of people is searched for."""
    return request.args.get("q", "")[:100]


def _row_id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
