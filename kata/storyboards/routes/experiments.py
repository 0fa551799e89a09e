"""Experiments: plan, log what happened, learn, set aside, amend."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.storyboards import pages
from kata.storyboards.actions import experiments as actions
from kata.storyboards.actions.experiments import Plan
from kata.storyboards.forms import (
    AmendmentForm,
    ConclusionForm,
    NewPlanForm,
    PhotosForm,
    PlanEditForm,
    PlanForm,
    SettingAsideForm,
)
from kata.storyboards.models import Experiment, Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import sheets
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import again, edit, saved
from kata.storyboards.routes.due import conclusion_form, due_card, offer_measures
from kata.web.forms import Form, attempt, offer
from kata.web.render import done, page


@blueprint.get("/boards/<int:board_id>/experiments/new")
@guarded(queries.board, Action.WRITE_BOARD)
def new_experiment(board: Storyboard) -> ResponseReturnValue:
    place = pages.place(viewer(), board.id)
    form = NewPlanForm(draft=f"board-{board.id}-plan", check_on=pages.next_practice_day(place))
    return _planning(board, form)


@blueprint.post("/boards/<int:board_id>/experiments")
@guarded(queries.board, Action.WRITE_BOARD)
def plan_experiment(board: Storyboard) -> ResponseReturnValue:
    form = offer_measures(board.team_id, NewPlanForm(draft=f"board-{board.id}-plan"))
    if attempt(form, lambda: actions.plan(board, _plan(form), by=viewer().person_id)):
        return _after(board.id, form, say=_("Planned.") if form.expectation.data else _("Kept as a draft."))
    return _planning(again(board.id), form)


@blueprint.get("/experiments/<int:experiment_id>")
@guarded(queries.experiment, Action.READ)
def show_experiment(experiment: Experiment) -> ResponseReturnValue:
    place = pages.place(viewer(), experiment.board_id)
    entry = _entry(experiment, place)
    amendment = AmendmentForm(draft=f"experiment-{experiment.id}-amendment", version=experiment.version)
    amendment.field.choices = _amendable(experiment)
    before, after = sheets.beside(experiment.board_id, experiment.number)
    return page(
        "storyboards/experiment.html",
        place=place,
        entry=entry,
        before=before,
        after=after,
        photos_form=PhotosForm(draft=f"experiment-{experiment.id}-photos"),
        amendment=amendment,
    )


@blueprint.get("/experiments/<int:experiment_id>/edit")
@guarded(queries.experiment, Action.WRITE_BOARD)
def edit_plan(experiment: Experiment) -> ResponseReturnValue:
    return _planning(experiment.board, PlanEditForm(obj=experiment, draft=f"experiment-{experiment.id}"), experiment)


@blueprint.post("/experiments/<int:experiment_id>")
@guarded(queries.experiment, Action.WRITE_BOARD)
def replan(experiment: Experiment) -> ResponseReturnValue:
    form = offer_measures(experiment.board.team_id, PlanEditForm(draft=f"experiment-{experiment.id}"))
    if attempt(form, lambda: actions.replan(experiment, form.version.data, _plan(form), by=viewer().person_id)):
        return _after(experiment.board_id, form)
    return _planning(again(experiment.board_id), form, experiment)


@blueprint.get("/experiments/<int:experiment_id>/conclusion")
@guarded(queries.experiment, Action.WRITE_BOARD)
def ask_conclusion(experiment: Experiment) -> ResponseReturnValue:
    return _concluding(experiment, conclusion_form(experiment, clock.today(experiment.board.team.time_zone)))


@blueprint.post("/experiments/<int:experiment_id>/conclusion")
@guarded(queries.experiment, Action.WRITE_BOARD)
def conclude(experiment: Experiment) -> ResponseReturnValue:
    form = ConclusionForm(draft=f"experiment-{experiment.id}-conclusion")
    if attempt(
        form,
        lambda: actions.conclude(
            experiment,
            form.version.data,
            happened=form.happened.data,
            happened_on=form.happened_on.data,
            value=form.happened_value.data,
            learned=form.learned.data,
            by=viewer().person_id,
        ),
    ):
        return _after(experiment.board_id, form)
    return _concluding(experiment, form)


@blueprint.get("/experiments/<int:experiment_id>/setting-aside")
@guarded(queries.experiment, Action.WRITE_BOARD)
def ask_setting_aside(experiment: Experiment) -> ResponseReturnValue:
    form = SettingAsideForm(draft=f"experiment-{experiment.id}-aside", version=experiment.version)
    return _setting_aside(experiment, form)


@blueprint.post("/experiments/<int:experiment_id>/setting-aside")
@guarded(queries.experiment, Action.WRITE_BOARD)
def set_aside(experiment: Experiment) -> ResponseReturnValue:
    form = SettingAsideForm(draft=f"experiment-{experiment.id}-aside")
    if attempt(form, lambda: actions.set_aside(experiment, form.version.data, form.reason.data, by=viewer().person_id)):
        return _after(experiment.board_id, form)
    return _setting_aside(experiment, form)


@blueprint.post("/experiments/<int:experiment_id>/amendments")
@guarded(queries.experiment, Action.WRITE_BOARD)
def amend(experiment: Experiment) -> ResponseReturnValue:
    form = AmendmentForm(draft=f"experiment-{experiment.id}-amendment")
    form.field.choices = _amendable(experiment)
    if attempt(
        form,
        lambda: actions.amend(experiment, form.version.data, form.field.data, form.words.data, by=viewer().person_id),
    ):
        return done(to=f"/experiments/{experiment.id}", form=form, say=_("Amended. What it said before is kept."))
    return edit(experiment.board_id, "amendment", "_amendment.html", _("Amend"), form, experiment=experiment)


def _plan(form: PlanForm) -> Plan:
    return Plan(
        kind=form.kind.data,
        step=form.step.data,
        expectation=form.expectation.data,
        check_on=form.check_on.data,
        measure_id=form.measure_id.data,
        expected_value=form.expected_value.data,
    )


def _amendable(experiment: Experiment) -> list[Any]:
    labels = {
        "step": _("The step"),
        "expectation": _("What was expected"),
        "happened": _("What happened"),
        "learned": _("What we learned"),
    }
    return offer((name, label) for name, label in labels.items() if getattr(experiment, name))


def _entry(experiment: Experiment, place: pages.Place) -> pages.Entry:
    return pages.entries(sheets.experiments(experiment.board_id, only=experiment.id), place.today)[0]


def _planning(board: Storyboard, form: PlanForm, experiment: Experiment | None = None) -> Response:
    title = _("Next experiment") if experiment is None else _("Experiment %(number)s", number=experiment.number)
    root = _root("experiment-next" if experiment is None else f"experiment-{experiment.id}")
    place = pages.place(viewer(), board.id)
    offered = offer_measures(board.team_id, form)
    return edit(board.id, root, "_plan.html", title, offered, place=place, experiment=experiment)


def _concluding(experiment: Experiment, form: ConclusionForm) -> Response:
    place = pages.place(viewer(), experiment.board_id)
    root = _root(f"experiment-{experiment.id}")
    title = _("What happened?")
    entry = _entry(experiment, place)
    return edit(experiment.board_id, root, "_conclusion.html", title, form, place=place, entry=entry)


def _setting_aside(experiment: Experiment, form: SettingAsideForm) -> Response:
    place = pages.place(viewer(), experiment.board_id)
    root = _root(f"experiment-{experiment.id}")
    title = _("Set aside")
    entry = _entry(experiment, place)
    return edit(experiment.board_id, root, "_setting_aside.html", title, form, place=place, entry=entry)


def _root(root: str) -> str:
    """The element that an experiment's editor replaces: its own on the board, the board's due card on Today."""
    card = request.values.get("card", type=int)
    return f"due-{card}" if card else root


def _after(board_id: int, form: Form, say: str = "") -> Response:
    """The record with its changes on the board; the next card on Today, where the request came from there."""
    card = request.values.get("card", type=int)
    if card == board_id:
        return done(due_card(viewer(), board_id), to="/", form=form, say=say)
    return saved(board_id, "head", "obstacles", "felt", "record", form=form, at="record", say=say)
