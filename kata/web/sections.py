"""Sections that a room higher up adds to a page of a room below, without an import that points upwards.

The team's page belongs to the room of teams, but its boards and measures belong to theirs: those rooms say at import
which section they have for a page, and the page's route asks for them before its template renders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from kata.web.htmx import Partial

Provider = Callable[[Any], Partial | None]

_providers: dict[str, list[Provider]] = defaultdict(list)


def add(page: str, provider: Provider) -> None:
    """Let ``provider`` make a section of ``page`` from the page's subject, or ``None`` for no section."""
    _providers[page].append(provider)


def of(page: str, subject: Any) -> list[Markup]:
    """The sections that other rooms have for ``page``, rendered, in the order in which the rooms came."""
    made = (provider(subject) for provider in _providers[page])
    return [Markup(section.render()) for section in made if section]  # noqa: S704 - rendered by our own templates
