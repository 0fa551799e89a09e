"""The board itself: the list, the page, starting, changing, closing, ending."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action, allows
from kata.extensions import db
from kata.storyboards import pages
from kata.storyboards.actions import boards as actions
from kata.storyboards.forms import BoardEditForm, ClosureForm, NewBoardForm, ReflectionForm
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries import heads, lists
from kata.storyboards.queries.heads import Pulse, Seen
from kata.storyboards.queries.past import AsOf
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import edit
from kata.web import htmx, sections
from kata.web.forms import Form, attempt, offer
from kata.web.htmx import Partial
from kata.web.prose import clean
from kata.web.render import Undo, done, page, refused, show

MOST = 1_000_000_000
SHOWN = ("live", "mine", "practice", "ended", "archived")


@blueprint.get("/boards")
@signed_in
def list_boards() -> ResponseReturnValue:
    shown, words = asked_list()
    rows = lists.listed(viewer(), show=shown, words=words, end=_asked_end())
    more = len(rows) > lists.LIST_SIZE
    rows = rows[: lists.LIST_SIZE]
    return page(
        "storyboards/list.html",
        own=[row for row in rows if row.own],
        others=[row for row in rows if not row.own],
        shown=shown,
        words=words,
        older=rows[-1] if more else None,
        can_start=bool(viewer().teams),
    )


def _asked_end() -> lists.End | None:
    """Where the page before this one ended."""
    before = request.args.get("before", type=row_number)
    return None if before is None else lists.End(before, own=request.args.get("of") == "mine")


def asked_list() -> tuple[str, str]:
    """Which boards the address asks for, and the words that they are looked for with."""
    asked = request.args.get("show", "live")
    return asked if asked in SHOWN else "live", clean(request.args.get("q", "")).strip()[:100]


def row_number(text: str) -> int:
    """A number that a database can compare; a larger one comes after every row all the same, a negative one before."""
    return max(0, min(int(text), MOST))


@blueprint.get("/boards/new")
@signed_in
def new_board() -> ResponseReturnValue:
    teams = queries.startable_teams(viewer())
    if not teams:
        return page("storyboards/new.html", form=None)
    chosen = next((team for team in teams if team.slug == request.args.get("team")), teams[0])
    asked = {
        "team_id": chosen.id,
        "learner_id": viewer().person_id,
        "coach_id": queries.only_coach(chosen.id, besides=viewer().person_id),
        "serves": request.args.get("serves", type=row_number),
    }
    form = _offered(NewBoardForm(draft="board-new", **asked), teams)
    return page("storyboards/new.html", form=form)


@blueprint.post("/boards")
@signed_in
def start_board() -> ResponseReturnValue:
    teams = queries.startable_teams(viewer())
    if not teams:
        abort(403)
    form = _offered(NewBoardForm(draft="board-new"), teams)
    started: list[Storyboard] = []
    if attempt(form, lambda: started.append(_start(form, teams))):
        return done(to=_begins(started[0].id, form.serves.data) if started else "/boards?show=mine", form=form)
    return refused("storyboards/new.html", form)


def _begins(board_id: int, serves_id: int | None) -> str:
    """Where a new board begins: who came from a challenge goes on with their own, which may serve that one."""
    return f"/boards/{board_id}/challenge/edit?serves={serves_id}" if serves_id else f"/boards/{board_id}"


def _start(form: NewBoardForm, teams: list[Any]) -> Storyboard:
    team = next(team for team in teams if team.id == form.team_id.data)
    return actions.start(
        team,
        form.focus_process.data,
        learner_id=form.learner_id.data,
        coach_id=form.coach_id.data,
        second_coach_id=form.second_coach_id.data,
        closed=form.closed.data,
        practice=form.practice.data,
        by=viewer().person_id,
    )


def _offered(form: NewBoardForm, teams: list[Any]) -> NewBoardForm:
    form.team_id.choices = offer((team.id, team.name) for team in teams)
    learners = dict(queries.team_people(*(team.id for team in teams)))
    form.offer(sorted(learners.items(), key=lambda item: item[1]), queries.coaches())
    return form


@blueprint.get("/boards/<int:board_id>")
@guarded(heads.seen, Action.READ)
def show_board(board: Seen) -> ResponseReturnValue:
    return page("storyboards/board.html", **_board(board))


@blueprint.get("/boards/<int:board_id>/print")
@guarded(heads.seen, Action.READ)
def print_board(board: Seen) -> ResponseReturnValue:
    context = pages.to_look_at(_board(board), pages.PAPER)
    return page("storyboards/print.html", address=f"{current_app.config['PUBLIC_URL']}/boards/{board.id}", **context)


@blueprint.get("/boards/<int:board_id>/wall")
@guarded(heads.pulse, Action.READ)
def wall(board: Pulse) -> ResponseReturnValue:
    """Follows the board: answers 204 while nothing has changed since ``since``, which costs next to nothing.

    Screens ask every few seconds. A connection held open for each of them would hold a thread of the server, too.
    """
    if request.args.get("since") == board.since:
        return "", 204
    seen = heads.seen(viewer(), board_id=board.id) or abort(404)
    context = pages.to_look_at(pages.board(viewer(), seen.head, brief=True), pages.WALL)
    return page("storyboards/wall.html", since=board.since, sections=sections.of("wall", seen.head), **context)


def _board(board: Seen) -> dict[str, Any]:
    day = _asked_day(board)
    if day is None:
        return pages.board(viewer(), board.head)
    past = AsOf(board.id, day, board.head.time_zone)
    if not past.began:
        abort(404)
    return pages.board(viewer(), past.head(board.id), past, day)


def _asked_day(board: Seen) -> date | None:
    """The past day in the address; today and later are simply now."""
    asked = request.args.get("on")
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        abort(404)
    return day if day < clock.today(board.head.time_zone) else None


@blueprint.get("/boards/<int:board_id>/sheets/<name>")
@guarded(lambda who, *, lock, board_id, name: _Sheet.of(who, board_id, name), Action.READ)
def show_sheet(sheet: _Sheet) -> ResponseReturnValue:
    """One sheet as it stands; what a cancelled edit goes back to."""
    if not htmx.asked():
        return redirect(f"/boards/{sheet.board.id}#{sheet.name}", 303)
    return show("", *pages.partials(viewer(), sheet.board.id, sheet.name))


class _Sheet:
    """A sheet of a board, as a subject for the guard."""

    def __init__(self, board: Storyboard, name: str) -> None:
        self.board, self.name, self.scope = board, name, board.scope

    @classmethod
    def of(cls, who: Any, board_id: int, name: str) -> _Sheet | None:
        board = queries.board(who, board_id=board_id)
        return cls(board, name) if board is not None and name in pages.SHEETS[1:] else None


@blueprint.get("/boards/<int:board_id>/edit")
@guarded(queries.board, Action.WRITE_BOARD)
def edit_board(board: Storyboard) -> ResponseReturnValue:
    return _settings(board, _people(BoardEditForm(obj=board, draft=f"board-{board.id}"), board))


@blueprint.post("/boards/<int:board_id>")
@guarded(queries.board, Action.WRITE_BOARD)
def change_board(board: Storyboard) -> ResponseReturnValue:
    form = _people(BoardEditForm(draft=f"board-{board.id}"), board)
    fields = ("focus_process", "learner_id", "coach_id", "second_coach_id")
    if attempt(
        form,
        lambda: actions.rename(
            board, form.version.data, by=viewer().person_id, **{name: form[name].data for name in fields}
        ),
    ):
        return done(to=f"/boards/{board.id}", form=form)
    return _settings(board, form)


def _people(form: BoardEditForm, board: Storyboard) -> BoardEditForm:
    here = frozenset({board.learner_id, board.coach_id, board.second_coach_id})
    people, coaches = dict(queries.team_people(board.team_id)), queries.coaches(besides=here)
    people.setdefault(board.learner_id, dict(coaches).get(board.learner_id, ""))  # the learner may have left the team
    form.offer(list(people.items()), coaches)
    return form


def _settings(board: Storyboard, form: Form) -> Response:
    context: dict[str, Any] = {
        "place": pages.place(viewer(), board.id),
        "openings": queries.openings(board.id),
        "can_open": allows(viewer(), Action.RUN_BOARD, board.scope),
        "sections": sections.of("board settings", board),
    }
    if form.errors or form.theirs:
        return refused("storyboards/settings.html", form, **context)
    return page("storyboards/settings.html", form=form, **context)


@blueprint.post("/boards/<int:board_id>/closure")
@guarded(queries.board, Action.WRITE_BOARD)
def close_board(board: Storyboard) -> ResponseReturnValue:
    form = ClosureForm()
    if attempt(form, lambda: actions.set_closed(board, form.closed.data, by=viewer().person_id)):
        say = _("Closed: only the team and its coaches see it.") if form.closed.data else _("Open to everyone again.")
        return done(to=f"/boards/{board.id}/edit", say=say)
    return _settings(board, form_with(form, board))


def form_with(form: Form, board: Storyboard) -> BoardEditForm:
    """The settings form carrying the errors of one of the small forms beside it."""
    whole = _people(BoardEditForm(formdata=None, obj=board, draft=f"board-{board.id}"), board)
    for errors in form.errors.values():
        whole.form_errors.extend(errors)
    return whole


@blueprint.get("/boards/<int:board_id>/ending")
@guarded(queries.board, Action.WRITE_BOARD)
def ask_ending(board: Storyboard) -> ResponseReturnValue:
    return _ending(board, ReflectionForm(draft=f"board-{board.id}-ending"))


@blueprint.post("/boards/<int:board_id>/ending")
@guarded(queries.board, Action.WRITE_BOARD)
def end_board(board: Storyboard) -> ResponseReturnValue:
    form = ReflectionForm(draft=f"board-{board.id}-ending")
    today = clock.today(board.team.time_zone)
    if attempt(form, lambda: actions.end(board, form.reflection.data, today, by=viewer().person_id)):
        return done(to=f"/boards/{board.id}", form=form, say=_("The storyboard has ended. All of it stays readable."))
    return _ending(board, form)


def _ending(board: Storyboard, form: Form) -> Response:
    db.session.rollback()
    return edit(board.id, "ending", "_ending.html", _("End this storyboard"), form)


@blueprint.post("/boards/<int:board_id>/archiving")
@guarded(queries.board, Action.WRITE_BOARD)
def archive_board(board: Storyboard) -> ResponseReturnValue:
    attempt(form := Form(), lambda: actions.archive(board, by=viewer().person_id))
    undo = Undo(_("Archived. It is out of the lists; nothing is lost."), f"/boards/{board.id}/reopening")
    return done(to=f"/boards/{board.id}", undo=undo, form=form)


@blueprint.post("/boards/<int:board_id>/reopening")
@guarded(queries.board, Action.WRITE_BOARD)
def reopen_board(board: Storyboard) -> ResponseReturnValue:
    attempt(form := Form(), lambda: actions.reopen(board, by=viewer().person_id))
    return done(to=f"/boards/{board.id}", say=_("Open for practice again."), form=form)


@blueprint.get("/boards/<int:board_id>/record")
@guarded(queries.board, Action.READ)
def older_record(board: Storyboard) -> ResponseReturnValue:
    """Older experiments: appended below the record by htmx, a page of its own otherwise."""
    before = request.args.get("before", type=row_number) or MOST
    place = pages.place(viewer(), board.id)
    context = {"place": place, **pages.older(place, before)}
    return page("storyboards/older.html", partial=Partial("older", "storyboards/_older.html", context), **context)
