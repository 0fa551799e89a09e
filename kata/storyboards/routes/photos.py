"""Photos of an experiment: added from the phone's camera, shown only to who sees the board."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.extensions import db
from kata.rules import DomainError
from kata.storyboards import photos
from kata.storyboards.actions import experiments as actions
from kata.storyboards.forms import PhotosForm
from kata.storyboards.models import Experiment, Photo
from kata.storyboards.photos import Picture
from kata.storyboards.queries import boards as queries
from kata.storyboards.queries.past import photo_stood
from kata.storyboards.routes import blueprint
from kata.storyboards.routes.answers import edit
from kata.web.forms import Form, attempt
from kata.web.render import Undo, done, problem_of

MOST_AT_ONCE = 8


@blueprint.post("/experiments/<int:experiment_id>/photos")
@guarded(queries.experiment, Action.WRITE_BOARD)
def add_photos(experiment: Experiment) -> ResponseReturnValue:
    form = PhotosForm(draft=f"experiment-{experiment.id}-photos")
    pictures = _stored(form)
    if pictures and attempt(form, lambda: _attach(experiment.id, pictures, form.caption.data)):
        return done(to=f"/experiments/{experiment.id}#photos", form=form)
    return edit(experiment.board_id, "photos-new", "_photos_new.html", _("Photos"), form, experiment=experiment)


def _stored(form: PhotosForm) -> list[Picture]:
    """The pictures of the form, re-encoded and on disk; the lock is let go first, since decoding is slow."""
    db.session.rollback()
    if not form.validate():
        return []
    files = [file for file in form.photos.data if file and file.filename]
    if not files or len(files) > MOST_AT_ONCE:
        form.refuse("photos", _("Choose one to eight photos at a time."))
        return []
    try:
        return [photos.store(file.stream.read(photos.LARGEST_FILE + 1), photos.folder()) for file in files]
    except DomainError as refusal:
        form.refuse(refusal.field, refusal.text)
        return []


def _attach(experiment_id: int, pictures: list[Picture], caption: str) -> None:
    """Attach to the experiment as it stands now: the lock was let go meanwhile, and rights may have ended."""
    experiment = queries.experiment(viewer(), lock=True, experiment_id=experiment_id)
    if experiment is None:
        raise DomainError("", _("This experiment cannot be seen any more. The photos were not added."))
    for picture in pictures:
        actions.add_photo(experiment, picture, caption, by=viewer().person_id)


@blueprint.get("/photos/<int:photo_id>")
@guarded(queries.photo, Action.READ)
def show_photo(photo: Photo) -> ResponseReturnValue:
    return _sent(photo, small=False)


@blueprint.get("/photos/<int:photo_id>/small")
@guarded(queries.photo, Action.READ)
def show_small_photo(photo: Photo) -> ResponseReturnValue:
    return _sent(photo, small=True)


def _sent(photo: Photo, *, small: bool) -> Response:
    file = photos.path(photos.folder(), photo.sha256, small=small)
    if not _stands(photo) or not file.exists():
        abort(404)
    response = send_file(file, mimetype="image/jpeg", max_age=0, etag=file.stem)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _stands(photo: Photo) -> bool:
    """Whether the photo is on the board, or was at the end of the day in ``?on=``: taking off changes no past day."""
    asked = request.args.get("on")
    if not asked:
        return photo.removed_at is None
    try:
        return photo_stood(photo, date.fromisoformat(asked), photo.board.team.time_zone)
    except (ValueError, OverflowError):  # no day, or the last day of the calendar, which has no next
        return False


@blueprint.post("/photos/<int:photo_id>/removal")
@guarded(queries.photo, Action.WRITE_BOARD)
def remove_photo(photo: Photo) -> ResponseReturnValue:
    form = Form()
    if attempt(form, lambda: actions.remove_photo(photo, by=viewer().person_id)):
        undo = Undo(_("The photo is off the board. Its history keeps it."), f"/photos/{photo.id}/return")
        return done(to=f"/experiments/{photo.experiment_id}", undo=undo)
    return problem_of(form, f"/experiments/{photo.experiment_id}")


@blueprint.post("/photos/<int:photo_id>/return")
@guarded(queries.photo, Action.WRITE_BOARD)
def return_photo(photo: Photo) -> ResponseReturnValue:
    form = Form()
    if attempt(form, lambda: actions.put_photo_back(photo, by=viewer().person_id)):
        return done(to=f"/experiments/{photo.experiment_id}")
    return problem_of(form, f"/experiments/{photo.experiment_id}")
