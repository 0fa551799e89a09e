"""What the pages of this room show, read afresh so that they are right after a commit and after a rollback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from kata.access.policy import Viewer
from kata.charts import Labels, SmallChart, small
from kata.imports import measuring, queries, words
from kata.imports.facts import Facts
from kata.imports.models import Upload
from kata.measures.glance import Glance
from kata.measures.meaning import meaning
from kata.measures.models import Measure
from kata.measures.words import STATE
from kata.tallies import Reason, from_plain
from kata.web.htmx import Partial
from kata.web.language import reader


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A reading of the preview: ``new``, ``known``, or a ``correction`` of what it ``was``."""

    state: str
    day: date
    value: float
    was: float | None
    counts: list[float] | None
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview as the page shows it."""

    told: dict[str, Any]
    lines: list[PreviewLine]
    more: int
    chart: SmallChart | None
    sentences: list[str]
    unit: str
    left_out: list[tuple[int, str, str]]
    flaws: list[str]

    @property
    def is_question(self) -> bool:
        return bool(self.told.get("questions"))

    @property
    def offer(self) -> str:
        """The words on the button that saves."""
        new, changed = self.told["new"], self.told["changed"]
        if new and changed:
            return str(_("Save %(new)s new, correct %(changed)s", new=new, changed=changed))
        if changed:
            return str(ngettext("Save one correction", "Save %(num)s corrections", changed))
        return str(ngettext("Save one reading", "Save %(num)s readings", new))

    @property
    def columns(self) -> list[str]:
        """Columns that the recipe names and the file lacks."""
        return list(self.told.get("lacking", ()))


def start(viewer: Viewer, form: Any) -> dict[str, Any]:
    """The page on which an import begins."""
    return {
        "form": form,
        "recipes": queries.recipes(viewer.teams),
        "uploads": queries.uploads_of(viewer.person_id),
        "STATE": words.STATE,
    }


def upload(viewer: Viewer, upload_id: int) -> Upload:
    """The upload as it stands now."""
    found = queries.upload(viewer, lock=False, upload_id=upload_id)
    if found is None:
        raise LookupError(f"upload {upload_id} went away while it was shown")
    return found


def facts(of: Upload) -> Facts | None:
    """What is known of the file; nothing before it has been read."""
    plain = of.outcome.get("facts")
    return Facts.from_plain(plain) if plain else None


def step(of: Upload, choices_form: Any, table_form: Any, save_form: Any) -> Partial:
    """Where the upload stands: being read, waiting for an answer, being saved, done, or not taken."""
    context: dict[str, Any] = {"upload": of, "form": choices_form, "table_form": table_form, "save_form": save_form}
    context |= {"facts": facts(of), "shown": _shown(of), "refusals": words.refusals(of.outcome), "KINDS": words.KIND}
    context |= {"encoding": words.encoding, "delimiter": words.delimiter}
    context |= {"total": of.outcome.get("total", 0), "siblings": queries.siblings(of), "STATE": STATE}
    context["measure"] = queries.measure(of.measure_id) if of.state == "done" and of.measure_id else None
    return Partial("import", "imports/_import.html", context)


def _shown(of: Upload) -> Shown | None:
    told = of.outcome.get("preview")
    if of.state != "asked" or not told:
        return None
    lines = [PreviewLine(state, date.fromisoformat(day), *rest) for state, day, *rest in told.get("lines", ())]
    readings = sum(told.get(name, 0) for name in ("new", "changed", "known"))
    measure = _measure(of, told) if told.get("glance") else None
    chart, sentences = _chart(told, measure) if measure else (None, [])
    left_out = [
        (seen["count"], str(words.LEFT_OUT[Reason(reason)]), _examples(seen["examples"]))
        for reason, seen in told.get("left_out", {}).items()
    ]
    flaws = [words.flaw(each) for each in told.get("flaws", ())]
    unit = measure.unit if measure else ""
    return Shown(told, lines, readings - len(lines), chart, sentences, unit, left_out, flaws)


def _measure(of: Upload, told: dict[str, Any]) -> Measure:
    wanted = of.choices["measure"]
    if "id" in wanted:
        return queries.measure(wanted["id"])
    return measuring.draft(of.team, measuring.described(wanted, from_plain(told["recipe"]), of.file_name))


def _chart(told: dict[str, Any], measure: Measure) -> tuple[SmallChart, list[str]]:
    seen = Glance(0, 0, told["glance"])
    labels = Labels.of(reader().locale, measure.unit)
    drawn = small(seen.analysis, seen.days, labels, bounds=(measure.low, measure.high))
    said = meaning(seen.analysis, measure.unit)
    return drawn, [str(said.sentence), *map(str, said.cautions)]


def _examples(examples: list[list[Any]]) -> str:
    """row 12 “?”, row 40 “soon”"""
    return ", ".join(
        _("row %(row)s “%(value)s”", row=row, value=value) if value else _("row %(row)s", row=row)
        for row, value in examples
    )
