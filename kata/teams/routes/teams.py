"""The organisation's teams: all of them, one of them, and changing it."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action
from kata.extensions import db
from kata.teams import actions, export, pages, queries
from kata.teams.forms import NewTeamForm, TeamForm, offer_places
from kata.teams.models import Area, Team
from kata.teams.routes.blueprint import blueprint
from kata.teams.routes.parts import again, team_page
from kata.web import csv, sections
from kata.web.forms import Form, attempt
from kata.web.render import done, page, refused

WEEKDAYS = 0b0011111
FOUND_AT_MOST = 50


@blueprint.get("/teams")
@signed_in
def teams() -> ResponseReturnValue:
    text, chosen = _asked()
    if text:
        found = queries.team_rows(text=text, limit=FOUND_AT_MOST)
        return page("teams/found.html", teams=found, q=text, areas={row.id: row.name for row in queries.area_rows()})
    mine = db.session.scalars(queries.teams_of(viewer())).all()
    return page("teams/index.html", q="", mine=mine, closed=_closed_teams(), **_organisation(chosen))


@blueprint.get("/teams.csv")
@signed_in
def teams_csv() -> ResponseReturnValue:
    """Every team under the page's filter, also where the page shows one area at a time."""
    text, chosen = _asked()
    roots = pages.tree(queries.area_rows(), {})
    node = None if text else pages.find(roots, chosen)
    pages.hang(roots, queries.team_rows(text=text), queries.leaders_by_area())
    above = tuple(each.name for each in queries.area_way(node.id)[:-1]) if node else ()
    lines = export.lines([node] if node else roots, above)
    return csv.answer(_("Teams"), export.TEAMS, (line for line in lines if line.team or not text))


def _asked() -> tuple[str, str]:
    """The words that the address looks for, and the area that it names."""
    return request.args.get("q", "").strip()[:100], request.args.get("area", "")


def _organisation(chosen: str) -> dict[str, Any]:
    """The tree of areas; with its teams where they are few, or for the chosen area."""
    roots = pages.tree(queries.area_rows(), queries.teams_by_area())
    node = pages.find(roots, chosen)
    shown = [node] if node else roots
    ids = {each.id for each, _depth in pages.walk(shown)}
    whole = sum(each.count for each in shown) <= pages.TEAMS_AT_ONCE
    if not whole and node:
        ids = {node.id}
    if not whole:
        pages.keep_upper(node.children if node else roots, pages.AREAS_AT_ONCE)
    rows = queries.team_rows(areas=ids, limit=pages.TEAMS_AT_ONCE) if whole or node else []
    pages.hang(shown, rows, queries.leaders_by_area())
    place = queries.area(viewer(), lock=False, area_id=node.id) if node else None
    return {"roots": shown, "area": node, "whole": whole, "sections": sections.of("area", place) if place else []}


def _closed_teams() -> list[Any]:
    """For those who could open them again."""
    if not viewer().is_administrator and not viewer().areas_led:
        return []
    return queries.closed_teams(None if viewer().is_administrator else viewer().areas_led)


@blueprint.get("/teams/<slug>")
@guarded(queries.team_by_slug, Action.READ)
def team(team: Team) -> ResponseReturnValue:
    return team_page(team)


@blueprint.get("/teams/<slug>/edit")
@guarded(queries.team_by_slug, Action.MANAGE_TEAM)
def team_edit(team: Team) -> ResponseReturnValue:
    form = TeamForm(obj=team, draft=f"team-{team.id}")
    _offer_areas(form, team)
    return page("teams/team_edit.html", form=form, team=team)


@blueprint.post("/teams/<slug>/edit")
@guarded(queries.team_by_slug, Action.MANAGE_TEAM)
def team_edit_submit(team: Team) -> ResponseReturnValue:
    form = TeamForm(draft=f"team-{team.id}")
    areas, address = _offer_areas(form, team), f"/teams/{team.slug}"
    values, asks_region = {**_given(form), "area_id": form.area_id.data}, form.country.data != team.country
    seen, by = form.version.data, viewer().person_id
    if attempt(form, lambda: actions.rewrite_team(team, seen, **values, areas=areas, by=by)):
        return _region_next(form, address) if asks_region else done(to=address, form=form, say=_("Saved."))
    return refused("teams/team_edit.html", form, team=again(team.id))


def _given(form: TeamForm | NewTeamForm) -> dict[str, Any]:
    values = {name: form[name].data for name in ("name", "time_zone", "country", "region", "language")}
    return {**values, "practice_days": form.practice_days.mask}


def _region_next(form: TeamForm | NewTeamForm, address: str, say: str = "") -> Response:
    """Saved; a country with regions that has just been chosen is asked about them, on a page that now knows it."""
    if not form.has_regions or form.region.data:
        return done(to=address, form=form, say=say or _("Saved."))
    ask = _("Saved. Some holidays here are those of a region: pick the team’s, or leave it at the whole country.")
    return done(to=f"{address}/edit#where", form=form, say=ask)


def _offer_areas(form: TeamForm, team: Team) -> set[int]:
    """Offer the areas that the team may move to, its own among them."""
    allowed = None if viewer().is_administrator else viewer().areas_led | {team.area_id}
    offered = pages.places(queries.area_rows(), allowed)
    offer_places(form.area_id, offered)
    return {id_ for id_, _name, _depth in offered}


@blueprint.post("/teams/<slug>/closing")
@guarded(queries.team_by_slug, Action.MANAGE_TEAM)
def team_closing(team: Team) -> ResponseReturnValue:
    form, closes, address = Form(), request.form.get("closed") == "1", f"/teams/{team.slug}"
    change = actions.close_team if closes else actions.reopen_team
    if not attempt(form, lambda: change(team, by=viewer().person_id)):
        return team_page(again(team.id), problem=form)
    say = _("The team is closed. What it learned stays readable.") if closes else _("The team is open again.")
    return done(to=address, say=say)


@blueprint.get("/areas/<int:area_id>/teams/new")
@guarded(queries.area, Action.MANAGE_TEAM)
def team_new(area: Area) -> ResponseReturnValue:
    defaults = {"practice_days": WEEKDAYS, "time_zone": viewer().time_zone}
    return _new_team_page(area, NewTeamForm(draft=f"team-new-{area.id}", **defaults))


@blueprint.post("/areas/<int:area_id>/teams/new")
@guarded(queries.area, Action.MANAGE_TEAM)
def team_create(area: Area) -> ResponseReturnValue:
    form, made = NewTeamForm(draft=f"team-new-{area.id}"), list[Team]()
    if attempt(form, lambda: made.append(actions.create_team(area, **_given(form), by=viewer().person_id))):
        return _region_next(form, f"/teams/{made[0].slug}") if made else done(to="/teams", form=form)
    return _new_team_page(queries.area(viewer(), lock=False, area_id=area.id) or area, form)


def _new_team_page(area: Area, form: NewTeamForm) -> Response:
    return page("teams/team_new.html", status=form.http_status if form.errors else 200, form=form, area=area)
