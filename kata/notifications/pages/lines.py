"""How one thing that happened reads as a line; the same for every reader who may be told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from kata.alignment import words as barriers
from kata.measures.meaning import RULES
from kata.notifications.pages.facts import Signal
from kata.notifications.pages.parts import Line, joined, said
from kata.spc import Nature
from kata.web.text import day

ENDED: dict[str, Any] = {
    "achieved": _l("Target condition %(number)s achieved"),
    "not achieved": _l("Target condition %(number)s not achieved"),
    "left": _l("Target condition %(number)s left"),
}

NATURES: dict[Nature, Any] = {
    Nature.IMPROVEMENT: _l("a signal for the better"),
    Nature.CONCERN: _l("a signal for the worse"),
    Nature.NEUTRAL_HIGH: _l("a signal upwards"),
    Nature.NEUTRAL_LOW: _l("a signal downwards"),
}


def experiment(row: Any, where: str) -> Line:
    """An experiment: planned, seen, concluded or set aside, with expectation and result beside each other."""
    if row.state:
        what = _("Experiment %(number)s set aside: %(step)s", number=row.number, step=row.what)
    elif row.happened:
        what = _("Experiment %(number)s: %(step)s", number=row.number, step=row.what)
    else:
        what = _("Next step planned by %(name)s: %(step)s", name=row.by or "–", step=row.what)
    texts = said(
        (_("Expected"), row.expected, "expected"),
        (_("Happened"), row.happened, "happened"),
        (_("Learned"), row.taught, ""),
        (_("Why"), row.state, ""),
    )
    return Line(str(what), f"/experiments/{row.id}", where, texts)


def target(row: Any, where: str) -> Line:
    """A target condition that was set, or that came to its end with what it taught."""
    href = f"/boards/{row.board_id}/conditions#target-{row.number}"
    if row.at is None:
        what = _("Target condition %(number)s set, by %(day)s", number=row.number, day=day(row.day))
        return Line(str(what), href, where, said((_("Pattern"), row.what, "expected")))
    return Line(str(ENDED[row.state]) % {"number": row.number}, href, where, said((_("Taught"), row.taught, "")))


def cycles(rows: Sequence[Any], where: str) -> list[Line]:
    """The coaching cycles of one board, the newest first, in one line: they come daily. What was said stays there."""
    if not rows:
        return []
    told = {"day": day(rows[0].day), "coach": rows[0].by, "learner": rows[0].what}
    what = ngettext(
        "Coaching cycle on %(day)s: %(coach)s with %(learner)s",
        "%(num)s coaching cycles, the last on %(day)s: %(coach)s with %(learner)s",
        len(rows),
        **told,
    )
    return [Line(str(what), f"/boards/{rows[0].board_id}/cycles", where)]


def answer(row: Any) -> Line:
    """A barrier and what a leader said to it."""
    kind = str(barriers.SAID[row.said])
    when = _("by %(day)s", day=day(row.by_date)) if row.by_date else ""
    return Line(row.text, f"/barriers/{row.id}", row.team, said((row.by, joined((kind, when, row.words)), "happened")))


def signal(found: Signal) -> Line:
    """A measure whose chart calls a change."""
    nature, rule = str(NATURES.get(found.episode.nature, "")), str(RULES[found.episode.rule])
    told = f"{nature}: {rule}, {day(found.episode.last)}"
    return Line(found.row.name, f"/measures/{found.row.id}", found.row.team, said((_("Chart"), told, "happened")))
