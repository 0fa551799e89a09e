"""Writing files so that a crash or a full disk leaves none half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, data: bytes) -> None:
    """Write ``file`` whole or not at all, on the disk before a row that names it is committed; an old one stays.

    Raises ``OSError`` when there is no room, and then leaves nothing behind that takes up more of it.
    """
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as scratch:
        place = Path(scratch.name)
        try:
            scratch.write(data)
            scratch.flush()
            os.fsync(scratch.fileno())
            place.replace(file)
        except OSError:
            place.unlink(missing_ok=True)
            raise
