"""What a storyboard asks for next: the one step of the kata that is due. Pure.

The order is the kata's own: direction, current condition, target condition, then one experiment after another
against one obstacle. The board shows it, Today sorts by it, and nobody has to remember the routine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from kata.storyboards.models.experiments import stage


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to do: ``kind`` names it, ``urgency`` sorts it (0 first), ``where`` is the address that does it.

    ``due`` is the day it was due, where it has one.
    """

    kind: str
    urgency: int
    title: str
    text: str
    where: str
    action: str
    due: date | None = None


def here(head: Any) -> int:
    """Which of the kata's four steps the board is at: 1 direction, 2 current, 3 target condition, 4 experiments."""
    if head.challenge_id is None:
        return 1
    if needs_grasp(head):
        return 2
    return 4 if active(head) else 3


def active(head: Any) -> bool:
    """Whether a target condition is active."""
    return head.target_id is not None and head.target_ended_at is None


def needs_grasp(head: Any) -> bool:
    """Whether the current condition is missing, or older than the end of the last target condition."""
    if head.described_at is None:
        return True
    return head.target_ended_at is not None and head.described_at < head.target_ended_at


def prompt(head: Any, today: date) -> Prompt | None:
    """What the board asks for on ``today`` (the team's day); ``None`` when it has ended or is archived."""
    if head.ended_on is not None or head.archived_at is not None:
        return None
    if head.open_id is not None:
        return _experiment(head, today)
    if active(head) and today >= head.achieve_by:
        return _reflection(head, today)
    return _towards_a_target(head) or _next_step(head)


def _experiment(head: Any, today: date) -> Prompt:
    written = stage("", "", head.open_happened, head.open_expectation)
    address = f"/experiments/{head.open_id}"
    if written == "seen":
        return Prompt(
            "learn", 1, _("What did we learn?"), head.open_step, f"{address}/conclusion", _("Write what we learned")
        )
    if written == "draft":
        return Prompt("expect", 3, _("What do you expect?"), head.open_step, f"{address}/edit", _("Write it down"))
    late = head.open_check_on is None or head.open_check_on <= today
    title = _("What happened?") if late else _("Go and see on the day")
    urgency = 0 if late else 7
    return Prompt(
        "result" if late else "running",
        urgency,
        title,
        head.open_step,
        f"{address}/conclusion",
        _("Log what happened"),
        head.open_check_on,
    )


def _reflection(head: Any, today: date) -> Prompt:
    passed = today > head.achieve_by
    return Prompt(
        "reflect",
        2,
        _("The achieve-by date has passed") if passed else _("The achieve-by date is today"),
        _("Look back on target condition %(number)s: what did it teach?", number=head.target_number),
        f"/targets/{head.target_id}/ending",
        _("Reflect"),
        head.achieve_by,
    )


def _towards_a_target(head: Any) -> Prompt | None:
    board = f"/boards/{head.id}"
    if head.challenge_id is None:
        return Prompt(
            "challenge",
            5,
            _("State the challenge"),
            _("What would be great for the customer, and by when?"),
            f"{board}/challenge/edit",
            _("State it"),
        )
    if needs_grasp(head):
        again = head.described_at is not None
        return Prompt(
            "grasp",
            4,
            _("Look at the actual condition afresh") if again else _("Grasp the current condition"),
            _("Go and see how the process runs now. Facts and numbers; no reasons yet."),
            f"{board}/conditions/new",
            _("Describe it"),
        )
    if not active(head):
        return Prompt(
            "target",
            4,
            _("Set the next target condition"),
            _("Where should the process be next, by a date one week to three months out?"),
            f"{board}/targets/new",
            _("Set it"),
        )
    return None


def _next_step(head: Any) -> Prompt:
    board = f"/boards/{head.id}"
    if head.focus_id is None:
        return Prompt(
            "focus",
            3,
            _("Choose one obstacle"),
            _("Which one obstacle stands in the way now? Park what you see, then put one into focus."),
            f"{board}#obstacles",
            _("Choose"),
        )
    return Prompt(
        "plan",
        3,
        _("Plan the next experiment"),
        _("Against: %(obstacle)s", obstacle=head.focus),
        f"{board}/experiments/new",
        _("Plan it"),
    )
