"""What people did and wanted while a measure was read, told by the rooms above, which this one does not know.

A room adds its provider at import; the measure's page asks all of them. A provider is given the viewer and must leave
out what they may not see. What it tells stands beside the readings, and never claims to be their cause.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from kata.access.policy import Viewer
from kata.charts import Condition, Experiment


class Told(NamedTuple):
    """Target conditions with their days, experiments with what was expected and what happened, and notes by day.

    Tuples all through, since a drawn chart is kept under what it tells.
    """

    conditions: tuple[Condition, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    notes: tuple[tuple[date, str], ...] = ()


Provider = Callable[[Viewer, int], Told]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Let ``provider`` tell, for a viewer and the id of a measure, what happened beside its readings."""
    _providers.append(provider)


def of(viewer: Viewer, measure_id: int) -> Told:
    """Everything that the rooms above tell this viewer about a measure."""
    told = [provider(viewer, measure_id) for provider in _providers]
    return Told(
        tuple(each for one in told for each in one.conditions),
        tuple(each for one in told for each in one.experiments),
        tuple(each for one in told for each in one.notes),
    )
