"""The catalogue of skills: read by everyone, adapted by administrators."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import Installation, guarded, installation, signed_in, viewer
from kata.access.policy import Action
from kata.coaching.actions import skills as actions
from kata.coaching.forms.skills import PlaceForm, SkillEditForm, SkillForm
from kata.coaching.models import Skill
from kata.coaching.models.skills import KATAS
from kata.coaching.pages import skills as pages
from kata.coaching.queries import skills as queries
from kata.coaching.routes import blueprint
from kata.measures.forms import VersionForm
from kata.web import htmx
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page, problem_of

ADMIN = "/admin/skills"


@blueprint.get("/skills")
@signed_in
def skills() -> ResponseReturnValue:
    return page("coaching/skills.html", katas=pages.katas())


@blueprint.get("/admin/skills")
@guarded(installation, Action.MANAGE_SKILLS)
def catalogue(_installation: Installation) -> ResponseReturnValue:
    part = pages.catalogue()
    return page("coaching/catalogue.html", partial=part, **part.context)


@blueprint.get("/admin/skills/new")
@guarded(installation, Action.MANAGE_SKILLS)
def new_skill(_installation: Installation) -> ResponseReturnValue:
    kata = request.args.get("kata")
    kata = kata if kata in KATAS else KATAS[0]
    return _adding(SkillForm(formdata=None, draft=f"skill-new-{kata}", kata=kata))


@blueprint.post("/admin/skills")
@guarded(installation, Action.MANAGE_SKILLS)
def add_skill(_installation: Installation) -> ResponseReturnValue:
    kata = request.form.get("kata")
    form, by = SkillForm(draft=f"skill-new-{kata if kata in KATAS else KATAS[0]}"), viewer().person_id
    if attempt(form, lambda: actions.add(form.kata.data, form.name.data, form.described(), by=by)):
        return _saved(form)
    return _adding(form)


def _adding(form: SkillForm) -> Response:
    kata = form.kata.data if form.kata.data in KATAS else KATAS[0]
    return _edit(Partial(f"skill-new-{kata}", "coaching/_skill_new.html", {"form": form, "kata": kata}), form)


@blueprint.get("/admin/skills/<int:skill_id>/edit")
@guarded(queries.skill, Action.MANAGE_SKILLS)
def edit_skill(skill: Skill) -> ResponseReturnValue:
    return _editing(skill.id, SkillEditForm(obj=skill, draft=f"skill-{skill.id}"))


@blueprint.post("/admin/skills/<int:skill_id>")
@guarded(queries.skill, Action.MANAGE_SKILLS)
def rewrite_skill(skill: Skill) -> ResponseReturnValue:
    form, skill_id, by = SkillEditForm(draft=f"skill-{skill.id}"), skill.id, viewer().person_id
    if attempt(form, lambda: actions.rewrite(skill, form.version.data, form.name.data, form.described(), by=by)):
        return _saved(form, at=f"skill-{skill_id}")
    return _editing(skill_id, form)


def _editing(skill_id: int, form: SkillEditForm) -> Response:
    return _edit(Partial(f"skill-{skill_id}", "coaching/_skill_edit.html", {"form": form, "skill_id": skill_id}), form)


@blueprint.post("/admin/skills/<int:skill_id>/position")
@guarded(queries.skill, Action.MANAGE_SKILLS)
def move_skill(skill: Skill) -> ResponseReturnValue:
    form, before, address = PlaceForm(), list[int](), f"{ADMIN}/{skill.id}/position"
    if attempt(form, lambda: before.append(actions.move(skill, form.to.data, by=viewer().person_id))):
        undo = Undo(_("Moved."), address, {"to": before[0]})
        return _saved(form, undo=undo, at=f"skill-{skill.id}")
    return problem_of(form, ADMIN)


@blueprint.post("/admin/skills/<int:skill_id>/archive")
@guarded(queries.skill, Action.MANAGE_SKILLS)
def archive_skill(skill: Skill) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    if attempt(form, lambda: actions.archive(skill, form.version.data, by=by)):
        back = f"{ADMIN}/{skill.id}/restoration"
        undo = Undo(_("Archived. What was observed in it stays."), back, {"version": skill.version})
        return _saved(form, undo=undo)
    return problem_of(form, ADMIN)


@blueprint.post("/admin/skills/<int:skill_id>/restoration")
@guarded(queries.skill, Action.MANAGE_SKILLS)
def restore_skill(skill: Skill) -> ResponseReturnValue:
    form, by = VersionForm(), viewer().person_id
    if attempt(form, lambda: actions.restore(skill, form.version.data, by=by)):
        return _saved(form, say=_("Back in use."), at=f"skill-{skill.id}")
    return problem_of(form, ADMIN)


def _edit(part: Partial, form: Form) -> Response:
    """The editor in its place; as a page of its own without htmx. Also the answer when the form was refused."""
    status = form.http_status if form.errors or form.theirs else 200
    return page("coaching/skill_editor.html", status=status, partial=part, editor=part.template, **part.context)


def _saved(form: Form, undo: Undo | None = None, say: str = "", at: str = "") -> Response:
    there = htmx.asked() and htmx.stands_on(ADMIN)
    parts = (pages.catalogue(),) if there else ()
    return done(*parts, to=f"{ADMIN}#{at}" if at else ADMIN, form=form, undo=undo, say=say)
