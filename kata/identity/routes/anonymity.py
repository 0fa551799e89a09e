"""Anonymising somebody at their request: where they are named, then the confirmation, then their name is gone."""

from __future__ import annotations

from collections.abc import Collection

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.extensions import shorten_log, unlocked
from kata.identity import anonymity, queries
from kata.identity.forms import AnonymityForm
from kata.identity.models import Person
from kata.identity.pages import namings
from kata.identity.routes.blueprint import blueprint
from kata.identity.traces import Found, find, traces
from kata.rules import DomainError
from kata.web.forms import attempt
from kata.web.render import done, page


@blueprint.get("/admin/people/<int:person_id>/anonymity")
@guarded(queries.account_to_anonymise, Action.MANAGE_PEOPLE)
def anonymity_ask(person: Person) -> ResponseReturnValue:
    if person.anonymised_at is not None:
        return _gone(person.id)
    return _asking(person, AnonymityForm(obj=person), None)


@blueprint.post("/admin/people/<int:person_id>/anonymity")
@guarded(queries.account_to_anonymise, Action.MANAGE_PEOPLE)
def anonymity_submit(person: Person) -> ResponseReturnValue:
    """Sent again, or by a second administrator at the same moment, it does nothing more."""
    if person.anonymised_at is not None:
        return _gone(person.id)
    form, person_id = AnonymityForm(), person.id
    named = _named(person, form)
    if not attempt(form, lambda: _anonymise(person_id, form, named)):
        return _asking(queries.person(person_id) or person, form, form.strike.data or [])
    shorten_log()
    return _gone(person_id, say=_said(len(named.hits)))


def _named(person: Person, form: AnonymityForm) -> Found:
    """Where texts name the person in the ways that were chosen; nobody who writes waits for this look."""
    forms = [each for each in anonymity.ways_of_naming(person) if each.key in (form.strike.data or [])]
    with unlocked():
        return find(forms)


def _anonymise(person_id: int, form: AnonymityForm, named: Found) -> None:
    """With the person loaded anew, since the lock was let go meanwhile; so were the viewer's own rights."""
    person = queries.account_to_anonymise(viewer(), lock=True, person_id=person_id)
    if person is None:
        raise DomainError("", _("You do not administer any more. Nothing was changed."))
    confirmed, by = form.confirmed.data or "", viewer().person_id
    anonymity.anonymise(person, form.version.data, confirmed=confirmed, named=named, by=by)


def _asking(person: Person, form: AnonymityForm, chosen: Collection[str] | None) -> Response:
    """The page with every place where the person is named; at first what can name nobody else is chosen."""
    forms = anonymity.ways_of_naming(person)
    found = traces(forms, viewer())
    others = queries.others_called([form.key for form in forms if not form.whole], person.id)
    kept = {each.key for each in forms if each.whole} if chosen is None else chosen
    status = form.http_status if form.errors else 200
    named = namings(forms, found, others, kept)
    return page("identity/anonymity.html", status=status, person=person, form=form, namings=named, found=found)


def _gone(person_id: int, say: str = "") -> ResponseReturnValue:
    return done(to=f"/admin/people/{person_id}", say=say or _("This person has been anonymised already."))


def _said(texts: int) -> str:
    if not texts:
        return str(_("The name is gone for good; what was learned stays."))
    return str(
        ngettext(
            "The name is gone for good, from %(num)d text too; what was learned stays.",
            "The name is gone for good, from %(num)d texts too; what was learned stays.",
            texts,
        )
    )
