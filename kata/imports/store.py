"""Uploaded files in the data folder, each under its checksum, outside any folder that is served."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import current_app

from kata.files import write_whole


class Vanished(Exception):
    """The file is not in the data folder any more."""


def keep(data: bytes) -> str:
    """Write the file whole or not at all, and on the disk before the row that names it; answers its checksum."""
    sha256 = hashlib.sha256(data).hexdigest()
    write_whole(_path(sha256), data)
    return sha256


def data_of(sha256: str) -> bytes:
    """The file's bytes. Raises Vanished, also where they are not those that were kept."""
    try:
        data = _path(sha256).read_bytes()
    except OSError:
        raise Vanished from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Vanished
    return data


def forget(sha256: str) -> None:
    """Delete the file."""
    _path(sha256).unlink(missing_ok=True)


def _path(sha256: str) -> Path:
    return Path(current_app.config["DATA_FOLDER"]) / "uploads" / sha256
