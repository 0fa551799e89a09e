"""Every form is sent twice at the same moment, by a double click or over a bad line."""

from __future__ import annotations

import time
from uuid import uuid4

from tests.faults.edited import at_once, sending, twin
from tests.faults.ledger import Ledger, Proof, reckon
from tests.faults.stage import Stage
from tests.faults.writers import desks

TIMES = 4


def prove(stage: Stage, seconds: float) -> Proof:
    """One row each; whoever sent it hears that it was saved."""
    ledger, tag, number = Ledger(), "Twice", 0
    with stage.server() as server:
        person = stage.person(server, "ana")
        places = desks(stage.cast, "ana")
        forms = [person.form(desk.page, desk.action) | desk.rest for desk in places]
        windows = [twin(person) for _ in range(TIMES)]
        end = time.monotonic() + seconds
        while number < len(places) or time.monotonic() < end:
            desk, form = places[number % len(places)], forms[number % len(places)]
            text = f"{tag} number {number}"
            ledger.offer(text)
            fields = form | {desk.field: text, "once": str(uuid4())}
            answers = at_once([sending(window, desk.action, fields) for window in windows])
            for answer in answers:
                ledger.note(answer, text, saved=answer.status == 303)
            if {answer.status for answer in answers} - {303, 422}:
                ledger.went_wrong(f"“{text}” was answered {[answer.status for answer in answers]}")
            if text not in ledger.acknowledged:
                ledger.went_wrong(f"nobody was told that “{text}” was saved")
            number += 1
        for window in [person, *windows]:
            window.close()
    return reckon("sent twice", stage.engine, ledger, stage.texts(tag), f"{number} forms, each {TIMES} times at once")
