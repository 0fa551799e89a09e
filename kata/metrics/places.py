"""Where a process counts: in a numbered place of its own, held by a lock for as long as it lives.

Whoever comes after a dead process takes its place and goes on counting where that stopped. So nothing is lost when a
worker is killed, and no file is left over however often one is.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path


class Place:
    """The place of this process in ``folder``; a process that was forked takes another one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._of_process = 0
        self._number = 0
        self._lock = -1

    def number(self) -> int:
        """The number of the place; no two living processes have the same."""
        if self._of_process != os.getpid():
            if self._lock >= 0:
                os.close(self._lock)  # the parent's, which goes on holding it
            self._number, self._lock = _first_free(self.folder)
            self._of_process = os.getpid()
        return self._number


def _first_free(folder: Path) -> tuple[int, int]:
    for number in count(1):
        lock = hold(folder / f"{number}.place")
        if lock is not None:
            _clear(folder, number)
            return number, lock
    raise AssertionError("there is always another number")


def hold(file: Path) -> int | None:
    """Lock a file, made where it is missing; ``None`` where somebody else holds it. It is held until it is closed."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def forget_the_dead(folder: Path) -> None:
    """What was in the hands of a process that died is in nobody's: leave it out of what is added up."""
    for number in _numbers(folder):
        lock = hold(folder / f"{number}.place")
        if lock is not None:
            _drop(folder.glob(f"gauge_live*_{number}.db"))
            os.close(lock)


def _numbers(folder: Path) -> list[int]:
    return [int(file.stem) for file in folder.glob("*.place") if file.stem.isdigit()]


def _clear(folder: Path, number: int) -> None:
    """Make the place ready: counts go on, what was in hand does not, and what a power cut left half is dropped."""
    from prometheus_client.mmap_dict import MmapedDict

    _drop(folder.glob(f"gauge_live*_{number}.db"))
    for file in folder.glob(f"*_{number}.db"):
        try:
            list(MmapedDict.read_all_values_from_file(str(file)))  # type: ignore[no-untyped-call]  # it has no types
            whole = 0 <= int.from_bytes(file.read_bytes()[:4], sys.byteorder, signed=True) <= file.stat().st_size
        except Exception:  # whatever the bytes make of it
            whole = False
        if not whole:
            file.unlink()


def _drop(files: Iterator[Path]) -> None:
    for file in files:
        with suppress(FileNotFoundError):
            file.unlink()
