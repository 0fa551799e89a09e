"""A team's customers: the page of all of them with their journeys, and each of them."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.actions import archiving
from kata.customers.actions import moments as actions
from kata.customers.forms import CustomerEditForm, CustomerForm
from kata.customers.models import Customer
from kata.customers.pages import team as pages
from kata.customers.queries import moments as queries
from kata.customers.routes.answers import again, edit, saved
from kata.measures.forms import VersionForm
from kata.measures.queries import owner
from kata.teams.models import Team
from kata.teams.queries import team_by_slug
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import Undo, page, problem_of

blueprint = Blueprint("of_teams", __name__)


@blueprint.get("/teams/<slug>/customers")
@guarded(team_by_slug, Action.READ)
def team_customers(team: Team) -> ResponseReturnValue:
    if htmx.asked():  # an editor in the page was closed
        return htmx.pieces((pages.journeys(viewer(), team),))
    return page("customers/team.html", **pages.whole(viewer(), team))


@blueprint.get("/teams/<slug>/customers/new")
@guarded(owner, Action.WRITE_CUSTOMERS)
def new_customer(team: Team) -> ResponseReturnValue:
    return _adding(team, CustomerForm(draft=f"team-{team.id}-customer"))


@blueprint.post("/teams/<slug>/customers")
@guarded(owner, Action.WRITE_CUSTOMERS)
def add_customer(team: Team) -> ResponseReturnValue:
    form, team_id, by = CustomerForm(draft=f"team-{team.id}-customer"), team.id, viewer().person_id
    if attempt(form, lambda: actions.create_customer(team, **form.described(), by=by)):
        return _saved(team_id, form)
    return _adding(again(team_id), form)


def _adding(team: Team, form: Form) -> ResponseReturnValue:
    part = Partial("customer-new", "customers/_customer_new.html", {"team": team, "form": form})
    return edit(_("New customer"), _crumb(team), part, form)


@blueprint.get("/customers/<int:customer_id>/edit")
@guarded(queries.customer, Action.WRITE_CUSTOMERS)
def edit_customer(customer: Customer) -> ResponseReturnValue:
    return _editing(customer, CustomerEditForm(obj=customer, draft=f"customer-{customer.id}"))


@blueprint.post("/customers/<int:customer_id>")
@guarded(queries.customer, Action.WRITE_CUSTOMERS)
def rewrite_customer(customer: Customer) -> ResponseReturnValue:
    form, customer_id, team_id = CustomerEditForm(draft=f"customer-{customer.id}"), customer.id, customer.team_id
    by = viewer().person_id
    if attempt(form, lambda: actions.rewrite_customer(customer, form.version.data, **form.described(), by=by)):
        return _saved(team_id, form, at=f"customer-{customer_id}")
    return _editing(_fresh(customer_id), form)


def _editing(customer: Customer, form: Form) -> ResponseReturnValue:
    context = {"team": customer.team, "customer": customer, "form": form}
    part = Partial(f"customer-{customer.id}", "customers/_customer_edit.html", context)
    return edit(customer.name, _crumb(customer.team), part, form)


@blueprint.post("/customers/<int:customer_id>/archive")
@guarded(queries.customer, Action.WRITE_CUSTOMERS)
def archive_customer(customer: Customer) -> ResponseReturnValue:
    form, team, by = VersionForm(), customer.team, viewer().person_id
    if attempt(form, lambda: archiving.archive(customer, form.version.data, by=by)):
        back = f"/customers/{customer.id}/restoration"
        undo = Undo(_("Archived. Nothing of it is lost."), back, {"version": customer.version})
        return _saved(team.id, form, undo)
    return problem_of(form, _address(again(team.id)))


@blueprint.post("/customers/<int:customer_id>/restoration")
@guarded(queries.customer, Action.WRITE_CUSTOMERS)
def restore_customer(customer: Customer) -> ResponseReturnValue:
    form, team, by = VersionForm(), customer.team, viewer().person_id
    if attempt(form, lambda: archiving.restore(customer, form.version.data, by=by)):
        return _saved(team.id, form, say=_("Back in use."))
    return problem_of(form, _address(again(team.id)))


def _saved(
    team_id: int, form: Form, undo: Undo | None = None, say: str = "", at: str = "journeys"
) -> ResponseReturnValue:
    """The journeys again."""
    team = again(team_id)
    return saved(_address(team), lambda: [pages.journeys(viewer(), team)], form=form, undo=undo, say=say, at=at)


def _fresh(customer_id: int) -> Customer:
    found = queries.customer(viewer(), lock=False, customer_id=customer_id)
    if found is None:
        raise LookupError(f"customer {customer_id} went away while it was edited")
    return found


def _address(team: Team) -> str:
    return f"/teams/{team.slug}/customers"


def _crumb(team: Team) -> tuple[str, str]:
    return _("Customers of %(team)s", team=team.name), _address(team)
