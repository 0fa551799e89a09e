"""Restoring a backup: all of it or nothing.

An archive is loaded at its own version of the schema and brought up to date then, as the installation from which it
comes would have been. On SQLite that happens in a new file beside, which takes the place of the old one at the end; on
PostgreSQL in one transaction. Files of photos are named by what is in them, so those that a restore has written before
it fails stand in nobody's way; it takes them back all the same.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from flask import current_app
from sqlalchemy import Connection, func, insert, select, update

from kata import clock
from kata.activity.models import Activity
from kata.archive import attachments, form, postgres, sqlite
from kata.archive.form import Manifest, Part, Refusal
from kata.archive.reading import Archive, opened
from kata.archive.snapshot import kind, tables
from kata.archive.writing import sync_folder
from kata.extensions import db
from kata.identity.models import AddressChange, Person, SignInLink, SignInSession
from kata.learning.actions import fill_words
from kata.outbox.models import ENDED, Mail
from kata.web.schema import schema_state, state_of

#: Room on the disk for each byte that the archive holds unpacked: the new database, its log, and the old one's copy.
ROOM = 3


def check(file: Path) -> Manifest:
    """Look at the whole archive, and at whether this version of the app can restore it; changes nothing."""
    with opened(file) as archive:
        _expect_version(archive)
        return archive.manifest


def restore(file: Path, *, replace: bool = False) -> Manifest:
    """Put what the archive holds in the place of what stands here; answers what it holds.

    Nothing is touched until every byte was checked. Raises ``Refusal`` and ``OSError``; then all is as it was.
    ``replace`` allows that people's work stands here, which is gone then.
    """
    place = postgres if db.engine.dialect.name == "postgresql" else sqlite
    if not replace and not place.is_damaged():
        _expect_nothing_here()
    place.expect_nobody()
    with opened(file) as archive:
        _expect_version(archive)
        _expect_space(archive.manifest)
        with _files_of(archive), place.fresh() as connection, _believed(archive):
            _load(connection, archive)
        _drop_others(archive.manifest)
    return archive.manifest


def _expect_version(archive: Archive) -> None:
    if state_of(current_app, archive.manifest.schema) != "newer":
        return
    raise Refusal(f"{archive.path} was made by a newer version of this app: restore it with that version.")


def _expect_space(manifest: Manifest) -> None:
    free = shutil.disk_usage(attachments.data_folder()).free
    if manifest.size * ROOM > free:
        megabytes = manifest.size * ROOM // 2**20 + 1
        raise Refusal(f"The disk has no room for it: {megabytes:,} MB are needed. Nothing was changed.")


def _expect_nothing_here() -> None:
    state = schema_state(current_app)
    if state == "empty" or (state == "current" and not _people()):
        return
    raise Refusal(
        "This installation has people of its own. Restore into an empty one; or make a backup and say --replace, "
        "which deletes what stands here."
    )


def _people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


# The database ---------------------------------------------------------------------------------------------------------


def _load(connection: Connection, archive: Archive) -> None:
    _upgrade(connection, archive.manifest.schema)
    here = tables(connection)
    _expect_tables(archive, {each.name: {(of.name, kind(of)) for of in each.columns} for each in here})
    place = postgres if connection.dialect.name == "postgresql" else sqlite
    parts = {part.table: part for part in archive.manifest.tables}
    place.fill(connection, here, lambda table: (parts[table.name].columns, archive.rows(parts[table.name])))
    if state_of(current_app, archive.manifest.schema) == "older":
        _upgrade(connection, "head")
    fill_words(connection)
    _end_what_lets_in(connection)
    _tell(connection, archive.manifest)


@contextmanager
def _believed(archive: Archive) -> Iterator[None]:
    """An archive under a true seal may still hold rows that are none."""
    try:
        yield
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise Refusal(f"{archive.path} holds what is no row of a table ({error}). Nothing was changed.") from error


def _upgrade(connection: Connection, to: str) -> None:
    settings = current_app.extensions["migrate"].migrate.get_config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


def _expect_tables(archive: Archive, here: dict[str, set[tuple[str, str]]]) -> None:
    told = {part.table: set(part.columns) for part in archive.manifest.tables}
    if told != here:
        odd = sorted({name for name in told.keys() | here.keys() if told.get(name) != here.get(name)})
        raise Refusal(f"{archive.path} does not fit its own version of the schema ({', '.join(odd)}).")


def _end_what_lets_in(connection: Connection) -> None:
    """Nobody is signed in any more, and no mail leaves a second time.

    Whoever signed out since, or used a link, would be let in again by what the backup holds. A mail that waited then
    may have been sent since; it is marked as one of which that is not known, which is never sent again.
    """
    now = clock.now()
    connection.execute(update(SignInSession).where(SignInSession.ended_at.is_(None)).values(ended_at=now))
    for link in (SignInLink, AddressChange):
        connection.execute(update(link).where(link.used_at.is_(None)).values(expires_at=now))
    waiting = update(Mail).where(Mail.state.not_in(ENDED))
    reason = "It waited when the backup was made from which this was restored; it may have been sent since."
    connection.execute(waiting.values(state="uncertain", ended_at=now, claim=None, claimed_until=None, reason=reason))


def _tell(connection: Connection, manifest: Manifest) -> None:
    """Leave a word of it in the record."""
    about = {"made_at": manifest.made_at, "schema": manifest.schema, "app": manifest.app}
    event = {"at": clock.now(), "verb": "restored a backup", "subject_type": "installation", "snapshot": about}
    connection.execute(insert(Activity).values(event))


# The files ------------------------------------------------------------------------------------------------------------


@contextmanager
def _files_of(archive: Archive) -> Iterator[None]:
    """The archive's files in their place; taken back where the block fails."""
    root, made = attachments.data_folder(), list[Path]()
    try:
        for part in archive.manifest.files:
            if _is_there(root / part.name, part):
                continue
            made.append(root / part.name)
            _put(archive, part, root / part.name)
        for folder in {each.parent for each in made}:
            sync_folder(folder)
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _is_there(path: Path, part: Part) -> bool:
    """Whether the very file is there; one that is damaged is written anew."""
    return path.is_file() and path.stat().st_size == part.bytes and attachments.checksum(path) == part.sha256


def _put(archive: Archive, part: Part, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with archive.file(part) as source, scratch.open("wb") as file:
            shutil.copyfileobj(source, file, form.BLOCK)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _drop_others(manifest: Manifest) -> None:
    """Files that belonged to what stood here before."""
    kept = {part.name for part in manifest.files}
    for name in list(attachments.stored()):
        if name not in kept:
            (attachments.data_folder() / name).unlink(missing_ok=True)
