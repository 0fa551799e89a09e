"""The card that says what a board asks for next, with the form that does it in place; Today is made of these."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action, Viewer
from kata.measures.queries import choices
from kata.storyboards import pages
from kata.storyboards.forms import ConclusionForm, NewPlanForm, PlanEditForm, PlanForm
from kata.storyboards.models import Storyboard
from kata.storyboards.pages import Place
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from kata.storyboards.routes import blueprint
from kata.web.forms import offer
from kata.web.htmx import Partial
from kata.web.render import page


@blueprint.get("/boards/<int:board_id>/next")
@guarded(queries.board, Action.READ)
def show_next(board: Storyboard) -> ResponseReturnValue:
    """The card by itself: what a cancelled edit on Today goes back to, and what a closed card opens into."""
    card = due_card(viewer(), board.id)
    return page("storyboards/editor.html", partial=card, editor=card.template, title=_("What is next"), **card.context)


def due_card(who: Viewer, board_id: int, place: Place | None = None, *, open_form: bool = True) -> Partial:
    """The card for a board, with its form where the viewer may write and the step has one."""
    place = place or pages.place(who, board_id)
    context: dict[str, Any] = {"place": place, "card": board_id, "form": None, "row": None}
    if open_form and place.can_write and place.prompt is not None:
        context |= _form(place)
    return Partial(f"due-{board_id}", "storyboards/_due.html", context)


def _form(place: Place) -> dict[str, Any]:
    kind = place.prompt.kind if place.prompt else ""
    if kind in {"result", "learn", "running", "expect"}:
        row = sheets.experiments(place.id, only=place.head.open_id)[0]
        if kind == "expect":
            form = PlanEditForm(formdata=None, obj=row, draft=f"experiment-{row.id}")
            return {"form": offer_measures(place.head.team_id, form), "row": row}
        return {"form": conclusion_form(row, place.today), "row": row}
    if kind == "plan":
        planning = NewPlanForm(formdata=None, check_on=pages.next_practice_day(place), draft=f"board-{place.id}-plan")
        return {"form": offer_measures(place.head.team_id, planning)}
    return {}


def conclusion_form(row: Any, today: date) -> ConclusionForm:
    """The form for the result of an experiment as it is written so far; what happened was seen today unless it says."""
    form = ConclusionForm(formdata=None, obj=row, draft=f"experiment-{row.id}-conclusion")
    form.happened_on.data = row.happened_on or today
    return form


def offer_measures(team_id: int, form: PlanForm) -> PlanForm:
    """Fill the choice of measures that a number can be expected for."""
    form.measure_id.choices = offer([("", _("no number")), *((m.id, m.name) for m in choices(team_id))])
    return form
