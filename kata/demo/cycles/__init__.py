"""The coaching cycles of the demo, a team a module; each tells the stage what was said at which board."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles import (
    access_early,
    access_now,
    baggage,
    devices,
    emergency,
    fourth_question,
    going_home,
    new_starters,
    passwords,
    payroll,
    turnaround,
)
from kata.demo.script import Stage


def _access(stage: Stage) -> None:
    talk = Coaching(stage, "access-requests", "Access on the first working day", "ben", at="10:10")
    access_early.tell(talk)
    access_now.tell(talk)


CYCLES = (
    passwords.tell,
    _access,
    devices.tell,
    new_starters.tell,
    going_home.tell,
    fourth_question.tell,
    payroll.tell,
    turnaround.tell,
    baggage.tell,
    emergency.tell,
)
