"""The coaching cycles of the demo, a team a module; each tells the stage what was said at which board."""

from __future__ import annotations

from kata.demo.coaching import Coaching
from kata.demo.cycles import (
    access_early,
    access_now,
    badges,
    baggage,
    breakfast,
    devices,
    emergency,
    first_payslip,
    first_week,
    fourth_question,
    going_home,
    leaders_answer,
    loan_devices,
    meeting_rooms,
    new_starters,
    old_rights,
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
    old_rights.tell,
    loan_devices.tell,
    meeting_rooms.tell,
    devices.tell,
    badges.tell,
    first_week.tell,
    new_starters.tell,
    going_home.tell,
    breakfast.tell,
    fourth_question.tell,
    first_payslip.tell,
    payroll.tell,
    leaders_answer.tell,
    turnaround.tell,
    baggage.tell,
    emergency.tell,
)
