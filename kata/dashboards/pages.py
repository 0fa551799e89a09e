"""Today, worked out: what is due for whom, in order."""

from __future__ import annotations

from dataclasses import dataclass

from kata import clock
from kata.access.policy import Viewer
from kata.dashboards import queries
from kata.storyboards import pages
from kata.storyboards.pages import Place


@dataclass(frozen=True)
class Today:
    """``now`` are the viewer's own boards that ask for something, most urgent first; ``later`` those that can wait;

    ``learners`` the boards they coach, the one most in need first. ``cut`` says that there may be more.
    """

    now: tuple[Place, ...]
    later: tuple[Place, ...]
    learners: tuple[Place, ...]
    cut: bool

    @property
    def is_empty(self) -> bool:
        return not (self.now or self.later or self.learners)


def today(viewer: Viewer) -> Today:
    """What is due for the viewer."""
    places = [pages.place_of(viewer, head) for head in queries.boards_of(viewer)]
    own = sorted((place for place in places if place.head.learner_id == viewer.person_id), key=_need)
    coached = sorted((place for place in places if place.head.learner_id != viewer.person_id), key=_need)
    return Today(
        now=tuple(place for place in own if _urgency(place) < 7),
        later=tuple(place for place in own if _urgency(place) >= 7),
        learners=tuple(coached),
        cut=len(places) == queries.MOST,
    )


def _urgency(place: Place) -> int:
    return place.prompt.urgency if place.prompt else 9


def _need(place: Place) -> tuple[int, bool, object, int]:
    due = place.prompt.due if place.prompt else None
    return (_urgency(place), due is None, due or clock.now().date(), -place.id)
