"""The readings that are due, for Today: each a line that opens into its form and says afterwards what was read."""

from __future__ import annotations

from kata.access.policy import Viewer
from kata.measures import queries
from kata.measures.forms import ReadingForm, new_reading
from kata.measures.models import Measure
from kata.measures.pages.measure import Stand, today
from kata.web.htmx import Partial


def due(viewer: Viewer) -> Partial | None:
    """The section: one statement, and none for somebody without a team."""
    found = queries.due_measures(viewer)
    return Partial("measures-due", "measures/_due.html", {"due": found}) if found else None


def due_line(viewer: Viewer, of: Measure) -> Partial:
    """A measure's line as it waits; one of which nothing is due any more says what was read last."""
    row = next((each for each in queries.due_measures(viewer) if each.id == of.id), None)
    return Partial(_root(of), "measures/_due_line.html", {"row": row}) if row else read_line(of)


def due_form(of: Measure, form: ReadingForm | None = None) -> Partial:
    """The line open: the reading of today, unless somebody says of which day."""
    form = form or new_reading(of, today(of))
    return Partial(_root(of), "measures/_due_form.html", {"measure": of, "form": form, "today": today(of)})


def read_line(of: Measure) -> Partial:
    """The line after its reading: the number, and whether the chart calls it a signal."""
    whole = Stand.now(of, {}).seen.whole
    context = {"measure": of, "latest": whole.values[-1] if whole.values else None, "analysis": whole.analysis}
    return Partial(_root(of), "measures/_due_read.html", context)


def _root(of: Measure) -> str:
    return f"measure-{of.id}-due"
