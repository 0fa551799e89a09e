"""Every write of the measures room. Each one that changes what a chart says draws its picture anew."""

from kata.measures.actions.given import Given
from kata.measures.actions.measures import Described, archive, configure, create, restore, rewrite
from kata.measures.actions.phases import remove_phase, restore_phase, start_phase
from kata.measures.actions.readings import (
    Change,
    Comparison,
    RowsChanged,
    add_reading,
    annotate,
    compare,
    correct,
    restore_reading,
    save,
    save_rows,
    strike,
)

__all__ = [
    "Change",
    "Comparison",
    "Described",
    "Given",
    "RowsChanged",
    "add_reading",
    "annotate",
    "archive",
    "compare",
    "configure",
    "correct",
    "create",
    "remove_phase",
    "restore",
    "restore_phase",
    "restore_reading",
    "rewrite",
    "save",
    "save_rows",
    "start_phase",
    "strike",
]
