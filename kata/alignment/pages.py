"""What the pages show of barriers, worked out before the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kata.access.policy import Action, Scope, Viewer, allows
from kata.alignment import words
from kata.alignment.forms import AnswerForm, BackForm, PassingForm
from kata.alignment.models import Barrier
from kata.alignment.queries import barriers as queries
from kata.alignment.queries import lists
from kata.alignment.words import Standing
from kata.web.forms import Form
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Line:
    """A barrier as a list shows it: its row, where it stands in a sentence, its age in days, and who may answer."""

    row: Any
    kind: Any
    standing: str
    days: int
    can_answer: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage of its way: the area, who brought it there and why, and for how many days it was there."""

    row: Any
    days: int
    is_last: bool


def line(viewer: Viewer, row: Any) -> Line:
    """A row of ``queries.told`` in words."""
    who = words.whom(row.leaders, row.area)
    now = Standing(row.status, row.raised_at, row.promised_for, row.answered_at, row.back_why, row.back_at)
    mine = row.lead_id is None and allows(viewer, Action.ANSWER_BARRIER, Scope(area_id=row.area_id))
    can_answer = mine and row.status != "taken_back"
    days = words.days_since(row.raised_at, _ended(row))
    return Line(row, words.KINDS[row.kind], words.standing(now, who), days, can_answer)


def _ended(row: Any) -> Any:
    """When it stopped waiting; ``None`` while it does."""
    return row.back_at or (row.answered_at if row.status not in {"open", "promised"} else None)


def lines(viewer: Viewer, rows: Iterable[Any]) -> list[Line]:
    """Rows of ``queries.told`` in words."""
    return [line(viewer, row) for row in rows]


def whole(viewer: Viewer, barrier_id: int) -> dict[str, Any]:
    """The page of one barrier: the same number of statements whatever came of it."""
    row = queries.whole(viewer, barrier_id)
    shown, scope = (
        line(viewer, row),
        Scope(row.team_id, learner_id=row.raised_by_id, coach_ids=frozenset({row.coach_id})),
    )
    together = lines(viewer, queries.companions(viewer, barrier_id, shown.row.lead_id))
    taken = {each.row.id for each in together}
    waits = shown.can_answer and shown.row.status in {"open", "promised"}
    similar = lines(viewer, lists.similar(viewer, barrier_id)) if waits else []
    return {
        "barrier": shown,
        "answers": queries.answers(barrier_id),
        "said": words.SAID,
        "way": list(_stops(queries.way(barrier_id), shown)),
        "together": together,
        "similar": [each for each in similar if each.row.id not in taken],
        "back": words.BACK,
        "unread": shown.row.unread,
        "can_reword": shown.row.status in {"open", "promised"} and allows(viewer, Action.WRITE_BOARD, scope),
        "can_part": allows(viewer, Action.ANSWER_BARRIER, Scope(area_id=shown.row.area_id)),
    }


def _stops(rows: list[Any], shown: Line) -> Iterable[Stop]:
    ends = [row.at for row in rows[1:]]
    for row, end in zip(rows, [*ends, _ended(shown.row)], strict=True):
        yield Stop(row, words.days_since(row.at, end), is_last=row is rows[-1])


def work(barrier: Line | None, barrier_id: int) -> Partial:
    """Where a leader answers a barrier or passes it up: the two ways, before one of them is taken."""
    return Partial(f"barrier-{barrier_id}-work", "alignment/_work.html", {"barrier": barrier, "barrier_id": barrier_id})


def answering(barrier: Barrier, form: Form | None = None, today: date | None = None) -> Partial:
    """The answer to a barrier, being written."""
    form = form or AnswerForm(formdata=None, draft=f"barrier-{barrier.id}-answer", version=barrier.version)
    context = {"form": form, "barrier_id": barrier.id, "today": today}
    return Partial(f"barrier-{barrier.id}-work", "alignment/_answer.html", context)


def passing(barrier: Barrier, form: Form | None = None) -> Partial:
    """The reason why a barrier is passed up, being written."""
    form = form or PassingForm(formdata=None, draft=f"barrier-{barrier.id}-passing", version=barrier.version)
    return Partial(f"barrier-{barrier.id}-work", "alignment/_passing.html", {"form": form, "barrier_id": barrier.id})


def taking_back(barrier: Barrier, form: Form | None = None) -> dict[str, Any]:
    """The page on which a team takes its barrier back."""
    form = form or BackForm(formdata=None, draft=f"barrier-{barrier.id}-withdrawal", version=barrier.version)
    return {"barrier_id": barrier.id, "text": barrier.text, "form": form}


def to_answer(viewer: Viewer) -> Partial:
    """What waits for the viewer as a leader, on Today."""
    rows = lists.to_answer(viewer)
    shown = lines(viewer, rows[: lists.ON_TODAY])
    return Partial("barriers-today", "alignment/_today.html", {"lines": shown, "more": len(rows) > lists.ON_TODAY})


def news(viewer: Viewer) -> Partial:
    """What became of barriers that concern the viewer and waits to be read, on Today."""
    context = {"lines": lists.unread(viewer), "said": words.SAID, "back": words.BACK}
    return Partial("barriers-answered", "alignment/_answered.html", context)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands under an obstacle: the barrier that was raised from it, and whether it may be raised (again)."""

    barrier_id: int | None
    standing: str
    can_raise: bool


def beside_obstacle(row: Any) -> Told:
    """The widened row of an obstacle in words."""
    still_there = row.status in {"waiting", "focus"} and not row.barrier_practice
    if row.barrier_id is None:
        return Told(None, "", can_raise=still_there)
    who = words.whom(row.barrier_leaders, row.barrier_area)
    now = Standing(
        row.barrier_status,
        row.barrier_raised_at,
        row.barrier_promised_for,
        row.barrier_answered_at,
        row.barrier_back_why,
        row.barrier_back_at,
    )
    over = now.status not in {"open", "promised"}
    return Told(row.barrier_id, words.standing(now, who), can_raise=still_there and over)
