"""The list of storyboards, page by page with the viewer's own first, and finding boards by their words."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, func, literal, literal_column, or_, select
from sqlalchemy.orm import aliased

from kata import trigrams
from kata.access.policy import Viewer
from kata.extensions import fetch
from kata.folding import folded, pattern
from kata.identity.models import Person
from kata.storyboards.models import Challenge, Experiment, Storyboard, TargetCondition
from kata.storyboards.queries.boards import ME, seen_by, who
from kata.teams.models import Team

LIST_SIZE = 50
LEARNER, COACH = aliased(Person), aliased(Person)  # made once: an alias costs more than its query
WORDS, BEFORE = bindparam("words", type_=String), bindparam("before", type_=Integer)

Whose = Literal["own", "others", "all"]


class End(NamedTuple):
    """Where a page of the list ends: at the board with this id, among the viewer's own or among the others'."""

    id: int
    own: bool


def listed(viewer: Viewer, *, show: str = "live", words: str = "", end: End | None = None) -> list[Any]:
    """A page of the list from ``end`` of the page before: the viewer's own boards, then the others', newest first.

    Each row says whether it is the viewer's ``own``. One row more than ``LIST_SIZE`` says that there is another page.
    """
    rows: list[Any] = []
    if end is None or end.own:
        rows = _page(viewer, show, words, "own", end)
    if show != "mine" and len(rows) <= LIST_SIZE:
        rows += _page(viewer, show, words, "others", None if end is None or end.own else end)
    return rows[: LIST_SIZE + 1]


def _page(viewer: Viewer, show: str, words: str, whose: Whose, end: End | None) -> list[Any]:
    query = _part(viewer.is_administrator, show, bool(words), whose, end is not None)
    return list(fetch(query, {**_values(viewer, words), "before": end.id if end else None}))


@cache
def _part(is_administrator: bool, show: str, searched: bool, whose: Whose, goes_on: bool) -> Select[*tuple[Any, ...]]:
    """The boards of the page are picked first, and what else is told of them is looked up for those alone.

    How many is written out: PostgreSQL takes a number that it is given beside the statement for a tenth of all rows.
    """
    picked = select(Storyboard.id).where(*_which(is_administrator, show, searched, whose))
    if searched:
        picked = picked.join(Team, Team.id == Storyboard.team_id).join(LEARNER, LEARNER.id == Storyboard.learner_id)
    if goes_on:
        picked = picked.where(Storyboard.id < BEFORE)
    ids = picked.order_by(Storyboard.id.desc()).limit(literal_column(str(LIST_SIZE + 1))).subquery().c.id
    return _told(whose).where(Storyboard.id.in_(select(ids)))


def everything(viewer: Viewer, *, show: str = "live", words: str = "") -> list[Any]:
    """Every row that the pages of the list have, newest first, for a file."""
    query = _listing(viewer.is_administrator, show, bool(words), "all")
    return list(fetch(query, _values(viewer, words)))


def _values(viewer: Viewer, words: str) -> dict[str, Any]:
    return {**who(viewer), "words": pattern(folded(words))}


@cache
def _listing(is_administrator: bool, show: str, searched: bool, whose: Whose) -> Select[*tuple[Any, ...]]:
    return _told(whose).where(*_which(is_administrator, show, searched, whose))


def _told(whose: Whose) -> Select[*tuple[Any, ...]]:
    """One row a board with names, flags and the open experiment, the newest first."""
    return (
        select(
            Storyboard.id,
            Storyboard.focus_process,
            Storyboard.closed,
            Storyboard.practice,
            Storyboard.ended_on,
            Storyboard.archived_at,
            Team.name.label("team"),
            Team.slug.label("team_slug"),
            LEARNER.name.label("learner"),
            COACH.name.label("coach"),
            Challenge.statement.label("challenge"),
            Challenge.measure_id,
            Challenge.moment_id,
            TargetCondition.achieve_by,
            Experiment.number.label("experiment_number"),
            Experiment.step,
            Experiment.check_on,
            Experiment.expectation,
            Experiment.happened,
            literal(whose == "own").label("own"),
        )
        .join(Team, Team.id == Storyboard.team_id)
        .join(LEARNER, LEARNER.id == Storyboard.learner_id)
        .outerjoin(COACH, COACH.id == Storyboard.coach_id)
        .outerjoin(Challenge, (Challenge.board_id == Storyboard.id) & Challenge.ended_at.is_(None))
        .outerjoin(TargetCondition, (TargetCondition.board_id == Storyboard.id) & TargetCondition.ended_at.is_(None))
        .outerjoin(Experiment, (Experiment.board_id == Storyboard.id) & Experiment.ended_at.is_(None))
        .order_by(Storyboard.id.desc())
    )


def _which(is_administrator: bool, show: str, searched: bool, whose: Whose) -> list[ColumnElement[bool]]:
    """``show`` is ``live``, ``mine``, ``practice``, ``ended`` or ``archived``; the words, where it is ``searched``, are
    part of the process, the team or the learner. The viewer's own and the others' are two statements, since each of
    them finds its newest rows by an index, and sorting all boards by whose they are does not.
    """
    words = [_has_words()] if searched else []
    return [seen_by(is_administrator), *_shown(show), *_of(whose), *words]


def _of(whose: Whose) -> list[ColumnElement[bool]]:
    """The viewer's own boards are those at which they learn, coach, or watch the coach."""
    if whose == "all":
        return []
    if whose == "own":
        return [or_(Storyboard.learner_id == ME, Storyboard.coach_id == ME, Storyboard.second_coach_id == ME)]
    return [
        Storyboard.learner_id != ME,
        Storyboard.coach_id.is_distinct_from(ME),
        Storyboard.second_coach_id.is_distinct_from(ME),
    ]


def _shown(show: str) -> list[ColumnElement[bool]]:
    live = [Storyboard.archived_at.is_(None), Storyboard.ended_on.is_(None)]
    if show == "mine":
        return [*live, *_of("own")]
    if show == "practice":
        return [*live, Storyboard.practice.is_(True)]
    if show == "ended":
        return [Storyboard.archived_at.is_(None), Storyboard.ended_on.is_not(None)]
    if show == "archived":
        return [Storyboard.archived_at.is_not(None)]
    return [*live, Storyboard.practice.is_(False)]


def _has_words() -> ColumnElement[bool]:
    places = (Storyboard.focus_process_folded, Team.name_folded, LEARNER.name_folded)
    return or_(*(text.like(WORDS, escape="\\") for text in places))


def find(viewer: Viewer, words: str, limit: int = 6) -> list[Any]:
    """Boards whose focus process contains ``words``, for the command box."""
    wanted = folded(words)
    values = {"words": pattern(wanted), "most": limit, **trigrams.letters(wanted), **who(viewer)}
    return list(fetch(_find(viewer.is_administrator, trigrams.way(wanted)), values))


@cache
def _find(is_administrator: bool, by: str) -> Any:
    query = (
        select(Storyboard.id, Storyboard.focus_process, Team.name.label("team"))
        .join(Team, Team.id == Storyboard.team_id)
        .where(
            seen_by(is_administrator),
            Storyboard.archived_at.is_(None),
            Storyboard.focus_process_folded.like(WORDS, escape="\\"),
        )
    )
    order = (func.length(Storyboard.focus_process), Storyboard.id.desc())
    return trigrams.found(query, Storyboard, order, by)
