"""What a leader is told: barriers, boards, target conditions and outcomes of their areas; nothing of how a person does.

Levels, coaching notes and cycles are not asked for here at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from kata import clock
from kata.alignment import pages as barriers
from kata.alignment.queries import lists
from kata.notifications.pages import lines
from kata.notifications.pages.facts import Facts
from kata.notifications.pages.parts import Line, Section, joined, said, section

WAITING = 5


def sections(facts: Facts) -> list[Section]:
    """What waits for them first; for who leads nothing there are none, and nothing is asked."""
    if not facts.viewer.areas_led:
        return []
    return [
        *section(_("Barriers that wait for you"), _waiting(facts), "/barriers?show=mine", WAITING),
        *section(_("Barriers answered in your areas"), _answered(facts), "/barriers?show=answered"),
        *section(_("Outcomes that changed"), _outcomes(facts), "/customers"),
        *section(_("Target conditions that came to their end"), _targets(facts), "/boards"),
        *section(_("Storyboards started and ended"), _boards(facts), "/boards"),
    ]


def _waiting(facts: Facts) -> Iterator[Line]:
    """The oldest first, each with its age. One that was raised, or promised for a day that has come, is news."""
    today = clock.today(facts.viewer.time_zone)
    for each in barriers.lines(facts.viewer, lists.to_answer(facts.viewer)):
        row = each.row
        raised = facts.span.since < row.raised_at <= facts.span.until
        passed = row.promised_for is not None and facts.span.since.date() <= row.promised_for < today
        cost = said((each.standing, row.cost, ""))
        yield Line(row.text, f"/barriers/{row.id}", row.team, cost, raised or passed)


def _answered(facts: Facts) -> Iterator[Line]:
    """Those that the mail tells elsewhere, or that the leader answered, are not told again."""
    me = facts.viewer.person_id
    for row in facts.answers:
        if row.leads and row.by_id != me and not (facts.is_own(row) or facts.is_coached(row)):
            yield lines.answer(row)


def _outcomes(facts: Facts) -> Iterator[Line]:
    for found in facts.signals:
        if found.row.leads and not found.row.own:
            yield lines.signal(found)


def _targets(facts: Facts) -> Iterator[Line]:
    """Those of boards that the mail tells of anyway are not told twice."""
    for row in facts.happened["target"]:
        if row.led and not row.near:
            yield lines.target(row, joined((row.team, row.process)))


def _boards(facts: Facts) -> Iterator[Line]:
    for row in facts.happened["board"]:
        if row.day is not None:
            what, texts = _("Ended: %(process)s", process=row.process), said((_("Taught"), row.taught, ""))
        else:
            what, texts = _("Started: %(process)s", process=row.process), ()
        yield Line(str(what), f"/boards/{row.id}", joined((row.team, row.learner)), texts)
