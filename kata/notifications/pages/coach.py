"""What a coach is told: who needs them most and why, what happened at each board, what their own coach said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from kata.coaching import needs
from kata.notifications.pages import lines
from kata.notifications.pages.facts import Facts
from kata.notifications.pages.parts import Line, Section, joined, plain, said, section

NEEDY = 5
TELL = {"target": lines.target, "experiment": lines.experiment}


def sections(facts: Facts) -> list[Section]:
    """Who needs them most, what happened, and for whom is watched what their second coach said to them alone."""
    return [
        *section(_("Who needs you most"), _needs(facts), "/coaching", NEEDY),
        *section(_("At your learners’ boards"), _happened(facts), "/coaching"),
        *section(_("From who watches you coach"), _instructions(facts), "/coaching"),
    ]


def _needs(facts: Facts) -> Iterator[Line]:
    """By coaching's own rules and in its order. What a rule did not see when the digest before was written is news."""
    seen = [(head, _seen(facts, head, facts.day(head))) for head in facts.coached]
    for head, now in sorted(seen, key=lambda each: needs.order(each[1])):
        if now:
            before = {need.rule for need in _seen(facts, head, facts.day_before(head))}
            reasons = " ".join(plain(need.text) for need in now)
            news = any(need.rule not in before for need in now)
            yield Line(head.learner, now[0].where, head.focus_process, said((_("Why"), reasons, "")), news)


def _seen(facts: Facts, head: Any, today: Any) -> tuple[needs.Need, ...]:
    return needs.needs(needs.Facts(head, today, facts.predictions.get(head.id, ())))


def _happened(facts: Facts) -> Iterator[Line]:
    """Learner by learner; what the coach did themselves they know."""
    yield from (lines.answer(row) for row in facts.answers if facts.is_coached(row))
    me, own = facts.viewer.person_id, {head.id for head in facts.own}
    for head in facts.coached:
        if head.id in own:
            continue
        where = joined((head.learner, head.focus_process))
        for kind, tell in TELL.items():
            rows = (row for row in facts.happened[kind] if row.board_id == head.id)
            yield from (tell(row, where) for row in rows if row.by_id != me or row.happened or row.state)
        held = [row for row in facts.happened["cycle"] if row.board_id == head.id and row.by_id != me]
        yield from lines.cycles(held, where)


def _instructions(facts: Facts) -> Iterator[Line]:
    for row in facts.happened["instruction"]:
        yield Line(row.by, f"/cycles/{row.id}", "", said((row.what, row.expected, "expected")))
