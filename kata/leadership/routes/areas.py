"""The page of an area, its two pages on paper, and what each figure means."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request
from flask.typing import ResponseReturnValue

from kata import clock
from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action
from kata.alignment.pages import to_answer
from kata.coaching import levels
from kata.leadership import words
from kata.leadership.pages import area as pages
from kata.leadership.queries import kept
from kata.leadership.routes import blueprint
from kata.teams.models import Area
from kata.web.render import page

FIRST_YEAR = 1970
#: Figures that nobody has looked after for so long are behind: the worker does it several times a minute.
BEHIND = timedelta(minutes=2)


@blueprint.get("/leadership")
@signed_in
def leadership() -> ResponseReturnValue:
    """The area that the viewer leads; where there are several, or none, a choice or what to do."""
    tops = kept.tops_of(viewer())
    if len(tops) == 1:
        return _shown("leadership/area.html", tops[0].id)
    return page("leadership/choice.html", tops=tops)


@blueprint.get("/leadership/<area>")
@guarded(kept.area, Action.READ_FIGURES)
def area_figures(area: Area) -> ResponseReturnValue:
    return _shown("leadership/area.html", area.id)


@blueprint.get("/leadership/<area>/print")
@guarded(kept.area, Action.READ_FIGURES)
def area_review(area: Area) -> ResponseReturnValue:
    return _shown("leadership/review.html", area.id)


@blueprint.get("/figures")
@signed_in
def definitions() -> ResponseReturnValue:
    defined = [(figure.__name__, title, words.definition(figure)) for title, figure in words.DEFINED]
    return page("leadership/figures.html", defined=defined)


def asked_day() -> date | None:
    """The day that the address asks about; none where it says something else, or one before there was any practice."""
    try:
        day = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None


def _shown(template: str, area_id: int) -> ResponseReturnValue:
    shown = pages.page(viewer(), area_id, asked_day())
    barriers = to_answer(viewer()) if shown.is_today else None
    fresh_at = kept.fresh_at()
    return page(
        template,
        shown=shown,
        fresh_at=fresh_at,
        is_behind=fresh_at is not None and clock.now() - fresh_at > BEHIND,
        barriers=barriers.context if barriers else None,
        level_key=[(name, None) for name in levels.names()],
        quarter_of=words.quarter,
        KATA=levels.KATA,
    )
