"""Everything that a digest is made of, asked once: a fixed number of statements, however much there is to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kata.access.policy import Viewer
from kata.coaching.predictions import ALWAYS_RIGHT
from kata.coaching.queries import learners
from kata.measures.glance import Glance
from kata.notifications.queries import beside, happenings
from kata.notifications.queries.happenings import Span
from kata.storyboards import episodes
from kata.storyboards.episodes import Episode
from kata.teams.cadence import local_day

#: A reading may be written down so much later than its day; its signal is told all the same, once.
LATE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Signal:
    """A measure whose chart shows something that the reader has not been told yet."""

    row: Any
    episode: Episode


@dataclass(frozen=True)
class Facts:
    """What the reader may see of what happened, by its kind (``queries.happenings.KINDS``).

    ``memory`` is which signals they have been told, this time counted.
    """

    viewer: Viewer
    span: Span
    own: list[Any]
    coached: list[Any]
    predictions: dict[int, list[tuple[float, float]]]
    happened: dict[str, list[Any]]
    answers: list[Any]
    signals: list[Signal]
    memory: dict[str, list[str]]

    def is_own(self, answer: Any) -> bool:
        """Whether an answer is to a barrier that the viewer raised, or that stands at their own board."""
        return answer.raised_by_id == self.viewer.person_id or any(head.id == answer.board_id for head in self.own)

    def is_coached(self, answer: Any) -> bool:
        """Whether it is to a barrier of a board that the viewer coaches."""
        return not self.is_own(answer) and any(head.id == answer.board_id for head in self.coached)

    def day(self, head: Any) -> date:
        """The day of a board's team on which the digest is written."""
        return local_day(self.span.until, head.time_zone)

    def day_before(self, head: Any) -> date:
        """The day of a board's team on which the digest before was written."""
        return local_day(self.span.since, head.time_zone)


def gather(viewer: Viewer, span: Span, told: dict[str, list[str]] | None) -> Facts:
    """Ask for all of it, as the viewer sees it at this moment.

    ``told`` is which signals earlier digests told, by measure: its day and its nature; ``None`` for a first digest.
    """
    own = happenings.own(viewer)
    coached = learners.boards_of(viewer)
    ids = sorted({head.id for head in (*own, *coached)})
    rows = beside.signals(viewer, [head.id for head in own], _first(span, told))
    signals, memory = fresh(rows, told or {})
    return Facts(
        viewer,
        span,
        own,
        coached,
        learners.predictions([head.id for head in coached], ALWAYS_RIGHT) if coached else {},
        happenings.happened(viewer, ids, span),
        beside.answers(viewer, ids, span),
        signals,
        memory,
    )


def _first(span: Span, told: dict[str, list[str]] | None) -> date:
    return span.since.date() if told is None else (span.since - LATE).date()


def fresh(rows: list[Any], told: dict[str, list[str]]) -> tuple[list[Signal], dict[str, list[str]]]:
    """Which signals are news, and what the reader knows after them.

    A signal that goes on from reading to reading is one thing, which is told once: it is news where the last that was
    told of the measure lay before its first reading, or said something else.
    """
    news, memory = [], {}
    for row in rows:
        episode = episodes.of_chart(Glance(row.id, row.stamp, row.body))
        if episode is None:
            continue
        known = told.get(str(row.id))
        memory[str(row.id)] = [episode.last.isoformat(), episode.nature.value]
        if known is None or known[0] < episode.first.isoformat() or known[1] != episode.nature.value:
            news.append(Signal(row, episode))
    return news, memory
