"""The files that rows name: photos, and uploads on their way to readings. Nothing else in the data folder is people's.

A file is written before the row that names it is committed, under the checksum of what is in it, and never changed. A
photo stays for good; an upload goes when its row has ended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, Table, select

from kata.imports.queries import ENDED
from kata.storyboards import photos

FOLDERS = ("attachments", "uploads")


def data_folder() -> Path:
    """Where this installation keeps its files."""
    return Path(current_app.config["DATA_FOLDER"])


def photo_names(connection: Connection, known: Sequence[Table]) -> Iterator[str]:
    """The files of every photo, also of those that were taken off their board: its past days show them."""
    for sha256 in _checksums(connection, known, "photo"):
        for small in (False, True):
            yield photos.path(Path("attachments"), sha256, small=small).as_posix()


def upload_names(connection: Connection, known: Sequence[Table]) -> Iterator[str]:
    """The files of the uploads on which somebody still works."""
    for sha256 in _checksums(connection, known, "upload"):
        yield f"uploads/{sha256}"


def _checksums(connection: Connection, known: Sequence[Table], name: str) -> list[str]:
    table = next((each for each in known if each.name == name), None)
    if table is None:  # a schema from before there were any
        return []
    query = select(table.c.sha256).distinct().order_by(table.c.sha256)
    return list(connection.scalars(query.where(table.c.state.not_in(ENDED)) if name == "upload" else query))


def stored() -> Iterator[str]:
    """The names of the files that are there, as rows would name them."""
    root = data_folder()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix()


def checksum(path: Path) -> str:
    """The checksum of what is in a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
