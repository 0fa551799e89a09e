"""A digest as a whole: one mail for all the roles that somebody holds, or nothing when nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from kata.access.policy import Viewer
from kata.notifications.pages import coach, leader, learner
from kata.notifications.pages.facts import gather
from kata.notifications.pages.parts import Section
from kata.notifications.queries.happenings import Span
from kata.web.text import weekday


@dataclass(frozen=True)
class Digest:
    """What one reader is told of one span of time. ``memory`` is which signals they know of afterwards."""

    viewer: Viewer
    span: Span
    sections: tuple[Section, ...]
    memory: dict[str, list[str]]

    @property
    def changed(self) -> bool:
        """Whether anything happened; what only still waits is no reason to write."""
        return any(section.news for section in self.sections)

    @property
    def subject(self) -> str:
        return str(_("What changed since %(day)s", day=weekday(self.span.since)))


def digest(viewer: Viewer, span: Span, told: dict[str, Any]) -> Digest:
    """What the viewer may read at this moment of what happened. ``told`` is what the digest before was about."""
    facts = gather(viewer, span, told.get("signals") if told else None)
    learns, leads = learner.due(facts), (*coach.sections(facts), *leader.sections(facts))
    parts = (*learns, *leads) if facts.own else (*leads, *learns)
    return Digest(viewer, span, (*learner.happened(facts), *parts), facts.memory)


def as_text(found: Digest, home: str, foot: list[str]) -> str:
    """The mail for who reads plain text: every line with the whole address of its place."""
    return "\n".join([*_head(found), *_body(found, home), "-- ", *foot, ""])


def _head(found: Digest) -> Iterator[str]:
    yield found.subject
    yield ""


def _body(found: Digest, home: str) -> Iterator[str]:
    for section in found.sections:
        yield section.title.upper()
        yield ""
        for line in section.lines:
            yield f"* {_flat(line.what)}"
            if line.where:
                yield f"  {_flat(line.where)}"
            for said in line.said:
                yield f"  {said.name}: {_flat(said.words)}"
            yield f"  {home}{line.href}"
            yield ""
        if section.more:
            yield f"{_('There is more:')} {home}{section.more}"
            yield ""


def _flat(words: str) -> str:
    """Somebody's words on one line, so that none of them looks like a line of ours."""
    return " ".join(words.split())
