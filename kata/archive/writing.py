"""Making a backup: one moment of the database, with the files that its rows name, in one archive.

What is written stands beside the file that was asked for until it is whole and on the disk, and takes its name then.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from sqlalchemy import Connection, Table

from kata import clock
from kata.archive import attachments, form
from kata.archive.form import Manifest, Part, Refusal
from kata.archive.snapshot import kind, rows, snapshot, tables
from kata.web.schema import revision

#: How often a backup begins anew because an upload ended while it looked for its file.
TRIES = 5


def backup(file: Path, *, replace: bool = False) -> Manifest:
    """Write everything into ``file``; answers what is in it. Raises ``Refusal``, and ``OSError`` where the disk does.

    People may go on writing: what they write from the first moment on is in the next backup.
    """
    if file.exists() and not replace:
        raise Refusal(f"{file} is there already: choose another name, or say --replace.")
    if not file.parent.is_dir():
        raise Refusal(f"There is no folder {file.parent}: make it first.")
    tries = 0
    while True:
        tries += 1
        with ExitStack() as held:
            connection = held.enter_context(snapshot())
            if revision(connection) is None:
                raise Refusal("There is nothing to back up yet: the database has no tables.")
            known = tables(connection)
            uploads, lost = _opened(held, attachments.upload_names(connection, known))
            if lost and tries < TRIES:
                continue  # most likely their rows have ended meanwhile
            with beside(file, replace=replace) as scratch:
                return _write(scratch, connection, known, uploads, lost)


def _opened(held: ExitStack, names: Iterator[str]) -> tuple[dict[str, BinaryIO], list[str]]:
    """Files that may go at any moment, held open; and the names of those that are gone."""
    there: dict[str, BinaryIO] = {}
    gone = []
    for name in names:
        try:
            there[name] = held.enter_context((attachments.data_folder() / name).open("rb"))
        except FileNotFoundError:
            gone.append(name)
    return there, gone


@contextmanager
def beside(file: Path, *, replace: bool) -> Iterator[BinaryIO]:
    """A file that becomes ``file`` when the block ends well and is on the disk; its owner alone can read it."""
    scratch = file.with_name(f".{file.name}.{os.getpid()}.part")
    descriptor = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        if file.exists() and not replace:
            raise Refusal(f"{file} appeared meanwhile and was left as it is: choose another name.")
        scratch.replace(file)
    finally:
        scratch.unlink(missing_ok=True)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Let a name in this folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(
    scratch: BinaryIO, connection: Connection, known: Sequence[Table], uploads: dict[str, BinaryIO], lost: list[str]
) -> Manifest:
    made_at = clock.now()
    with zipfile.ZipFile(scratch, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        of_tables = tuple(_table(archive, connection, each) for each in known)
        files, missing = _files(archive, attachments.photo_names(connection, known), uploads)
        made = Manifest(
            format=form.FORMAT,
            schema=revision(connection) or "",
            app=form.app_version(),
            engine=connection.dialect.name,
            made_at=made_at.isoformat(timespec="seconds"),
            tables=of_tables,
            files=tuple(files),
            missing=(*missing, *lost),
        )
        archive.writestr(form.MANIFEST, made.text())
        archive.comment = form.MARK + b"0" * form.SEAL
    seal = form.seal(scratch)
    scratch.seek(-form.SEAL, os.SEEK_END)
    scratch.write(seal)
    return made


def _table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> Part:
    """Write a table; a row is a line, and only some lines are in memory at a time."""
    columns = tuple((each.name, kind(each)) for each in table.columns)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    name, count, size, sha = f"tables/{table.name}.jsonl", 0, 0, hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as part:
        lines: list[bytes] = []
        waiting = 0
        for row in rows(connection, table):
            lines.append(encode(row).encode() + b"\n")
            count, waiting = count + 1, waiting + len(lines[-1])
            if waiting > form.BLOCK:
                size += _put(part, sha, b"".join(lines))
                lines, waiting = [], 0
        size += _put(part, sha, b"".join(lines))
    return Part(name, size, sha.hexdigest(), columns, count)


def _files(
    archive: zipfile.ZipFile, photos: Iterator[str], uploads: dict[str, BinaryIO]
) -> tuple[list[Part], list[str]]:
    made, missing = [], []
    for name in photos:
        try:
            with (attachments.data_folder() / name).open("rb") as file:
                made.append(_file(archive, name, file))
        except FileNotFoundError:  # erased for good by hand, or lost; the page that shows it says so too
            missing.append(name)
    made += [_file(archive, name, file) for name, file in uploads.items()]
    return made, missing


def _file(archive: zipfile.ZipFile, name: str, file: BinaryIO) -> Part:
    size, sha = 0, hashlib.sha256()
    about = zipfile.ZipInfo(name)
    about.compress_type = zipfile.ZIP_STORED if name.endswith(".jpg") else zipfile.ZIP_DEFLATED
    with archive.open(about, "w", force_zip64=True) as part:
        while block := file.read(form.BLOCK):
            size += _put(part, sha, block)
    return Part(name, size, sha.hexdigest())


def _put(part: IO[bytes], sha: Any, block: bytes) -> int:
    part.write(block)
    sha.update(block)
    return len(block)
