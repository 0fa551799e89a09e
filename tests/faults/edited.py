"""Fifty people save the same text at once, each having opened it before anybody saved."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable
from typing import Any

from tests.client import form_fields
from tests.faults.ledger import Ledger, Proof
from tests.faults.person import Answer, Person
from tests.faults.stage import Stage

EDITORS = 50
NAMES = ("ana", "ben", "gus")


def prove(stage: Stage, editors: int = EDITORS, *, merge: bool = True) -> Proof:
    """One wins, everybody else is shown both texts; with ``merge`` each then takes both into one, until all are in."""
    ledger = Ledger()
    page = f"/targets/{stage.cast.board.target}/edit"
    action = f"/targets/{stage.cast.board.target}"
    with stage.server() as server:
        signed_in = [stage.person(server, name) for name in NAMES]
        people = [twin(signed_in[number % len(NAMES)]) for number in range(editors)]
        drafts = [f"Draft {number} of many" for number in range(editors)]
        forms = [person.form(page, action) for person in people]
        sent = [
            sending(each, action, form | {"pattern": draft})
            for each, form, draft in zip(people, forms, drafts, strict=True)
        ]
        answers = at_once(sent)
        winner = _expect_one_winner(answers, drafts, ledger)
        rounds = 1
        waiting = [number for number in range(editors) if number != winner]
        while merge and waiting and rounds <= editors:
            sent = [sending(people[n], action, _merged(answers[n], action)) for n in waiting]
            for number, answer in zip(waiting, at_once(sent), strict=True):
                answers[number] = answer
                ledger.note(answer, drafts[number], saved=answer.status == 303)
            waiting = [number for number in waiting if answers[number].status == 409]
            rounds += 1
        kept = _drafts(people[0].form(page, action)["pattern"])
        for person in [*signed_in, *people]:
            person.close()
    survived = len(ledger.acknowledged & kept)
    said = len(ledger.acknowledged)
    errors = ledger.wrong + [
        f"“{draft}” was never merged" for draft in drafts if merge and draft not in ledger.acknowledged
    ]
    how = f"{editors} at once: 1 saved, {editors - 1} shown both texts"
    if merge:
        how += f"; all drafts merged after {rounds} rounds and {ledger.statuses[409]} conflicts"
    return Proof("parallel edits", stage.engine, said, survived, said - survived, ledger.statuses[503], errors, how)


def twin(person: Person) -> Person:
    """Another window of the same person."""
    made = Person(person.port)
    made.cookies = dict(person.cookies)
    return made


def sending(person: Person, action: str, fields: dict[str, Any]) -> Callable[[], Answer]:
    """To send this form, later."""
    return lambda: person.post(action, fields)


def at_once(work: list[Callable[[], Answer]]) -> list[Answer]:
    """Do all of it at the same moment; the answers in the same order."""
    answers: list[Answer | None] = [None] * len(work)
    ready = threading.Barrier(len(work))

    def run(place: int) -> None:
        ready.wait(30)
        answers[place] = work[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return [answer or Answer(0, "", "no answer") for answer in answers]


def _expect_one_winner(answers: list[Answer], drafts: list[str], ledger: Ledger) -> int:
    won = [number for number, answer in enumerate(answers) if answer.status == 303]
    for number, answer in enumerate(answers):
        ledger.note(answer, drafts[number], saved=answer.status == 303)
    if len(won) != 1:
        ledger.went_wrong(f"{len(won)} of them won")
    for number, answer in enumerate(answers):
        if number in won:
            continue
        if answer.status != 409:
            ledger.went_wrong(f"{drafts[number]} was answered {answer.status}")
        elif not {drafts[number], drafts[won[0]]} <= _drafts(answer.text):
            ledger.went_wrong(f"{drafts[number]} was not shown both texts")
    return won[0] if won else 0


def _merged(conflict: Answer, action: str) -> dict[str, Any]:
    """What somebody sends who takes both texts into one."""
    return form_fields(conflict.text, action) | {"pattern": "\n".join(sorted(_drafts(conflict.text)))}


def _drafts(text: str) -> set[str]:
    return set(re.findall(r"Draft \d+ of many", html.unescape(text)))
