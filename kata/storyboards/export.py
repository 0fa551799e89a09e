"""What leaves of the storyboards as files: the list of them; of one board its experiments, obstacles and history."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from flask_babel import lazy_gettext as _l

from kata.storyboards.models.experiments import stage
from kata.web.csv import Columns

KIND = {
    "go and see": _l("go and see"),
    "exploratory": _l("exploratory"),
    "test a hypothesis": _l("test a hypothesis"),
}
STAGE = {
    "draft": _l("draft"),
    "running": _l("running"),
    "seen": _l("seen"),
    "concluded": _l("concluded"),
    "set aside": _l("set aside"),
}
STATUS = {
    "focus": _l("in focus"),
    "waiting": _l("waiting"),
    "removed": _l("removed"),
    "set aside": _l("set aside"),
}


def _linked(board: Any) -> bool:
    return board.measure_id is not None and board.moment_id is not None


def _stage(experiment: Any) -> Any:
    row = experiment
    return STAGE[stage(row.set_aside_reason, row.learned, row.happened, row.expectation)]


BOARDS: Columns = (
    (_l("Focus process"), attrgetter("focus_process")),
    (_l("Team"), attrgetter("team")),
    (_l("Learner"), attrgetter("learner")),
    (_l("Coach"), attrgetter("coach")),
    (_l("Challenge"), attrgetter("challenge")),
    (_l("Linked to a customer"), _linked),
    (_l("Achieve by"), attrgetter("achieve_by")),
    (_l("Experiment"), attrgetter("experiment_number")),
    (_l("Step"), attrgetter("step")),
    (_l("Expected"), attrgetter("expectation")),
    (_l("Go and see on"), attrgetter("check_on")),
    (_l("Practice"), attrgetter("practice")),
    (_l("Closed to the team"), attrgetter("closed")),
    (_l("Ended"), attrgetter("ended_on")),
    (_l("Archived"), attrgetter("archived_at")),
)

EXPERIMENTS: Columns = (
    (_l("Experiment"), attrgetter("number")),
    (_l("Stage"), _stage),
    (_l("Kind"), lambda row: KIND[row.kind]),
    (_l("Target condition"), attrgetter("target_number")),
    (_l("Obstacle"), attrgetter("obstacle")),
    (_l("Step"), attrgetter("step")),
    (_l("Expected"), attrgetter("expectation")),
    (_l("Measure"), attrgetter("measure")),
    (_l("Unit"), attrgetter("unit")),
    (_l("Expected value"), attrgetter("expected_value")),
    (_l("Planned"), attrgetter("created_at")),
    (_l("Go and see on"), attrgetter("check_on")),
    (_l("Happened"), attrgetter("happened")),
    (_l("Happened on"), attrgetter("happened_on")),
    (_l("Actual value"), attrgetter("happened_value")),
    (_l("Learned"), attrgetter("learned")),
    (_l("Set aside because"), attrgetter("set_aside_reason")),
    (_l("Ended"), attrgetter("ended_at")),
)

OBSTACLES: Columns = (
    (_l("Target condition"), attrgetter("target_number")),
    (_l("Obstacle"), attrgetter("text")),
    (_l("Status"), lambda row: STATUS[row.status]),
    (_l("Experiments"), attrgetter("tried")),
    (_l("Note"), attrgetter("note")),
    (_l("Parked"), attrgetter("created_at")),
    (_l("Last put in focus"), attrgetter("focused_at")),
    (_l("Left the parking lot"), attrgetter("ended_at")),
)

HISTORY: Columns = (
    (_l("When"), attrgetter("at")),
    (_l("Who"), attrgetter("who")),
    (_l("What"), attrgetter("what")),
    (_l("Text"), attrgetter("text")),
)
