"""Somebody who only reads, all the while: what others cannot save must not keep pages from being opened."""

from __future__ import annotations

import threading

from tests.faults.ledger import Ledger
from tests.faults.person import Person, Unanswered
from tests.faults.server import Server
from tests.faults.stage import Stage


class Reader:
    """Opens pages all the while: reading needs no room."""

    def __init__(self, person: Person, pages: list[str], ledger: Ledger) -> None:
        self.person, self.pages, self.ledger = person, pages, ledger
        self.stopped = threading.Event()

    def run(self) -> None:
        """Read until told to stop."""
        while not self.stopped.wait(0.05):
            for page in self.pages:
                try:
                    answer = self.person.get(page)
                except Unanswered:
                    self.ledger.no_answer()
                    continue
                if answer.status != 200:
                    self.ledger.went_wrong(f"{answer.status} to whoever read {page}")


def reader_of(stage: Stage, server: Server, ledger: Ledger) -> Reader:
    """A leader who opens Today, a board and the search again and again."""
    return Reader(stage.person(server, "dev"), ["/", stage.cast.board.path, "/learning?q=form"], ledger)
