"""A moment of truth: its page, its place in the journey, the measures that tell of it."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.actions import archiving
from kata.customers.actions import moments as actions
from kata.customers.forms import LinkForm, MomentEditForm, MomentForm, PositionForm
from kata.customers.models import MomentOfTruth
from kata.customers.pages import moment as pages
from kata.customers.pages import team as team_pages
from kata.customers.queries import moments as queries
from kata.customers.routes.answers import again, edit, saved
from kata.measures.forms import VersionForm
from kata.measures.queries import choices, owner
from kata.teams.models import Team
from kata.web import htmx
from kata.web.forms import Form, attempt, offer
from kata.web.htmx import Partial
from kata.web.render import Undo, page, problem_of, show

blueprint = Blueprint("moments", __name__)


@blueprint.get("/moments/<int:moment_id>")
@guarded(queries.moment, Action.READ)
def moment(shown: MomentOfTruth) -> ResponseReturnValue:
    if htmx.asked():  # an editor in the page was closed
        return htmx.pieces((pages.about(shown),))
    return page("customers/moment.html", **pages.whole(viewer(), shown, request.args))


@blueprint.get("/teams/<slug>/moments/new")
@guarded(owner, Action.WRITE_CUSTOMERS)
def new_moment(team: Team) -> ResponseReturnValue:
    customer_id = request.args.get("customer", type=int)
    return _adding(team, MomentForm(draft=_draft(team, customer_id), customer_id=customer_id), customer_id)


@blueprint.post("/teams/<slug>/moments")
@guarded(owner, Action.WRITE_CUSTOMERS)
def add_moment(team: Team) -> ResponseReturnValue:
    form, team_id, by = MomentForm(), team.id, viewer().person_id
    customer_id = form.customer_id.data
    form = MomentForm(draft=_draft(team, customer_id))
    if attempt(form, lambda: actions.create_moment(team, **form.described(), by=by)):
        return _journeys(team_id, form)
    return _adding(again(team_id), form, customer_id)


def _draft(team: Team, customer_id: int | None) -> str:
    return f"team-{team.id}-moment-{customer_id or 0}"


def _adding(team: Team, form: Form, customer_id: int | None) -> ResponseReturnValue:
    """Below the journey of the customer, so each journey has a place of its own for a new moment."""
    root = f"moment-new-{customer_id or 0}"
    part = Partial(root, "customers/_moment_new.html", {"team": team, "form": form, "root": root})
    return edit(_("New moment of truth"), _crumb(team), part, form)


@blueprint.get("/moments/<int:moment_id>/edit")
@guarded(queries.moment, Action.WRITE_CUSTOMERS)
def edit_moment(shown: MomentOfTruth) -> ResponseReturnValue:
    form = _offered(shown, MomentEditForm(obj=shown, draft=f"moment-{shown.id}"))
    return edit(shown.name, _crumb(shown.team), pages.editor(shown, form), form)


@blueprint.post("/moments/<int:moment_id>")
@guarded(queries.moment, Action.WRITE_CUSTOMERS)
def rewrite_moment(shown: MomentOfTruth) -> ResponseReturnValue:
    form, moment_id, by = _offered(shown, MomentEditForm(draft=f"moment-{shown.id}")), shown.id, viewer().person_id
    if attempt(form, lambda: actions.rewrite_moment(shown, form.version.data, **form.described(), by=by)):
        return _moment(moment_id, form)
    fresh = pages.fresh(viewer(), moment_id)
    return edit(fresh.name, _crumb(fresh.team), pages.editor(fresh, form), form)


def _offered(of: MomentOfTruth, form: MomentEditForm) -> MomentEditForm:
    form.offer(queries.customers(of.team_id), of.customer_id)
    return form


@blueprint.post("/moments/<int:moment_id>/archive")
@guarded(queries.moment, Action.WRITE_CUSTOMERS)
def archive_moment(shown: MomentOfTruth) -> ResponseReturnValue:
    form, moment_id, by = VersionForm(), shown.id, viewer().person_id
    if attempt(form, lambda: archiving.archive(shown, form.version.data, by=by)):
        back = f"/moments/{moment_id}/restoration"
        return _moment(moment_id, form, Undo(_("Archived. Nothing of it is lost."), back, {"version": shown.version}))
    return problem_of(form, f"/moments/{moment_id}")


@blueprint.post("/moments/<int:moment_id>/restoration")
@guarded(queries.moment, Action.WRITE_CUSTOMERS)
def restore_moment(shown: MomentOfTruth) -> ResponseReturnValue:
    form, moment_id, by = VersionForm(), shown.id, viewer().person_id
    if attempt(form, lambda: archiving.restore(shown, form.version.data, by=by)):
        return _moment(moment_id, form, say=_("Back in use."))
    return problem_of(form, f"/moments/{moment_id}")


@blueprint.post("/moments/<int:moment_id>/position")
@guarded(queries.moment, Action.WRITE_CUSTOMERS)
def move_moment(shown: MomentOfTruth) -> ResponseReturnValue:
    form, team, before = PositionForm(), shown.team, list[int]()
    if attempt(form, lambda: before.append(actions.move(shown, form.to.data or 0, by=viewer().person_id))):
        undo = Undo(_("Moved."), f"/moments/{shown.id}/position", {"to": before[0]})
        return _journeys(team.id, form, undo)
    return problem_of(form, f"/teams/{again(team.id).slug}/customers")


# Its measures ---------------------------------------------------------------------------------------------------------


@blueprint.get("/moments/<int:moment_id>/measures")
@guarded(queries.moment, Action.READ)
def moment_measures(shown: MomentOfTruth) -> ResponseReturnValue:
    return show(f"/moments/{shown.id}#moment-measures", pages.measures(shown))


@blueprint.get("/moments/<int:moment_id>/measures/new")
@guarded(queries.moment, Action.WRITE_CUSTOMERS)
def choose_measure(shown: MomentOfTruth) -> ResponseReturnValue:
    return _choosing(shown, _measures(shown, LinkForm(draft=f"moment-{shown.id}-measure")))


@blueprint.post("/moments/<int:moment_id>/measures")
@guarded(queries.moment, Action.WRITE_CUSTOMERS)
def link_measure(shown: MomentOfTruth) -> ResponseReturnValue:
    form = _measures(shown, LinkForm(draft=f"moment-{shown.id}-measure"))
    moment_id, by = shown.id, viewer().person_id
    if attempt(form, lambda: actions.link_measure(shown, form.measure_id.data, by=by)):
        return _linked(moment_id, form)
    return _choosing(pages.fresh(viewer(), moment_id), form)


def _measures(of: MomentOfTruth, form: LinkForm) -> LinkForm:
    form.measure_id.choices = offer([("", _("Choose …")), *((each.id, each.name) for each in choices(of.team_id))])
    return form


def _choosing(of: MomentOfTruth, form: LinkForm) -> ResponseReturnValue:
    return edit(_("Measures: %(name)s", name=of.name), _crumb(of.team), pages.link(of, form), form)


@blueprint.post("/moments/<int:moment_id>/measures/<int:measure_id>/removal")
@guarded(lambda who, *, lock, moment_id, measure_id: _Link.of(who, lock, moment_id, measure_id), Action.WRITE_CUSTOMERS)
def unlink_measure(link: _Link) -> ResponseReturnValue:
    moment_id, by, form = link.moment.id, viewer().person_id, Form()
    if attempt(form, lambda: actions.unlink_measure(link.moment, link.measure_id, by=by)):
        undo = Undo(_("Taken off this moment."), f"/moments/{moment_id}/measures", {"measure_id": link.measure_id})
        return _linked(moment_id, form, undo)
    return problem_of(form, f"/moments/{moment_id}")


class _Link:
    """A moment and a measure that its address names, as a subject for the guard."""

    def __init__(self, moment: MomentOfTruth, measure_id: int) -> None:
        self.moment, self.measure_id, self.scope = moment, measure_id, moment.scope

    @classmethod
    def of(cls, who: object, lock: bool, moment_id: int, measure_id: int) -> _Link | None:
        found = queries.moment(viewer(), lock=lock, moment_id=moment_id)
        return cls(found, measure_id) if found else None


# Answers --------------------------------------------------------------------------------------------------------------


def _moment(moment_id: int, form: Form, undo: Undo | None = None, say: str = "") -> ResponseReturnValue:
    def changed() -> tuple[Partial, Partial]:
        fresh = pages.fresh(viewer(), moment_id)
        return pages.head(fresh), pages.about(fresh)

    return saved(f"/moments/{moment_id}", changed, form=form, undo=undo, say=say)


def _linked(moment_id: int, form: Form, undo: Undo | None = None) -> ResponseReturnValue:
    return saved(
        f"/moments/{moment_id}",
        lambda: [pages.measures(pages.fresh(viewer(), moment_id))],
        form=form,
        undo=undo,
        at="moment-measures",
    )


def _journeys(team_id: int, form: Form, undo: Undo | None = None) -> ResponseReturnValue:
    team = again(team_id)
    path = f"/teams/{team.slug}/customers"
    return saved(path, lambda: [team_pages.journeys(viewer(), team)], form=form, undo=undo, at="journeys")


def _crumb(team: Team) -> tuple[str, str]:
    return _("Customers of %(team)s", team=team.name), f"/teams/{team.slug}/customers"
