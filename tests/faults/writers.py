"""People who write without a pause, and send again what was not answered, as anybody would."""

from __future__ import annotations

import html
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.cast import TODAY, Cast
from tests.faults.ledger import Ledger
from tests.faults.person import Answer, Person, Unanswered
from tests.faults.server import Server
from tests.faults.stage import Stage

WRITERS = ("ana", "ben", "gus", "ana", "ben", "gus", "eve", "eve")
#: How long somebody goes on sending the same form before giving up.
PATIENCE = 40.0
PAUSE = 0.05


@dataclass(frozen=True)
class Desk:
    """A form in which something new is written down; ``field`` takes the words."""

    page: str
    action: str
    field: str
    rest: dict[str, str] = field(default_factory=dict)


def desks(cast: Cast, who: str) -> list[Desk]:
    """Where somebody of the cast writes."""
    board, heard = (cast.other, cast.hushed) if who == "eve" else (cast.board, cast.heard)
    team = f"/teams/{heard.slug}"
    voice = {"says": "needs to change", "source": "letter", "heard_on": TODAY.isoformat()}
    return [
        Desk(f"{board.path}/obstacles/new", f"{board.path}/obstacles", "text"),
        Desk(f"{team}/voices/new", f"{team}/voices", "words", voice),
        Desk(f"{team}/customers/new", f"{team}/customers", "name", {"inside": "False"}),
    ]


class Writer:
    """One person who writes at several desks in turn until told to stop."""

    def __init__(self, person: Person, places: list[Desk], ledger: Ledger, tag: str) -> None:
        self.person, self.places, self.ledger, self.tag = person, places, ledger, tag
        self.forms: dict[str, dict[str, Any]] = {}
        self.stopped = threading.Event()
        self.given_up = 0

    def open_forms(self) -> None:
        """Open the page of each form once, as somebody does who keeps a tab open."""
        for desk in self.places:
            self.forms[desk.action] = self.person.form(desk.page, desk.action) | desk.rest

    def write(self, number: int) -> bool:
        """Write one thing down, and send it until somebody says that it is saved; whether that was said."""
        desk = self.places[number % len(self.places)]
        text = f"{self.tag} number {number}"
        self.ledger.offer(text)
        fields = self.forms[desk.action] | {desk.field: text, "once": str(uuid4())}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._sent(desk.action, fields, text):
                return True
            time.sleep(PAUSE)
        self.given_up += 1
        return False

    def _sent(self, action: str, fields: dict[str, Any], text: str) -> bool:
        try:
            answer = self.person.post(action, fields)
        except Unanswered:
            self.ledger.no_answer()
            return False
        saved = answer.status == 303 and not answer.location.startswith("/sign-in")
        self.ledger.note(answer, text, saved=saved)
        # 422: the first of two submissions is on its way still, which the next one will be told of.
        if not saved and answer.status != 422 and answer.status < 500:
            self.ledger.went_wrong(f"{answer.status} {answer.location} to “{text}”")
        if answer.status == 503:
            expect_kept(answer, text, self.ledger)
        return saved

    def run(self, every: float = 0.0) -> None:
        """Write until told to stop."""
        number = 0
        while not self.stopped.wait(every):
            self.write(number)
            number += 1


def expect_kept(answer: Answer, text: str, ledger: Ledger) -> None:
    """Who was told that it cannot be saved has what they typed before them."""
    if text not in html.unescape(answer.text):
        ledger.went_wrong(f"“{text}” was typed, and the answer {answer.status} does not show it")


def many(stage: Stage, server: Server, ledger: Ledger, tag: str, names: tuple[str, ...] = WRITERS) -> list[Writer]:
    """People at their desks, signed in and with their forms open."""
    made = []
    for place, name in enumerate(names):
        writer = Writer(stage.person(server, name), desks(stage.cast, name), ledger, f"{tag} by {name} {place}")
        writer.open_forms()
        made.append(writer)
    return made


@contextmanager
def writing(writers: list[Writer], every: float = 0.0) -> Iterator[None]:
    """All of them write inside the block, and finish what they have in hand after it."""
    threads = [threading.Thread(target=_run, args=(writer, every)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for writer in writers:
            writer.stopped.set()
        for thread in threads:
            thread.join(PATIENCE + 60)
        for writer in writers:
            writer.person.close()


def _run(writer: Writer, every: float) -> None:
    try:
        writer.run(every)
    except Exception as error:  # whatever it was, the proof must hear of it
        writer.ledger.went_wrong(f"a writer ended: {error!r}")


def until(happened: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Wait until something has happened; false when it has not in time."""
    end = time.monotonic() + patience
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def recovery_of(writers: list[Writer], ledger: Ledger) -> float:
    """Wait until everybody could save something again; the seconds that it took."""
    begun, before = time.monotonic(), set(ledger.acknowledged)
    tags = {writer.tag for writer in writers}
    if not until(lambda: tags == {text.rpartition(" number ")[0] for text in ledger.acknowledged - before} & tags):
        ledger.went_wrong("not everybody could save again after there was room")
    return time.monotonic() - begun
