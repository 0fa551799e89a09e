"""The tree of areas and who leads them: for administrators."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import Installation, guarded, installation, viewer
from kata.access.policy import Action
from kata.extensions import db
from kata.teams import actions, finding, pages, queries
from kata.teams.forms import AreaForm, NewAreaForm, offer_places
from kata.teams.models import Area, AreaLeader
from kata.teams.routes.blueprint import blueprint
from kata.teams.routes.parts import row_id
from kata.web.forms import Form, attempt
from kata.web.render import done, page

FOUND_AT_MOST = 20


@blueprint.get("/admin/areas")
@guarded(installation, Action.MANAGE_AREA)
def areas(_installation: Installation) -> ResponseReturnValue:
    roots = pages.tree(queries.area_rows(), queries.teams_by_area())
    pages.hang(roots, (), queries.leaders_by_area())
    return page("teams/areas.html", roots=roots, closed=queries.area_rows(closed=True))


@blueprint.get("/admin/areas/new")
@guarded(installation, Action.MANAGE_AREA)
def area_new(_installation: Installation) -> ResponseReturnValue:
    form = NewAreaForm(draft="area-new", parent_id=row_id(request.args.get("parent")))
    return _new_page(form)


@blueprint.post("/admin/areas/new")
@guarded(installation, Action.MANAGE_AREA)
def area_create(_installation: Installation) -> ResponseReturnValue:
    form = NewAreaForm(draft="area-new")
    _offer(form)
    if attempt(form, lambda: actions.create_area(name=form.name.data, parent=_parent(form), by=viewer().person_id)):
        return done(to="/admin/areas", form=form, say=_("The area is there."))
    return _new_page(form)


@blueprint.get("/admin/areas/<int:area_id>")
@guarded(queries.area, Action.MANAGE_AREA)
def area(area: Area) -> ResponseReturnValue:
    return _page(area, AreaForm(obj=area, draft=f"area-{area.id}"))


@blueprint.post("/admin/areas/<int:area_id>")
@guarded(queries.area, Action.MANAGE_AREA)
def area_submit(area: Area) -> ResponseReturnValue:
    form = AreaForm(draft=f"area-{area.id}")
    _offer(form)
    name, seen, by = form.name.data, form.version.data, viewer().person_id
    if attempt(form, lambda: actions.rewrite_area(area, seen, name=name, parent=_parent(form), by=by)):
        return done(to="/admin/areas", form=form, say=_("Saved."))
    return _page(area, form)


@blueprint.post("/admin/areas/<int:area_id>/closing")
@guarded(queries.area, Action.MANAGE_AREA)
def area_closing(area: Area) -> ResponseReturnValue:
    form, closes = Form(), request.form.get("closed") == "1"
    change = actions.close_area if closes else actions.reopen_area
    if not attempt(form, lambda: change(area, by=viewer().person_id)):
        return _page(area, AreaForm(formdata=None, obj=_again(area)), problem=form)
    return done(to="/admin/areas", say=_("The area is closed.") if closes else _("The area is open again."))


@blueprint.post("/admin/areas/<int:area_id>/leaders")
@guarded(queries.area, Action.MANAGE_AREA)
def leader_add(area: Area) -> ResponseReturnValue:
    form, person_id = Form(), row_id(request.form.get("person_id"))
    if attempt(form, lambda: actions.add_leader(area, person_id, by=viewer().person_id)):
        return done(to=f"/admin/areas/{area.id}", say=_("Saved."))
    return _page(area, AreaForm(formdata=None, obj=_again(area)), problem=form)


@blueprint.post("/admin/leaders/<int:office_id>/end")
@guarded(queries.leadership, Action.MANAGE_AREA)
def leader_end(office: AreaLeader) -> ResponseReturnValue:
    actions.end_leadership(office, by=viewer().person_id)
    db.session.commit()
    return done(to=f"/admin/areas/{office.area_id}", say=_("This person leads the area no more."))


def _page(area: Area, form: AreaForm, problem: Form | None = None) -> Response:
    area = _again(area)
    _offer(form)
    text = request.args.get("q", "").strip()[:100]
    context: dict[str, Any] = {
        "area": area,
        "form": form,
        "problem": problem,
        "leaders": queries.leaders_by_area([area.id]).get(area.id, []),
        "q": text,
        "found": finding.people_named(text, FOUND_AT_MOST) if text else [],
    }
    status = problem.http_status if problem else form.http_status if form.errors else 200
    return page("teams/area.html", status=status, **context)


def _new_page(form: NewAreaForm) -> Response:
    _offer(form)
    return page("teams/area_new.html", status=form.http_status if form.errors else 200, form=form)


def _offer(form: NewAreaForm | AreaForm) -> None:
    offer_places(form.parent_id, pages.places(queries.area_rows()), top=_("nothing: it stands at the top"))


def _parent(form: NewAreaForm | AreaForm) -> Area | None:
    if form.parent_id.data is None:
        return None
    return queries.area(viewer(), lock=True, area_id=form.parent_id.data)


def _again(area: Area) -> Area:
    """The area as it stands after a transaction that was taken back."""
    return queries.area(viewer(), lock=False, area_id=area.id) or area
