"""What was acknowledged, what of it was found again, and the row of the table that says so."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.person import Answer


class Ledger:
    """Kept by all writers of a proof together: a text counts as acknowledged once the server has said *saved*."""

    def __init__(self) -> None:
        self.acknowledged: set[str] = set()
        self.offered: set[str] = set()
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.unanswered = 0
        self._lock = threading.Lock()

    def offer(self, text: str) -> None:
        """Somebody is about to send this."""
        with self._lock:
            self.offered.add(text)

    def note(self, answer: Answer, text: str = "", *, saved: bool = False) -> None:
        """An answer came; ``saved`` when it says that ``text`` was saved."""
        with self._lock:
            self.statuses[answer.status] += 1
            if saved:
                self.acknowledged.add(text)
            if answer.status >= 500 and answer.status != 503:
                self.wrong.append(f"{answer.status} to “{text}”")

    def went_wrong(self, what: str) -> None:
        """Something that must not be, in words."""
        with self._lock:
            self.wrong.append(what)

    def no_answer(self) -> None:
        """A connection ended before an answer came."""
        with self._lock:
            self.unanswered += 1


@dataclass
class Proof:
    """One row: what was done, on which engine, and what became of what people typed."""

    name: str
    engine: str
    acknowledged: int
    survived: int
    lost: int
    refused: int = 0
    errors: list[str] = field(default_factory=list)
    how: str = ""

    @property
    def holds(self) -> bool:
        """Nothing lost, and nothing said or done that must not be."""
        return not self.lost and not self.errors

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        told = (self.name, self.engine, self.acknowledged, self.survived, self.lost, self.refused, len(self.errors))
        return (*map(str, told), "yes" if self.holds else "**no**", self.how)


HEAD = ("proof", "engine", "acknowledged", "survived", "lost", "503", "errors", "holds", "how")


def reckon(name: str, engine: str, ledger: Ledger, found: Iterable[str], how: str = "") -> Proof:
    """The row of a proof whose acknowledged texts ought to stand among those that were ``found``, each once."""
    counted = Counter(found)
    survived = sum(1 for text in ledger.acknowledged if counted[text])
    errors = list(ledger.wrong)
    errors += [f"“{text}” is there {times} times" for text, times in counted.items() if times > 1]
    errors += [f"“{text}” is there, which nobody sent" for text in counted if text not in ledger.offered]
    said = len(ledger.acknowledged)
    return Proof(name, engine, said, survived, said - survived, ledger.statuses[503], errors, how)


def markdown(proofs: Iterable[Proof]) -> str:
    """The table, ready for the documents."""
    rows = [HEAD, ("---",) * len(HEAD), *(proof.cells for proof in proofs)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def plain(proofs: Iterable[Proof]) -> str:
    """The table for a terminal."""
    rows = [HEAD, *(proof.cells for proof in proofs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, ""])
