"""The storyboards of the demo, a team a module; each tells its story to the stage."""

from kata.demo.boards import (
    access_numbers,
    access_requests,
    baggage,
    devices,
    emergency_flow,
    fourth_question,
    going_home,
    new_starters,
    password_resets,
    payroll,
    turnaround,
    turnaround_numbers,
)

STORIES = (
    access_numbers.tell,
    access_requests.tell,
    password_resets.tell,
    devices.tell,
    new_starters.tell,
    fourth_question.tell,
    payroll.tell,
    turnaround_numbers.tell,
    turnaround.tell,
    baggage.tell,
    emergency_flow.tell,
    going_home.tell,
)
