"""A disk that fills while people write and send photos, and has room again later."""

from __future__ import annotations

import io
import os
import random
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from PIL import Image

from kata.storyboards.models import Photo
from tests.faults.ledger import Ledger, Proof, reckon
from tests.faults.person import Person, Unanswered
from tests.faults.readers import reader_of
from tests.faults.server import Server
from tests.faults.stage import Stage
from tests.faults.writers import PATIENCE, expect_kept, many, recovery_of, until, writing

NAMES = ("ana", "ben", "gus", "eve")
SMALL = "96m"
CHUNKS = (1 << 20, 1 << 14, 1 << 10, 1)


@contextmanager
def small_disk(place: Path) -> Iterator[Path | None]:
    """A folder on a disk of its own, or ``None`` where we may not mount one."""
    place.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", place]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=False, capture_output=True)


class Disk:
    """The disk below the stage: filled by a file that takes whatever room there is, or by a limit to every file."""

    def __init__(self, stage: Stage, server: Server, *, mounted: bool) -> None:
        self.stage, self.server, self.mounted = stage, server, mounted
        self.filler = stage.folder.parent / "filler"

    def fill(self) -> None:
        """Take the room that is left; again and again, since what is thrown away makes room."""
        if not self.mounted:
            self.server.limit_files((self.stage.folder / "kata.sqlite").stat().st_size // 2)
            return
        with self.filler.open("ab", buffering=0) as file:
            for size in CHUNKS:
                with suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def clear(self) -> None:
        """Make room."""
        self.filler.unlink(missing_ok=True)
        if not self.mounted:
            self.server.limit_files(-1)


class Photographer:
    """Sends photos with a caption each, one after another, once each until it is acknowledged."""

    def __init__(self, stage: Stage, person: Person, ledger: Ledger, tag: str) -> None:
        self.person, self.ledger, self.tag = person, ledger, tag
        self.path = f"/experiments/{stage.cast.board.running}"
        self.stopped = threading.Event()

    def run(self) -> None:
        fields = self.person.form(self.path, f"{self.path}/photos")
        chance, number = random.Random(4), 0  # noqa: S311 - a picture of noise
        while not self.stopped.is_set():
            text = f"{self.tag} number {number}"
            self.ledger.offer(text)
            self._send(fields | {"caption": text, "once": str(uuid4())}, text, _noise(chance))
            number += 1

    def _send(self, fields: dict[str, object], text: str, photo: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = self.person.upload(f"{self.path}/photos", fields, "photos", photo)
            except Unanswered:
                self.ledger.no_answer()
                continue
            self.ledger.note(answer, text, saved=answer.status == 303)
            if answer.status == 303:
                return
            if answer.status == 503:
                expect_kept(answer, text, self.ledger)
            else:
                self.ledger.went_wrong(f"{answer.status} to the photo “{text}”")
                return
            time.sleep(0.1)


def prove(stage: Stage, seconds: float, *, mounted: bool) -> Proof:
    """Full: 503 with what was typed; room again: everything goes on by itself; nothing acknowledged is lost."""
    ledger, tag = Ledger(), "Full"
    with stage.server() as server:
        disk = Disk(stage, server, mounted=mounted)
        writers = many(stage, server, ledger, tag, NAMES)
        photographer = Photographer(stage, stage.person(server, "ana"), ledger, f"{tag} photo")
        reader = reader_of(stage, server, ledger)
        others = [threading.Thread(target=photographer.run), threading.Thread(target=reader.run)]
        for other in others:
            other.start()
        try:
            with writing(writers, 0.01):
                until(lambda: len(ledger.acknowledged) > 20)
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    disk.fill()
                    time.sleep(0.05)
                refused = ledger.statuses[503]
                disk.clear()
                recovery = recovery_of(writers, ledger)
        finally:
            disk.clear()
            photographer.stopped.set()
            reader.stopped.set()
            for other in others:
                other.join(PATIENCE + 10)
        _expect_photos(stage, server, ledger, f"{tag} photo")
    by = f"a disk of {SMALL} of its own" if mounted else "a limit to the size of files (no disk could be mounted)"
    how = f"{by}, full for {seconds:.0f} s; everybody could save again {recovery:.1f} s after there was room"
    found = [*stage.texts(tag), *_captions(stage, tag)]
    proof = reckon("full disk", stage.engine, ledger, found, how)
    proof.errors += stage.broken()
    if not refused:
        proof.errors.append("nothing was refused, so the disk was not full")
    return proof


def _captions(stage: Stage, tag: str) -> list[str]:
    column = Photo.__table__.c.caption
    with stage.reading.connect() as connection:
        return list(connection.scalars(sa.select(column).where(column.startswith(tag))))


def _expect_photos(stage: Stage, server: Server, ledger: Ledger, tag: str) -> None:
    """Each photo that a row names can be looked at, and no scratch file is left."""
    person, table = stage.person(server, "ana"), Photo.__table__.c
    with stage.reading.connect() as connection:
        numbers = list(connection.scalars(sa.select(table.id).where(table.caption.startswith(tag))))
    for number in numbers:
        if person.get(f"/photos/{number}").status != 200:
            ledger.went_wrong(f"photo {number} has a row and no picture")
    left = [file.name for file in (stage.folder / "attachments").rglob("tmp*")]
    if left:
        ledger.went_wrong(f"scratch files are left: {left}")


def _noise(chance: random.Random) -> bytes:
    file = io.BytesIO()
    Image.frombytes("RGB", (240, 240), chance.randbytes(240 * 240 * 3)).save(file, "JPEG", quality=90)
    return file.getvalue()
