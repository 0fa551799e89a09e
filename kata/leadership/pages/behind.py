"""The lists behind the figures as pages and files show them: the same columns, with the way to each thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from kata.alignment.words import KINDS, SAID
from kata.leadership import figures
from kata.leadership.figures import Figure
from kata.web.text import day_year, number

#: Longer texts are cut in a list; the file has them whole.
LONGEST = 180


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: what stands at its head, what it shows of a row, and the address that it leads to."""

    label: Any
    of: Callable[[Any], Any]
    href: Callable[[Any], str] | None = None


class Cell(NamedTuple):
    """What stands in a column of a row, and where it leads."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Behind:
    """A list: its title, the figures that it stands behind, its columns, and what to say where it is empty."""

    title: Any
    counted: tuple[Figure, ...]
    columns: Sequence[Shown]
    empty: Any

    def cells(self, row: Any) -> list[Cell]:
        """A row in words; days and numbers as the reader writes them, a dash where there is nothing."""
        return [Cell(_said(column.of(row)), column.href(row) if column.href else None) for column in self.columns]


def _said(value: Any) -> str:
    if isinstance(value, datetime | date):
        return day_year(value)
    if value is None or isinstance(value, float):
        return number(value)
    words = " ".join(str(value).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


ENDED = {"achieved": _l("achieved"), "not achieved": _l("not achieved"), "left": _l("left")}


def _board(row: Any) -> str:
    return f"/boards/{row.board_id}"


TEAM = Shown(_l("Team"), attrgetter("team"))
BOARD = Shown(_l("Storyboard"), attrgetter("focus_process"), _board)

LISTS = {
    "teams": Behind(
        _l("Teams"),
        (figures.teams, figures.practising),
        (
            Shown(_l("Team"), attrgetter("name"), lambda row: f"/teams/{row.slug}"),
            Shown(_l("Open storyboards"), attrgetter("boards")),
        ),
        _l("No team belongs to this area yet."),
    ),
    "storyboards": Behind(
        _l("Storyboards"),
        (figures.living, figures.coached_weeks),
        (
            Shown(_l("Storyboard"), attrgetter("focus_process"), lambda row: f"/boards/{row.id}"),
            Shown(_l("Team"), attrgetter("team"), lambda row: f"/teams/{row.team_slug}"),
            Shown(_l("Began"), attrgetter("started_at")),
            Shown(_l("Last step or learning"), attrgetter("tried")),
            Shown(_l("Last coaching cycle"), attrgetter("coached")),
        ),
        _l("No storyboard was open to everyone on this day."),
    ),
    "experiments": Behind(
        _l("Experiments concluded in thirteen weeks"),
        (figures.learning_time, figures.surprises),
        (
            Shown(_l("Step"), attrgetter("step"), lambda row: f"/experiments/{row.id}"),
            Shown(_l("Expected"), attrgetter("expected_value")),
            Shown(_l("Happened"), attrgetter("happened_value")),
            Shown(_l("Predicted"), attrgetter("started_at")),
            Shown(_l("Learned"), attrgetter("ended_at")),
            BOARD,
            TEAM,
        ),
        _l("No experiment was concluded in these weeks."),
    ),
    "targets": Behind(
        _l("Target conditions that ended in thirteen weeks"),
        (figures.targets,),
        (
            Shown(_l("Pattern wanted"), attrgetter("pattern"), _board),
            Shown(_l("Achieve by"), attrgetter("achieve_by")),
            Shown(_l("Ended"), attrgetter("ended_at")),
            Shown(_l("How"), lambda row: ENDED[row.status]),
            Shown(_l("What it taught"), attrgetter("reflection")),
            BOARD,
            TEAM,
        ),
        _l("No target condition ended in these weeks."),
    ),
    "coaches": Behind(
        _l("Who coached for the first time"),
        (figures.new_coaches,),
        (
            Shown(_l("Coach"), attrgetter("coach"), lambda row: f"/people/{row.coach_id}"),
            Shown(_l("First cycle"), attrgetter("held_on")),
            BOARD,
            TEAM,
        ),
        _l("Nobody held a first coaching cycle in these weeks."),
    ),
    "barriers": Behind(
        _l("Barriers that wait, the oldest first"),
        (figures.barriers,),
        (
            Shown(_l("Barrier"), attrgetter("text"), lambda row: f"/barriers/{row.id}"),
            Shown(_l("Kind"), lambda row: KINDS[row.kind]),
            Shown(_l("What it costs the customer"), attrgetter("cost")),
            Shown(_l("Raised"), attrgetter("raised_at")),
            BOARD,
            TEAM,
        ),
        _l("No team waited for an answer on this day."),
    ),
    "answered": Behind(
        _l("Barriers answered in thirteen weeks"),
        (figures.barriers,),
        (
            Shown(_l("Barrier"), attrgetter("text"), lambda row: f"/barriers/{row.barrier_id}"),
            Shown(_l("Raised"), attrgetter("raised_at")),
            Shown(_l("Answered"), attrgetter("at")),
            Shown(_l("How"), lambda row: SAID[row.kind]),
            Shown(_l("In which words"), attrgetter("words")),
            BOARD,
            TEAM,
        ),
        _l("No barrier was answered in these weeks."),
    ),
    "moments": Behind(
        _l("Moments of truth"),
        (figures.moments,),
        (
            Shown(_l("Moment of truth"), attrgetter("name"), lambda row: f"/moments/{row.id}"),
            Shown(_l("Storyboards that work on it"), attrgetter("works")),
            Shown(_l("Team"), attrgetter("team"), lambda row: f"/teams/{row.team_slug}"),
        ),
        _l("No team has named a moment of truth yet."),
    ),
}
