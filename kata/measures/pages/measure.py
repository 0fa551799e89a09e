"""The measure's page: its chart, what it is, how its chart is read, its phases, its readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.measures import alarms, queries
from kata.measures.annotations import of as told_of
from kata.measures.cadence import Due, next_due
from kata.measures.forms import ChartForm, ReadingForm
from kata.measures.forms import new_reading as new_reading_form
from kata.measures.glance import Glance
from kata.measures.models import Measure
from kata.measures.pages import figures
from kata.measures.pages.figures import View
from kata.measures.pages.parts import WORDS
from kata.measures.pages.table import readings
from kata.measures.pictures import pictures_of
from kata.measures.queries import PhaseRow
from kata.teams.cadence import PracticeDays, local_day
from kata.web import sections
from kata.web.forms import Form
from kata.web.htmx import Partial


@dataclass(frozen=True, slots=True)
class Stand:
    """A measure with everything that its page reads once: its picture, phases, and the part of the chart shown."""

    of: Measure
    glance: Glance | None
    phases: list[PhaseRow]
    seen: View

    @classmethod
    def now(cls, of: Measure, address: Mapping[str, str]) -> Stand:
        """As it stands now, at the place that the address names."""
        glance, phases = pictures_of([of.id]).get(of.id), queries.phases(of.id)
        return cls(of, glance, phases, figures.view(figures.found(of, glance, phases), address))

    @property
    def due(self) -> Due | None:
        """When the next reading is due, where the measure has a cadence."""
        team = self.of.team
        since, practice = local_day(self.of.created_at, team.time_zone), PracticeDays.from_mask(team.practice_days)
        values = self.seen.whole.values
        return next_due(self.of.cadence, values[-1].day if values else None, since, practice, today(self.of))


def today(of: Measure) -> date:
    """The day it is where the team is."""
    return clock.today(of.team.time_zone)


def head(now: Stand) -> Partial:
    """Name, team, newest value, and when the next is due."""
    whole = now.seen.whole
    context = {
        "measure": now.of,
        "latest": whole.values[-1] if whole.values else None,
        "analysis": whole.analysis,
        "due": now.due,
        **WORDS,
    }
    return Partial("measure-head", "measures/_head.html", context)


def chart(viewer: Viewer, now: Stand) -> Partial:
    """The chart with its sentence and verdict; nothing but an invitation where nothing was read yet."""
    whole, drawn = now.seen.whole, None
    if whole.days:
        told = told_of(viewer, now.of.id)
        drawn = figures.figure(now.of, now.glance, now.seen, told)
    context = {
        "measure": now.of,
        "figure": drawn,
        "seen": now.seen,
        "new_level": whole.new_level,
    }
    return Partial("measure-chart", "measures/_chart.html", context)


def sheet(viewer: Viewer, now: Stand) -> str:
    """The chart as an SVG file; there must be a reading."""
    return figures.sheet_of(now.of, now.seen, told_of(viewer, now.of.id), today(now.of))


def about(of: Measure, trouble: Form | None = None) -> Partial:
    """What the measure is; with the button that was refused, where one was."""
    return Partial("measure-about", "measures/_about.html", {"measure": of, "trouble": trouble, **WORDS})


def about_form(of: Measure, form: Form) -> Partial:
    """The same place while somebody rewrites it."""
    return Partial("measure-about", "measures/_about_form.html", {"measure": of, "form": form})


def rules(now: Stand) -> Partial:
    """How the chart is read: every threshold, and how often it cries wolf."""
    analysis = now.seen.whole.analysis
    context = {"measure": now.of, "analysis": analysis, "alarm": alarms.one_in(now.of.preset, analysis.last.n), **WORDS}
    return Partial("measure-rules", "measures/_rules.html", context)


def rules_form(now: Stand, form: ChartForm) -> Partial:
    """The same place while somebody changes it."""
    return Partial("measure-rules", "measures/_rules_form.html", {**rules(now).context, "form": form})


def phases(now: Stand, form: Form | None = None, trouble: Form | None = None) -> Partial:
    """The phases with who, when and why; with the form for a new one, or the button that was refused."""
    context = {
        "measure": now.of,
        "phases": now.phases,
        "phase_form": form,
        "phase_trouble": trouble,
        "today": today(now.of),
    }
    return Partial("measure-phases", "measures/_phases.html", context)


def new_reading(of: Measure, form: ReadingForm | None = None) -> Partial:
    """The form above the table; beside a refused day, the reading that this day has."""
    now = today(of)
    form = form or new_reading_form(of, now)
    clash = queries.on_day(of.id, form.day.data) if form.day.errors and form.day.data else None
    context = {"measure": of, "form": form, "today": now, "clash": clash.id if clash else None}
    return Partial("reading-new", "measures/_reading_new.html", context)


def whole(viewer: Viewer, now: Stand, form: ReadingForm | None = None) -> tuple[Partial, ...]:
    """All of a measure's page, the table last."""
    return (
        head(now),
        chart(viewer, now),
        new_reading(now.of, form),
        about(now.of),
        rules(now),
        phases(now),
        readings(now.of, now.seen.whole, now.seen.place),
    )


def together(*partials: Partial) -> dict[str, Any]:
    """The context of a page that includes these partials."""
    return {name: value for partial in partials for name, value in partial.context.items()}


def page_of(of: Measure, *partials: Partial) -> dict[str, Any]:
    """The context of the measure's page: its own partials, and what other rooms say about it."""
    return {"sections": sections.of("measure", of), **together(*partials)}
