"""What leaves of somebody's practice as files: the levels observed, and the cycles."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from flask_babel import lazy_gettext as _l

from kata.coaching import levels
from kata.coaching.card import BY_KEY
from kata.web.csv import Columns

STATUS = {"running": _l("running"), "held": _l("held"), "broken off": _l("broken off")}


def _threshold(cycle: Any) -> Any:
    return BY_KEY[cycle.threshold].short if cycle.threshold in BY_KEY else None


LEVELS: Columns = (
    (_l("Day"), attrgetter("observed_on")),
    (_l("Kata"), lambda row: levels.KATA[row.kata]),
    (_l("Skill"), attrgetter("skill")),
    (_l("Level"), lambda row: levels.NAMES[row.level - 1]),
    (_l("Evidence"), attrgetter("evidence")),
    (_l("Observed by"), attrgetter("by")),
)

CYCLES: Columns = (
    (_l("Day"), attrgetter("row.held_on")),
    (_l("Storyboard"), attrgetter("row.focus_process")),
    (_l("Coach"), attrgetter("row.coach")),
    (_l("Ended as"), lambda cycle: STATUS[cycle.row.status]),
    (_l("At a paper board"), attrgetter("row.paper")),
    (_l("Threshold of knowledge"), lambda cycle: _threshold(cycle.row)),
    (_l("Reflection"), attrgetter("row.reflection")),
    (_l("Observed"), lambda cycle: "; ".join(f"{skill}: {level}" for skill, level in cycle.observed)),
)

#: Of a board: the facts are as open as it is; the texts come with the rows whose reader may read them.
BOARD_CYCLES: Columns = (
    (_l("Day"), attrgetter("held_on")),
    (_l("Coach"), attrgetter("coach")),
    (_l("Learner"), attrgetter("learner")),
    (_l("Ended as"), lambda row: STATUS[row.status]),
    (_l("At a paper board"), attrgetter("paper")),
    (_l("Threshold of knowledge"), _threshold),
    (_l("Feedback"), attrgetter("feedback")),
    (_l("Reflection"), attrgetter("reflection")),
)
