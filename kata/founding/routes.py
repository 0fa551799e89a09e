"""The addresses of the first day: a file of areas, teams and people, what would come of it, and its template."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import Installation, guarded, installation, viewer
from kata.access.policy import Action
from kata.founding import actions, mails, pages, queries
from kata.founding.forms import FoundForm, RollForm
from kata.founding.plan import Plan, plan
from kata.founding.reading import Roll, role_in_words, roll
from kata.tables import Refused
from kata.tables.export import csv_file, xlsx_file
from kata.web import sections
from kata.web.forms import attempt
from kata.web.render import page, refused

blueprint = Blueprint("founding", __name__)

__all__ = ["blueprint", "mails"]

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/admin/import")
@guarded(installation, Action.MANAGE_PEOPLE)
def choose(_installation: Installation) -> ResponseReturnValue:
    return page("founding/choose.html", form=RollForm(formdata=None))


@blueprint.post("/admin/import")
@guarded(installation, Action.MANAGE_PEOPLE)
def look(_installation: Installation) -> ResponseReturnValue:
    """What would come of the file. Nothing is written, and the file is kept nowhere: its rows travel in the form."""
    form = RollForm()
    table = form.table() if form.validate() else None
    if table is None:
        return refused("founding/choose.html", form)
    read = roll(table)
    return _preview(read, plan(read.lines, queries.standing(read.lines)), FoundForm(formdata=None), form)


@blueprint.post("/admin/import/making")
@guarded(installation, Action.MANAGE_PEOPLE)
def make(_installation: Installation) -> ResponseReturnValue:
    """The links are in the answer itself and nowhere else; the same submission again is shown the same links."""
    form, who = FoundForm(), viewer()
    try:
        read = roll(pages.kept_table(form.rows.data or ""))
    except Refused:
        return _lost()
    once, seen = str(form.once.data), form.seen.data or ""
    values: dict[str, Any] = {"time_zone": who.time_zone, "once": once, "by": who.person_id}
    done = not read.flaws and attempt(form, lambda: actions.found(read.lines, seen, **values))
    now = plan(read.lines, queries.standing(read.lines))
    if not done:
        return _preview(read, now, form)
    handed, mailed = pages.slips(now, once, who.person_id)
    return page("founding/made.html", plan=now, slips=handed, mailed=mailed)


@blueprint.get("/admin/import/template.csv")
@guarded(installation, Action.MANAGE_PEOPLE)
def template_csv(_installation: Installation) -> ResponseReturnValue:
    return _file(csv_file(*pages.example()), "text/csv", "csv")


@blueprint.get("/admin/import/template.xlsx")
@guarded(installation, Action.MANAGE_PEOPLE)
def template_xlsx(_installation: Installation) -> ResponseReturnValue:
    return _file(xlsx_file(*pages.example()), WORKBOOK, "xlsx")


def _file(data: bytes, kind: str, ending: str) -> Response:
    made = Response(data, mimetype=kind)
    made.headers.set("Content-Disposition", "attachment", filename=f"{_('teams-and-people')}.{ending}")
    return made


def _lost() -> Response:
    """The rows did not come back as they were shown."""
    form = RollForm(formdata=None)
    form.refuse("", _("The rows did not come back whole. Nothing was made: choose the file again."))
    return refused("founding/choose.html", form)


def _preview(read: Roll, made: Plan, form: FoundForm, sent: RollForm | None = None) -> Response:
    """What would be made; or what is unclear, beside the rows that were pasted, so that they can be mended there."""
    wrong = pages.flaws(read, made)
    form.seen.data, form.rows.data = made.fingerprint, pages.kept(read)
    context: dict[str, Any] = {
        "form": form,
        "sent": sent,
        "plan": made,
        "unread": read.unread,
        "wrong": wrong[: pages.MOST_TOLD],
        "more": len(wrong) - pages.MOST_TOLD,
        "zone": viewer().time_zone,
        "role_in_words": role_in_words,
        "team_in_words": pages.team_in_words,
    }
    return page("founding/preview.html", status=422 if wrong or form.errors else 200, **context)


sections.add("today", pages.first_steps)
