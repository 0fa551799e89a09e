"""The files that rows name are there and are what they were; what no row names is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from kata.archive.attachments import checksum, data_folder, photo_names, stored, upload_names
from kata.archive.checks.check import Check, Look
from kata.archive.snapshot import tables
from kata.storyboards import photos
from kata.storyboards.models import Photo


def on_boards(connection: Connection, look: Look) -> Iterator[str]:
    """A photo that is off its board may have been erased for good, by deleting its file."""
    shown = select(Photo.sha256, Photo.id).where(Photo.removed_at.is_(None)).order_by(Photo.id)
    for sha256, photo_id in connection.execute(shown).all():
        for small in (False, True):
            name = photos.path(Path("attachments"), sha256, small=small).as_posix()
            if not (data_folder() / name).is_file():
                yield f"photo {photo_id} has no file {name}"
    for name in upload_names(connection, tables(connection)):
        if not (data_folder() / name).is_file():
            yield f"the upload {name} has no file"


def unchanged(connection: Connection, look: Look) -> Iterator[str]:
    """A file bears the checksum of what is in it as its name; the small version of a photo bears that of the large."""
    large = [name for name in stored() if "-small" not in name]
    for name in look.each(large):
        path = data_folder() / name
        if path.is_file() and checksum(path) != path.stem:
            yield f"{name} is not what it was"


def unnamed(connection: Connection, look: Look) -> Iterator[str]:
    """One whose form was given up half way, or whose row was deleted by hand. They do no harm."""
    known = tables(connection)
    named = {*photo_names(connection, known), *upload_names(connection, known)}
    look.remarks += [f"{name} belongs to no row and can be deleted" for name in stored() if name not in named]
    yield from ()


CHECKS = (
    Check("Every photo and every upload has its file", on_boards),
    Check("Every file is what it was", unchanged),
    Check("Every file belongs to a row", unnamed),
)
