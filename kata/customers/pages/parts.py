"""What several pages show: a moment of truth with all that hangs on it, and how a team listens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from kata.access.policy import Viewer
from kata.customers import work
from kata.customers.queries import moments as queries
from kata.customers.words import ENOUGH_SOURCES, NEXT_SOURCE, RHYTHM, SAYS, SAYS_ICON, SOURCE
from kata.measures.glance import Glance
from kata.measures.pages.small import small_chart
from kata.measures.pictures import pictures_of
from kata.measures.words import KIND

WORDS: dict[str, Any] = {
    "SOURCE": SOURCE,
    "SAYS": SAYS,
    "SAYS_ICON": SAYS_ICON,
    "RHYTHM": RHYTHM,
    "KIND": KIND,
}
TIPS = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A measure of a moment with its chart at a glance, which it has once something was read."""

    measure: Any
    glance: Glance | None

    @property
    def latest(self) -> tuple[date, float] | None:
        """Day and value of the newest reading."""
        return self.glance.latest if self.glance else None

    def chart(self) -> Markup | None:
        """The small chart; asked for where it is shown, since a journey shows the newest value only."""
        return small_chart(self.measure, self.glance) if self.glance and self.glance.days else None


@dataclass(frozen=True, slots=True)
class Card:
    """A moment of truth: its measures, its newest voices and how many there are, and what works on it.

    ``heard`` is ``None`` where the team keeps its voices to itself.
    """

    moment: Any
    measures: tuple[Told, ...]
    voices: tuple[Any, ...]
    heard: int | None
    work: Sequence[work.Work]


@dataclass(frozen=True, slots=True)
class Source:
    """A way of listening: how many voices came through it in the last twelve months and ever, and the last day."""

    name: str
    recent: int
    total: int
    last: date


@dataclass(frozen=True, slots=True)
class Listens:
    """Through which sources a team listens. ``closed``: to itself; ``told``: this viewer hears it all the same."""

    closed: bool
    told: bool
    sources: tuple[Source, ...]

    @property
    def in_use(self) -> tuple[Source, ...]:
        return tuple(each for each in self.sources if each.recent)

    @property
    def is_enough(self) -> bool:
        return len(self.in_use) >= ENOUGH_SOURCES

    @property
    def heard(self) -> int:
        return sum(each.total for each in self.sources)

    @property
    def tips(self) -> list[object]:
        """What the team could do next, the easiest first: ways of listening that it does not use."""
        used = {each.name for each in self.in_use}
        return [how for name, how in NEXT_SOURCE.items() if name not in used][:TIPS]


def cards(
    viewer: Viewer,
    moments: Sequence[Any],
    counts: Mapping[int | None, int],
    voices: Mapping[int, Sequence[Any]] | None = None,
) -> list[Card]:
    """Moments with what hangs on them: three statements for all; ``counts`` has those that the viewer is told of."""
    ids = [each.id for each in moments]
    measures, works = measures_of(ids), work.on(viewer, ids)
    return [
        Card(
            moment=each,
            measures=measures.get(each.id, ()),
            voices=tuple((voices or {}).get(each.id, ())),
            heard=counts.get(each.id),
            work=works[each.id],
        )
        for each in moments
    ]


def measures_of(moment_ids: Sequence[int]) -> dict[int, tuple[Told, ...]]:
    """The measures of each moment with what their charts say, in two statements."""
    linked = queries.measures_of(moment_ids)
    seen = pictures_of(row.id for rows in linked.values() for row in rows)
    return {moment: tuple(Told(row, seen.get(row.id)) for row in rows) for moment, rows in linked.items()}


def listens(rows: Iterable[Any], *, closed: bool, told: bool) -> Listens:
    """How a team listens, from its rows of ``queries.voices.sources``; the most used source first."""
    recent: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    last: dict[str, date] = {}
    for row in rows:
        recent[row.source] += row.recent
        total[row.source] += row.total
        last[row.source] = max(row.last, last.get(row.source, row.last))
    found = [Source(name, recent[name], total[name], last[name]) for name in total]
    found.sort(key=lambda each: (-each.recent, -each.total, each.name))
    return Listens(closed, told, tuple(found))


def counted(rows: Iterable[Any], told: Iterable[int]) -> dict[int | None, int]:
    """How many voices were heard at each of the moments ``told``, from the same rows."""
    counts: dict[int | None, int] = dict.fromkeys(told, 0)
    for row in rows:
        counts[row.moment_id] = counts.get(row.moment_id, 0) + row.total
    return counts
