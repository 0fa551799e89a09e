"""The log as a file."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.audit.pages import Line
from kata.web.csv import Columns


def _about(kind: str) -> Callable[[Line], str | None]:
    return lambda line: next((each.name or str(_("closed")) for each in line.about if each.kind == kind), None)


def _utc(line: Line) -> str:
    return f"{line.at:%Y-%m-%dT%H:%M:%SZ}"


LOG: Columns = (
    (_l("When, UTC"), _utc),
    (_l("When, here"), attrgetter("at")),
    (_l("Who"), attrgetter("who")),
    (_l("What"), attrgetter("what")),
    (_l("Person"), _about("person")),
    (_l("Storyboard"), _about("board")),
    (_l("Team"), _about("team")),
    (_l("Area"), _about("area")),
    (_l("Detail"), attrgetter("detail")),
    (_l("From where"), attrgetter("address")),
)
