"""Who works on a moment of truth: told by the rooms above, which this one does not know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kata.access.policy import Viewer


class Work(NamedTuple):
    """Something that works on a moment of truth: what it is called, where it is, who learns there."""

    label: str
    href: str
    who: str


Provider = Callable[[Viewer, Sequence[int]], Mapping[int, Sequence[Work]]]

_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Let a room above tell, in one statement for a whole page, what works on these moments by their ids."""
    _providers.append(provider)


def on(viewer: Viewer, moment_ids: Sequence[int]) -> dict[int, list[Work]]:
    """What the viewer may know to work on each of these moments; none is missing from the answer."""
    found: dict[int, list[Work]] = defaultdict(list, {each: [] for each in moment_ids})
    for provider in _providers if moment_ids else ():
        for moment_id, work in provider(viewer, moment_ids).items():
            found[moment_id].extend(work)
    return found
