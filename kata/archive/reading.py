"""Looking at an archive before anything is done with it: every byte of it, and what it would do if it were believed."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from kata.archive import form
from kata.archive.form import Manifest, Part, Refusal, manifest_of

#: Deflate packs no more than this into a byte; whoever declares more lies.
TIGHTEST = 1032
#: No row is longer than this, nor a manifest: more is read into no memory.
LONGEST_LINE = 64 << 20
LARGEST_MANIFEST = 256 << 20
#: What a file that is no ZIP, or one that was cut or changed, makes its reader raise.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError, NotImplementedError, RuntimeError)


class Archive:
    """A backup that was looked at in whole and can be believed."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path, self.manifest, self._archive = path, manifest, archive

    def rows(self, part: Part) -> Iterator[list[Any]]:
        """The rows of a table, in the form that ``snapshot`` describes."""
        decode = json.JSONDecoder().decode
        with self._archive.open(part.name) as file:
            for line in _lines(file):
                yield decode(line.decode())

    @contextmanager
    def file(self, part: Part) -> Iterator[Any]:
        with self._archive.open(part.name) as file:
            yield file


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive, after every byte of it was checked. Raises ``Refusal`` and ``OSError``."""
    with path.open("rb") as file:
        _expect_seal(path, file)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(path, archive)
                _expect_parts(path, archive, manifest, path.stat().st_size)
                for part in manifest.parts:
                    _expect_whole(path, archive, part)
        except BROKEN as error:
            _refuse(path, f"cannot be read ({error})")
        with zipfile.ZipFile(file) as archive:
            yield Archive(path, archive, manifest)


def _refuse(path: Path, why: str) -> NoReturn:
    raise Refusal(f"{path} {why}. Nothing was changed.")


def _expect_seal(path: Path, file: BinaryIO) -> None:
    tail = len(form.MARK) + form.SEAL
    size = file.seek(0, 2)
    file.seek(max(size - tail, 0))
    end = file.read()
    if not end.startswith(form.MARK) or len(end) != tail:
        _refuse(path, "is no whole backup of this app: it was cut short, damaged, or is something else")
    if form.seal(file) != end[-form.SEAL :]:
        _refuse(path, "is damaged: its checksum says that it is not what was written")


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(form.MANIFEST).file_size > LARGEST_MANIFEST:
        _refuse(path, "declares a table of contents that is too large to be one")
    text = archive.read(form.MANIFEST)
    if int(json.loads(text)["format"]) > form.FORMAT:
        _refuse(path, "was made by a newer version of this app: restore it with that version")
    return manifest_of(text)


def _expect_parts(path: Path, archive: zipfile.ZipFile, manifest: Manifest, size: int) -> None:
    """What the ZIP declares is what the manifest tells, stays in its folder, and can be true."""
    there = archive.infolist()
    told = {part.name: part.bytes for part in manifest.parts}
    if len(told) != len(manifest.parts) or sorted(each.filename for each in there) != sorted([form.MANIFEST, *told]):
        _refuse(path, "holds other files than it says")
    if odd := next((name for name in told if not form.NAMES.fullmatch(name)), None):
        _refuse(path, f"holds a file that belongs in no backup ({odd!r})")
    packed = sum(each.compress_size for each in there)
    if packed > size or any(each.file_size > TIGHTEST * each.compress_size + 64 for each in there):
        _refuse(path, "declares sizes that cannot be true")
    if any(each.file_size != told.get(each.filename, each.file_size) for each in there):
        _refuse(path, "declares other sizes than it says")


def _expect_whole(path: Path, archive: zipfile.ZipFile, part: Part) -> None:
    """Each part has the bytes that the manifest tells; a ZIP stops reading where its own size ends."""
    sha, count, size = hashlib.sha256(), 0, 0
    with archive.open(part.name) as file:
        while block := file.read(form.BLOCK):
            sha.update(block)
            size += len(block)
            count += block.count(b"\n") if part.table else 0
    if (sha.hexdigest(), size, count) != (part.sha256, part.bytes, part.rows):
        _refuse(path, f"is damaged: {part.name} is not what was written")


def _lines(file: Any) -> Iterator[bytes]:
    rest = b""
    while block := file.read(form.BLOCK):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
        if len(rest) > LONGEST_LINE:
            raise Refusal("A row in this backup is too long to be one. Nothing was changed.")
