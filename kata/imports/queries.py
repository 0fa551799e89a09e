"""Every read of the imports room. An upload is seen by who made it and by the people of its team."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from kata import clock, retention
from kata.access.policy import Viewer
from kata.extensions import db
from kata.imports.models import ImportRecipe, Upload
from kata.measures.models import Measure
from kata.teams.models import Team

#: A file that nobody came back to is deleted after so long.
KEPT = retention.FORGOTTEN_FILES
ENDED = ("done", "refused")


class UploadRow(NamedTuple):
    """A line of the list of one's own uploads."""

    id: int
    file_name: str
    state: str
    created_at: datetime
    team: str
    measure: str | None


class RecipeRow(NamedTuple):
    """A recipe as it is offered: what it makes, for whom, and when it was used last."""

    id: int
    name: str
    measure_id: int
    measure: str
    team: str
    used_at: datetime | None


def upload(viewer: Viewer, *, lock: bool, upload_id: int) -> Upload | None:
    """The upload with its team; the loader of the addresses below ``/imports/<id>``."""
    query = (
        select(Upload)
        .where(Upload.id == upload_id, or_(Upload.by_id == viewer.person_id, Upload.team_id.in_(viewer.teams)))
        .options(joinedload(Upload.team, innerjoin=True))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query.with_for_update(of=Upload) if lock else query).one_or_none()


def job(upload_id: int) -> Upload:
    """The upload with its team, for whoever works on it."""
    query = select(Upload).where(Upload.id == upload_id).options(joinedload(Upload.team, innerjoin=True))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def teams(viewer: Viewer) -> list[Any]:
    """Id, slug and name of the open teams that the viewer may add readings to."""
    query = select(Team.id, Team.slug, Team.name).where(Team.id.in_(viewer.teams), Team.closed_at.is_(None))
    return list(db.session.execute(query.order_by(func.lower(Team.name))))


def uploads_of(person_id: int, limit: int = 8) -> list[UploadRow]:
    """A person's newest uploads."""
    query = (
        select(Upload.id, Upload.file_name, Upload.state, Upload.created_at, Team.name, Measure.name)
        .join(Team, Team.id == Upload.team_id)
        .join(Measure, Measure.id == Upload.measure_id, isouter=True)
        .where(Upload.by_id == person_id)
        .order_by(Upload.id.desc())
        .limit(limit)
    )
    return [UploadRow(*row) for row in db.session.execute(query)]


def recipes(team_ids: frozenset[int]) -> list[RecipeRow]:
    """The recipes of these teams that are in use, the last used first."""
    used = func.max(Upload.ended_at).label("used_at")
    query = (
        select(ImportRecipe.id, ImportRecipe.name, Measure.id, Measure.name, Team.name, used)
        .join(Measure, Measure.id == ImportRecipe.measure_id)
        .join(Team, Team.id == ImportRecipe.team_id)
        .join(Upload, (Upload.recipe_id == ImportRecipe.id) & (Upload.state == "done"), isouter=True)
        .where(ImportRecipe.team_id.in_(team_ids), ImportRecipe.archived_at.is_(None), Measure.archived_at.is_(None))
        .group_by(ImportRecipe.id, ImportRecipe.name, Measure.id, Measure.name, Team.name)
        .order_by(used.desc(), ImportRecipe.name)
    )
    return [RecipeRow(*row) for row in db.session.execute(query)]


def team_recipes(team_id: int) -> list[ImportRecipe]:
    """The team's recipes in use, of measures in use."""
    query = (
        select(ImportRecipe)
        .join(Measure, Measure.id == ImportRecipe.measure_id)
        .where(
            ImportRecipe.team_id == team_id,
            ImportRecipe.archived_at.is_(None),
            Measure.archived_at.is_(None),
        )
        .order_by(ImportRecipe.id)
    )
    return list(db.session.scalars(query))


def recipe(recipe_id: int) -> ImportRecipe | None:
    """The recipe by its id."""
    return db.session.get(ImportRecipe, recipe_id)


def recipe_named(measure_id: int, name: str) -> ImportRecipe | None:
    """The measure's recipe of this name."""
    return db.session.scalars(select(ImportRecipe).filter_by(measure_id=measure_id, name=name)).one_or_none()


def last_choices(team_id: int, shape: str, but: int) -> dict[str, Any] | None:
    """What was chosen last for a file of this shape, so that a mended file need not be explained again."""
    query = (
        select(Upload.choices, Upload.outcome)
        .where(Upload.team_id == team_id, Upload.id != but)
        .order_by(Upload.id.desc())
        .limit(20)
    )
    rows = db.session.execute(query)
    return next((row.choices for row in rows if row.choices and row.outcome.get("shape") == shape), None)


def measure(measure_id: int, *, lock: bool = False) -> Measure:
    """The measure with its team."""
    query = select(Measure).where(Measure.id == measure_id).options(joinedload(Measure.team, innerjoin=True))
    query = query.execution_options(populate_existing=True)
    return db.session.scalars(query.with_for_update(of=Measure) if lock else query).one()


def is_kept(sha256: str) -> bool:
    """Whether any upload still needs the file."""
    query = select(Upload.id).where(Upload.sha256 == sha256, Upload.state.not_in(ENDED)).limit(1)
    return db.session.scalar(query) is not None


def forgotten() -> list[Upload]:
    """Uploads that nobody came back to."""
    query = select(Upload).where(Upload.state.not_in(ENDED), Upload.created_at < clock.now() - KEPT)
    return list(db.session.scalars(query))


def siblings(of: Upload) -> list[Any]:
    """The uploads of the same file that were made of this one and are still on their way."""
    query = select(Upload.id, ImportRecipe.name).join(ImportRecipe, ImportRecipe.id == Upload.recipe_id, isouter=True)
    query = query.where(
        Upload.sha256 == of.sha256, Upload.by_id == of.by_id, Upload.id > of.id, Upload.state.not_in(ENDED)
    )
    return list(db.session.execute(query.order_by(Upload.id).limit(5)))
