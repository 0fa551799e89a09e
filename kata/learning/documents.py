"""What can be found of each thing: which of its texts, since when, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, select

from kata.alignment.models import Barrier, BarrierAnswer
from kata.customers.models import Voice
from kata.learning import wording
from kata.storyboards.models import (
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Storyboard,
    TargetCondition,
)
from kata.storyboards.models.conditions import steps_as_text

Parts = list[list[str]]


@dataclass(frozen=True)
class Document:
    """A thing as the index holds it; ``words`` are the stems of the words of all its parts."""

    columns: dict[str, Any]
    words: str


def _nothing_more(_connection: Connection, _row: Any) -> Parts:
    return []


def _never(_row: Any) -> bool:
    return False


@dataclass(frozen=True)
class Source:
    """A table whose rows can be found; ``reads`` are the columns that a change of which changes the document.

    ``more`` reads texts that belong to a row and lie elsewhere; ``leaves`` says that a row is not to be found any more.
    """

    kind: str
    model: Any
    parts: tuple[str, ...]
    at: Callable[[Any], datetime]
    reads: tuple[str, ...] = ()
    more: Callable[[Connection, Any], Parts] = _nothing_more
    leaves: Callable[[Any], bool] = _never

    @property
    def watched(self) -> tuple[str, ...]:
        return (*self.parts, *self.reads)

    @property
    def has_more(self) -> bool:
        return self.more is not _nothing_more

    def document(self, connection: Connection, row: Any, language: str) -> Document | None:
        """The document of an entity or of a row of its columns; ``None`` where it says nothing."""
        parts = [[name, text] for name in self.parts if (text := _text(name, getattr(row, name)))]
        if not parts or self.leaves(row):
            return None
        parts += self.more(connection, row)
        is_board = self.model is Storyboard
        columns = {
            "kind": self.kind,
            "subject_id": row.id,
            "board_id": row.id if is_board else getattr(row, "board_id", None),
            "area_id": row.area_id if self.model is Challenge else None,
            "team_id": row.team_id if self.model is Voice else None,
            "target_id": row.id if self.model is TargetCondition else getattr(row, "target_id", None),
            "measure_id": getattr(row, "measure_id", None),
            "at": self.at(row),
            "parts": parts,
        }
        return Document(columns, wording.as_kept((text for _name, text in parts), language))


def _text(name: str, value: Any) -> str:
    return steps_as_text(value) if name == "steps" else str(value)


def _ended_or_made(row: Any) -> datetime:
    moment: datetime = row.ended_at or row.created_at
    return moment


def _made(row: Any) -> datetime:
    moment: datetime = row.created_at
    return moment


def _board_ended(row: Any) -> datetime:
    moment: datetime = datetime.combine(row.ended_on, time(12), UTC) if row.ended_on else row.started_at
    return moment


def _raised(row: Any) -> datetime:
    moment: datetime = row.raised_at
    return moment


def _heard(row: Any) -> datetime:
    return datetime.combine(row.heard_on, time(12), UTC)


def _put_away(voice: Any) -> bool:
    return voice.archived_at is not None


def _answer(connection: Connection, barrier: Any) -> Parts:
    """The answer that holds, in the leader's words."""
    words = connection.scalar(ANSWER, {"barrier": barrier.id}) if barrier.answered_at is not None else None
    return [["answer", words]] if words else []


#: Built once: making the statement costs more than running it.
ANSWER = (
    select(BarrierAnswer.words)
    .where(BarrierAnswer.barrier_id == bindparam("barrier", type_=Integer))
    .order_by(BarrierAnswer.id.desc())
    .limit(1)
)

SOURCES = (
    Source(
        "experiment",
        Experiment,
        ("step", "expectation", "happened", "learned", "set_aside_reason"),
        _ended_or_made,
        ("ended_at", "measure_id"),
    ),
    Source("target", TargetCondition, ("pattern", "reflection"), _ended_or_made, ("ended_at",)),
    Source("obstacle", Obstacle, ("text", "note"), _ended_or_made, ("ended_at",)),
    Source("challenge", Challenge, ("statement",), _made, ("measure_id",)),
    Source("condition", CurrentCondition, ("facts", "steps"), _made),
    Source("reflection", Storyboard, ("reflection",), _board_ended, ("ended_on",)),
    Source("barrier", Barrier, ("text", "cost"), _raised, more=_answer),
    Source("voice", Voice, ("words", "why"), _heard, ("heard_on", "archived_at"), leaves=_put_away),
)
