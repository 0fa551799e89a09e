"""What stands behind a figure: one page for each list, in the order of time, and all outcomes."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from kata import clock
from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.coaching import levels
from kata.leadership import figures, words
from kata.leadership.pages import area as pages
from kata.leadership.pages.behind import LISTS
from kata.leadership.pages.skills import skills
from kata.leadership.queries import behind, kept, outcomes
from kata.leadership.routes import blueprint
from kata.leadership.routes.areas import asked_day
from kata.storyboards.routes.boards import row_number
from kata.teams.models import Area
from kata.web.render import page

#: Lists that are about what people practise; of an area whose people could be told apart they are withheld.
ABOUT_PRACTICE = ("storyboards", "experiments", "targets", "coaches")


@blueprint.get("/leadership/<area>/outcomes")
@guarded(kept.area, Action.READ_FIGURES)
def area_outcomes(area: Area) -> ResponseReturnValue:
    place, day = kept.place(area.id), asked()
    rows = outcomes.listed(area.id, day, request.args.get("after", type=row_number), behind.SIZE + 1)
    today = clock.today(viewer().time_zone)
    return page(
        "leadership/outcomes.html",
        place=place,
        on=day,
        is_today=day == today,
        lines=pages.lines(rows[: behind.SIZE], day, is_today=day == today),
        next=rows[behind.SIZE - 1].id if len(rows) > behind.SIZE else None,
        definition=words.definition(figures.outcomes),
    )


@blueprint.get("/leadership/<area>/skills")
@guarded(kept.area, Action.READ_FIGURES)
def area_skills(area: Area) -> ResponseReturnValue:
    day = asked()
    return page(
        "leadership/skills.html",
        on=day,
        is_today=day == clock.today(viewer().time_zone),
        names=levels.names(),
        quarter_of=words.quarter,
        KATA=levels.KATA,
        **skills(area.id, day),
    )


@blueprint.get("/leadership/<area>/<what>")
@guarded(kept.area, Action.READ_FIGURES)
def behind_figure(area: Area) -> ResponseReturnValue:
    what, day = asked_list(), asked()
    place, told = kept.place(area.id), may_be_told(area.id, what)
    rows = behind.rows(what, area.id, day, request.args.get("after", type=row_number)) if told else []
    context: dict[str, Any] = {
        "what": what,
        "of": LISTS[what],
        "place": place,
        "on": day,
        "is_today": day == clock.today(viewer().time_zone),
        "withheld": not told,
        "rows": [LISTS[what].cells(row) for row in rows[: behind.SIZE]],
        "next": rows[behind.SIZE - 1].id if len(rows) > behind.SIZE else None,
        "defined": [(figure.__name__, words.definition(figure)) for figure in LISTS[what].counted],
    }
    return page("leadership/behind.html", **context)


def asked() -> Any:
    """The day of the address, the reader's today where it names none or one that lies ahead."""
    today = clock.today(viewer().time_zone)
    return min(asked_day() or today, today)


def asked_list() -> str:
    """The list that the address names; 404 where there is none of that name."""
    what = str((request.view_args or {}).get("what", ""))
    return what if what in LISTS else abort(404)


def may_be_told(area_id: int, what: str) -> bool:
    """Whether the list may be shown of the area: who practises in small groups is withheld there as in the figures."""
    if what not in ABOUT_PRACTICE:
        return True
    people = kept.people([area_id], asked()).get(area_id)
    return people is not None and people.told
