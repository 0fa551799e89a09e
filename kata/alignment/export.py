"""The list of barriers and the tree of challenges as files."""

from __future__ import annotations

from operator import attrgetter

from flask_babel import lazy_gettext as _l

from kata.web.csv import Columns

BARRIERS: Columns = (
    (_l("Barrier"), attrgetter("row.text")),
    (_l("Kind"), attrgetter("kind")),
    (_l("What it costs the customer"), attrgetter("row.cost")),
    (_l("Team"), attrgetter("row.team")),
    (_l("Waits in"), attrgetter("row.area")),
    (_l("Led by"), attrgetter("row.leaders")),
    (_l("Raised"), attrgetter("row.raised_at")),
    (_l("Days"), attrgetter("days")),
    (_l("Where it stands"), attrgetter("standing")),
    (_l("Promised for"), attrgetter("row.promised_for")),
)

CASCADE: Columns = (
    (_l("Area"), attrgetter("area")),
    (_l("Serves the challenge"), attrgetter("serves")),
    (_l("Challenge"), lambda line: line.challenge if line.is_board else line.statement),
    (_l("By"), attrgetter("by_date")),
    (_l("Team"), attrgetter("team")),
    (_l("Storyboard"), attrgetter("focus_process")),
    (_l("Learner"), attrgetter("learner")),
    (_l("Linked to a customer"), attrgetter("linked")),
    (_l("Target condition"), attrgetter("target")),
    (_l("Achieve by"), attrgetter("achieve_by")),
    (_l("Obstacle in focus"), attrgetter("obstacle")),
    (_l("Experiment"), attrgetter("step")),
    (_l("Expected"), attrgetter("expectation")),
    (_l("To be checked on"), attrgetter("check_on")),
    (_l("Happened"), attrgetter("happened")),
)
