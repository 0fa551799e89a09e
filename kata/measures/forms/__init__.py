"""What the measures room asks for."""

from kata.measures.forms.grid import GridForm, grid
from kata.measures.forms.measures import (
    ChartForm,
    MeasureEditForm,
    MeasureFields,
    MeasureForm,
    chart_settings,
    description,
    new_measure,
)
from kata.measures.forms.parts import VersionForm
from kata.measures.forms.phases import PhaseForm, new_phase
from kata.measures.forms.readings import (
    CorrectionForm,
    NoteForm,
    PasteForm,
    ReadingForm,
    StrikeForm,
    correction,
    new_reading,
    note,
    strike,
)

__all__ = [
    "ChartForm",
    "CorrectionForm",
    "GridForm",
    "MeasureEditForm",
    "MeasureFields",
    "MeasureForm",
    "NoteForm",
    "PasteForm",
    "PhaseForm",
    "ReadingForm",
    "StrikeForm",
    "VersionForm",
    "chart_settings",
    "correction",
    "description",
    "grid",
    "new_measure",
    "new_phase",
    "new_reading",
    "note",
    "strike",
]
