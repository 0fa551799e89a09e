"""The tables of the leaders' pages as files, each with the same filter as its page."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.leadership import export
from kata.leadership.pages import area as pages
from kata.leadership.pages.behind import LISTS
from kata.leadership.queries import behind, kept, outcomes
from kata.leadership.routes import blueprint
from kata.leadership.routes.areas import asked_day
from kata.leadership.routes.lists import asked, asked_list, may_be_told
from kata.teams.models import Area
from kata.web import csv

EVERYTHING = 2**31 - 1


@blueprint.get("/leadership/<area>/skills.csv")
@guarded(kept.area, Action.READ_FIGURES)
def skills_csv(area: Area) -> Response:
    rows = export.skill_rows(pages.skills_of(area.id, asked()))
    return csv.answer(f"{area.name} {_('Skills')}", export.SKILLS, rows)


@blueprint.get("/leadership/<area>/practice.csv")
@guarded(kept.area, Action.READ_FIGURES)
def practice_csv(area: Area) -> Response:
    shown = pages.page(viewer(), area.id, asked_day())
    return csv.answer(f"{area.name} {_('Practice')}", export.PRACTICE, export.practice_rows(shown.practice))


@blueprint.get("/leadership/<area>/areas.csv")
@guarded(kept.area, Action.READ_FIGURES)
def areas_csv(area: Area) -> Response:
    shown = pages.page(viewer(), area.id, asked_day())
    return csv.answer(f"{area.name} {_('Areas')}", export.AREAS, shown.parts)


@blueprint.get("/leadership/<area>/outcomes.csv")
@guarded(kept.area, Action.READ_FIGURES)
def outcomes_csv(area: Area) -> Response:
    day = asked()
    rows = outcomes.listed(area.id, day, None, EVERYTHING)
    is_today = day == clock.today(viewer().time_zone)
    return csv.answer(f"{area.name} {_('Outcomes')}", export.OUTCOMES, pages.lines(rows, day, is_today=is_today))


@blueprint.get("/leadership/<area>/<what>.csv")
@guarded(kept.area, Action.READ_FIGURES)
def behind_csv(area: Area) -> Response:
    what = asked_list()
    told = may_be_told(area.id, what)
    rows = behind.rows(what, area.id, asked(), None, EVERYTHING) if told else []
    return csv.answer(f"{area.name} {LISTS[what].title}", export.behind(LISTS[what]), rows)
