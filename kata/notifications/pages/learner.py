"""What a learner is told: what happened at their boards, and what is due for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from kata.coaching.pages import meetings
from kata.measures.queries import due_measures
from kata.notifications.pages import lines
from kata.notifications.pages.facts import Facts
from kata.notifications.pages.parts import Line, Section, joined, section
from kata.storyboards import prompts
from kata.web.text import clock, day

#: What can wait for its day is not due.
CAN_WAIT = 7


def happened(facts: Facts) -> list[Section]:
    """At their boards."""
    return section(_("At your boards"), _happened(facts), "/boards?show=mine")


def due(facts: Facts) -> list[Section]:
    """What waits for them, wherever it comes from."""
    return section(_("Due for you"), _due(facts), "/")


def _happened(facts: Facts) -> Iterator[Line]:
    """Answers first, since somebody waits for them; then what the boards brought, then what the customer felt."""
    boards = {head.id: head.focus_process for head in facts.own}
    yield from (lines.answer(row) for row in facts.answers if facts.is_own(row))
    for tell, rows in (
        (lines.target, facts.happened["target"]),
        (lines.experiment, (row for row in facts.happened["experiment"] if _is_told(row, facts))),
    ):
        yield from (tell(row, boards[row.board_id]) for row in rows if row.board_id in boards)
    yield from (lines.signal(found) for found in facts.signals if found.row.own)
    for board_id, process in boards.items():
        yield from lines.cycles([row for row in facts.happened["cycle"] if row.board_id == board_id], process)


def _is_told(row: Any, facts: Facts) -> bool:
    """A plan of one's own is no news to oneself; what it brought is worth reading once more."""
    return bool(row.happened or row.state) or row.by_id != facts.viewer.person_id


def _due(facts: Facts) -> Iterator[Line]:
    """What the boards ask for; a cycle of today and readings stand here too, without being a reason to write."""
    asked = [(prompts.prompt(head, facts.day(head)), head) for head in facts.own]
    for ask, head in sorted(
        ((ask, head) for ask, head in asked if ask is not None and ask.urgency < CAN_WAIT),
        key=lambda each: (each[0].urgency, -each[1].id),
    ):
        news = ask.due is not None and facts.day_before(head) < ask.due <= facts.day(head)
        yield Line(ask.title, ask.where, joined((head.focus_process, ask.text)), news=news)
    planned = meetings.today(facts.viewer)
    for meeting in planned.meetings if planned else ():
        if meeting.late:
            continue
        what = _("%(what)s, %(time)s today", what=meeting.what, time=clock(meeting.slot.at))
        yield Line(str(what), meeting.where, meeting.process, news=False)
    for reading in due_measures(facts.viewer):
        what = _("A reading of %(measure)s, due since %(day)s", measure=reading.name, day=day(reading.due.on))
        yield Line(str(what), f"/measures/{reading.id}", reading.team, news=False)
