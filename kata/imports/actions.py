"""Every write of the imports room. An upload's state changes by one conditional statement, so that of two processes
which reach for the same work one gets it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy import CursorResult, and_, case, or_, update

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.imports import queries, store
from kata.imports.models import ImportRecipe, Upload
from kata.rules import DomainError

#: Whoever works on an upload says so at least this often; after that another one takes it up.
ALIVE = timedelta(seconds=30)


# What people do -------------------------------------------------------------------------------------------------------


def take_in(team_id: int, data: bytes, file_name: str, *, measure_id: int | None = None, by: int) -> Upload:
    """Keep a file that arrived; files that nobody came back to are deleted on the way. The caller commits."""
    forget_old()
    made = Upload(
        team_id=team_id, by_id=by, measure_id=measure_id, file_name=file_name[:200], size=len(data), choices={}
    )
    made.sha256 = store.keep(data)
    db.session.add(made)
    db.session.flush()
    return made


def choose(upload: Upload, choices: dict[str, Any]) -> None:
    """Read the file again by other choices. Refuses while somebody else's choices are being carried out."""
    _expect(upload, "asked")
    upload.choices = choices
    upload.outcome = {name: value for name, value in upload.outcome.items() if name in ("shape", "facts", "sheets")}
    upload.state, upload.alive_at, upload.done, upload.total = "arrived", None, 0, 0
    db.session.flush()


def agree(upload: Upload, *, seen: str, recipe_name: str, again: bool, by: int) -> None:
    """Save what the preview with this fingerprint showed, keep the recipe under the name (none: it is not kept), and
    with ``again`` keep the file for one more measure. The same press twice saves once.
    """
    if upload.state in ("saving", "done"):
        return
    _expect(upload, "asked")
    preview = upload.outcome.get("preview", {})
    if not preview.get("can_save") or preview["fingerprint"] != seen:
        raise DomainError("", _("This is not what the preview showed. Nothing was saved: look at it again."))
    upload.choices = {**upload.choices, "recipe_name": recipe_name, "agreed_by": by}
    upload.state, upload.alive_at, upload.done, upload.total = "saving", None, 0, 0
    if again:
        _once_more(upload, by)
    db.session.flush()


def drop(upload: Upload) -> None:
    """Leave the file out; nothing of it is saved."""
    _expect(upload, "asked")
    _end(upload, "refused", {**upload.outcome, "why": "dropped"})


def forget_old() -> None:
    """Delete the files that nobody came back to for a week."""
    for upload in queries.forgotten():
        _end(upload, "refused", {"why": "forgotten"})


def _expect(upload: Upload, state: str) -> None:
    if upload.state != state:
        raise DomainError("", _("This file has gone on meanwhile. Look at where it stands."))


def _once_more(upload: Upload, by: int) -> None:
    """The same file, for another measure: the choices stay, all but the measure."""
    choices = {name: value for name, value in upload.choices.items() if name in ("form", "table")}
    form = {name: value for name, value in choices.get("form", {}).items() if name not in ("measure", "name")}
    db.session.add(_twin(upload, choices={**choices, "form": form}, by_id=by))


def _twin(upload: Upload, **columns: Any) -> Upload:
    same = {name: getattr(upload, name) for name in ("team_id", "by_id", "file_name", "sha256", "size")}
    return Upload(**{**same, **columns})


# What the work does ---------------------------------------------------------------------------------------------------


def claim(upload_id: int) -> bool:
    """Take up the work on an upload, unless there is none or somebody alive is at it. Commits."""
    now = clock.now()
    abandoned = or_(Upload.alive_at.is_(None), Upload.alive_at < now - ALIVE)
    waiting = or_(Upload.state == "arrived", and_(Upload.state.in_(("reading", "saving")), abandoned))
    state = case((Upload.state == "arrived", "reading"), else_=Upload.state)
    return _moved(update(Upload).where(Upload.id == upload_id, waiting).values(state=state, alive_at=now))


def live(upload_id: int, done: int, total: int) -> None:
    """Say that the work goes on, and how far it is. Commits."""
    _moved(update(Upload).where(Upload.id == upload_id).values(done=done, total=total, alive_at=clock.now()))


def ask(upload_id: int, outcome: dict[str, Any], **columns: Any) -> None:
    """Let a person look and choose. Commits."""
    _moved(
        update(Upload)
        .where(Upload.id == upload_id, Upload.state == "reading")
        .values(state="asked", outcome=outcome, alive_at=None, **columns)
    )


def refuse(upload_id: int, outcome: dict[str, Any]) -> None:
    """Take the file no further, and say why. Commits."""
    upload = queries.job(upload_id)
    if upload.state in ("reading", "saving"):
        _end(upload, "refused", {**upload.outcome, **outcome})
    db.session.commit()


def reopen(upload_id: int, said: str) -> None:
    """Saving turned out not to be possible as it was shown: look again, with a word about it. Commits."""
    upload = queries.job(upload_id)
    if upload.state == "saving":
        upload.state, upload.alive_at, upload.outcome = "arrived", None, {**upload.outcome, "said": said}
    db.session.commit()


def finish(upload_id: int) -> bool:
    """Mark as done what the same transaction is about to save; false where another process has done it."""
    return _touched(
        update(Upload)
        .where(Upload.id == upload_id, Upload.state == "saving")
        .values(state="done", alive_at=None, ended_at=clock.now())
    )


def keep_recipe(upload: Upload, measure_id: int, body: dict[str, Any], *, name: str, by: int) -> ImportRecipe:
    """Keep the recipe under a name; one of the same name for the same measure is replaced."""
    kept = queries.recipe_named(measure_id, name)
    if kept is None:
        kept = ImportRecipe(team_id=upload.team_id, measure_id=measure_id, name=name, by_id=by, team=upload.team)
        db.session.add(kept)
    kept.body, kept.shape, kept.archived_at = body, upload.outcome["shape"], None
    record("kept", kept, by=by)
    return kept


def split(upload: Upload, recipes: list[ImportRecipe]) -> None:
    """One upload for each recipe beside the first that fits the same file. Commits."""
    for recipe in recipes:
        db.session.add(_twin(upload, recipe_id=recipe.id))
    db.session.commit()


def clear_up(sha256: str) -> None:
    """Delete a file that no upload needs any more."""
    if not queries.is_kept(sha256):
        store.forget(sha256)


def _end(upload: Upload, state: str, outcome: dict[str, Any]) -> None:
    upload.state, upload.outcome, upload.alive_at, upload.ended_at = state, outcome, None, clock.now()
    db.session.flush()
    clear_up(upload.sha256)


def _moved(statement: Any) -> bool:
    moved = _touched(statement)
    db.session.commit()
    return moved


def _touched(statement: Any) -> bool:
    done = cast("CursorResult[Any]", db.session.execute(statement.execution_options(synchronize_session=False)))
    return done.rowcount == 1
