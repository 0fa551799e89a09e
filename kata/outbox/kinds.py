"""Which kinds of mails there are, and who finds the words of each: the rooms say so at import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from kata.outbox.models import Mail


@dataclass(frozen=True)
class Letter:
    """The words of a mail, whole. ``remember`` is added to what the mail is about, for the next of its kind."""

    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    remember: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """``write`` finds the words of a mail now, reading only; ``None`` where there is nothing left to say.

    ``before`` does what must stand when the words arrive, such as the link in them; done again it changes nothing.
    A mail that could not be handed over within ``lifetime`` expires: its words would come too late.
    """

    name: str
    label: Any
    lifetime: timedelta
    write: Callable[[Mail], Letter | None]
    before: Callable[[Mail], None] | None = None


_kinds: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    """Let mails of this kind be written."""
    _kinds[kind.name] = kind


def kind(name: str) -> Kind:
    """The kind of this name."""
    return _kinds[name]


def label(name: str) -> str:
    """What a kind is called; of one that is no more, its name."""
    return str(_kinds[name].label) if name in _kinds else name
