"""What a backup is: a ZIP that any program opens, with a seal over every byte of it.

``tables/<name>.jsonl`` holds a table, a JSON array a row in the order of the columns that the manifest names;
``attachments/…`` and ``uploads/…`` hold what people put in, under the names that the data folder uses;
``manifest.json`` comes last and tells what has to be there, with the size and the checksum of each part. The comment
at the end of the ZIP is the checksum of everything before it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
MARK = b"kata-backup sha256="
SEAL = 64
BLOCK = 1 << 20
#: Nothing else may be in an archive: no name of these leads out of the folder that it is written to.
NAMES = re.compile(
    r"tables/[a-z][a-z0-9_]*\.jsonl|attachments/([0-9a-f]{2})/\1[0-9a-f]{62}(-small)?\.jpg|uploads/[0-9a-f]{64}"
)


class Refusal(Exception):
    """What was asked for is not done; the message is a sentence for the administrator."""


@dataclass(frozen=True)
class Part:
    """A file in the archive. For a table, its columns as ``[name, kind]`` and how many rows there are."""

    name: str
    bytes: int
    sha256: str
    columns: tuple[tuple[str, str], ...] = ()
    rows: int = 0

    @property
    def table(self) -> str:
        """The name of the table; empty for an attachment."""
        return self.name.removeprefix("tables/").removesuffix(".jsonl") if self.name.startswith("tables/") else ""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. ``missing`` are attachments that rows name and that were not there."""

    format: int
    schema: str
    app: str
    engine: str
    made_at: str
    tables: tuple[Part, ...]
    files: tuple[Part, ...]
    missing: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.tables, *self.files)

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)

    @property
    def size(self) -> int:
        """How much there is, unpacked."""
        return sum(each.bytes for each in self.parts)

    def text(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()


def manifest_of(text: bytes) -> Manifest:
    """Raises ``ValueError``, ``KeyError`` or ``TypeError`` where this is none."""
    told: dict[str, Any] = json.loads(text)
    return Manifest(
        **{name: str(told[name]) for name in ("schema", "app", "engine", "made_at")},
        format=int(told["format"]),
        tables=tuple(_part(each) for each in told["tables"]),
        files=tuple(_part(each) for each in told["files"]),
        missing=tuple(map(str, told["missing"])),
    )


def _part(told: dict[str, Any]) -> Part:
    columns = tuple((str(name), str(kind)) for name, kind in told["columns"])
    return Part(str(told["name"]), int(told["bytes"]), str(told["sha256"]), columns, int(told["rows"]))


def app_version() -> str:
    """The version of the app that is running."""
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def seal(file: BinaryIO) -> bytes:
    """The checksum of everything in the file but the last bytes, in which it is kept."""
    end = file.seek(0, 2) - SEAL
    file.seek(0)
    sha = hashlib.sha256()
    while end > 0 and (block := file.read(min(BLOCK, end))):
        sha.update(block)
        end -= len(block)
    return sha.hexdigest().encode()


def sentence_of(error: OSError) -> str:
    """What the system said, in a word or two: the file and why it cannot be used."""
    return f"{error.filename or 'the disk'}: {(error.strerror or 'it failed').lower()}"
