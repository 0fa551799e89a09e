"""What the pages of this room have in common: words, and the subject as it stands now."""

from __future__ import annotations

from typing import Any

from kata.access.policy import Viewer
from kata.measures import queries
from kata.measures.models import Measure, Reading
from kata.measures.words import BETTER, BETTER_ICON, CADENCE, FIGURE, KIND, PRESET, SHIFT, STATE, TREND, WAS

WORDS: dict[str, Any] = {
    "BETTER": BETTER,
    "BETTER_ICON": BETTER_ICON,
    "CADENCE": CADENCE,
    "FIGURE": FIGURE,
    "KIND": KIND,
    "PRESET": PRESET,
    "SHIFT": SHIFT,
    "STATE": STATE,
    "TREND": TREND,
    "WAS": WAS,
}


def measure(viewer: Viewer, measure_id: int) -> Measure:
    """The measure as it stands now."""
    found = queries.measure(viewer, lock=False, measure_id=measure_id)
    if found is None:
        raise LookupError(f"measure {measure_id} went away while it was shown")
    return found


def reading(viewer: Viewer, reading_id: int) -> Reading:
    """The reading as it stands now, with its measure and team."""
    found = queries.reading(viewer, lock=False, reading_id=reading_id)
    if found is None:
        raise LookupError(f"reading {reading_id} went away while it was shown")
    return found
