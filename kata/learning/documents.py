"""What can be found of each thing: which of its texts, since when, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

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


@dataclass(frozen=True)
class Document:
    """A thing as the index holds it; ``words`` are the folded words of all its parts."""

    columns: dict[str, Any]
    words: str


@dataclass(frozen=True)
class Source:
    """A table whose rows can be found; ``reads`` are the columns that a change of which changes the document."""

    kind: str
    model: Any
    parts: tuple[str, ...]
    at: Callable[[Any], datetime]
    reads: tuple[str, ...] = ()

    @property
    def watched(self) -> tuple[str, ...]:
        return (*self.parts, *self.reads)

    def document(self, row: Any) -> Document | None:
        """The document of an entity or of a row of its columns; ``None`` where it says nothing."""
        parts = [[name, text] for name in self.parts if (text := _text(name, getattr(row, name)))]
        if not parts:
            return None
        is_board = self.model is Storyboard
        columns = {
            "kind": self.kind,
            "subject_id": row.id,
            "board_id": row.id if is_board else row.board_id,
            "area_id": getattr(row, "area_id", None),
            "target_id": row.id if self.model is TargetCondition else getattr(row, "target_id", None),
            "measure_id": getattr(row, "measure_id", None),
            "at": self.at(row),
            "parts": parts,
        }
        return Document(columns, wording.as_kept(text for _name, text in parts))


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
)
