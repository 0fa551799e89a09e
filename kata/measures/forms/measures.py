"""What is asked about a measure: what it counts, what is wanted of it, and how its chart is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired, Optional

from kata.measures import shares
from kata.measures.actions import Described
from kata.measures.forms.parts import pick, said, source
from kata.measures.models import Measure
from kata.measures.words import BETTER, CADENCE, FIGURE, FIGURE_HINT, KIND, KIND_HINT, PRESET, PRESET_HINT, SHIFT, TREND
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, WholeField, line, number, offer, words


def _one_name() -> str:
    return str(_("Your team has a measure of this name already."))


# PostgreSQL names the constraint, SQLite the columns.
CONSTRAINTS["uq_measure_team_id_name"] = CONSTRAINTS["measure.team_id, measure.name"] = ("name", _one_name)

TEXTS = ("name", "unit", "kind", "better", "definition", "source")


def _person(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class MeasureFields(Form):
    """What describes a measure. A share lies between 0 and 100 % by its nature; a rate is counted for so many."""

    kind_hints, figure_hints = KIND_HINT, FIGURE_HINT

    name = line(_l("Name"), longest=120, required=_l("Give the measure a name."))
    unit = line(_l("Unit"), longest=40)
    kind = pick(_l("Kind"), KIND, _l("Say whether it is an outcome or a process measure."))
    better = pick(_l("Better direction"), BETTER, _l("Say which direction is better."))
    definition = words(_l("Operational definition"), longest=4000)
    source = line(_l("Source"), longest=300)
    figure = RadioField(
        _l("How it is counted"),
        choices=lambda: said(FIGURE),
        default="plain",
        validate_choice=False,
        validators=[Optional(), AnyOf(list(FIGURE), message=_l("Say how it is counted."))],
    )
    per = number(_l("For how many"))
    low = number(_l("Lowest possible value"))
    high = number(_l("Highest possible value"))
    target = number(_l("Target"))
    cadence = SelectField(_l("How often"), choices=lambda: offer(CADENCE.items()), default="")
    owner_id = SelectField(_l("Owner"), coerce=_person, choices=[], validators=[Optional()])

    def offer_owners(self, people: Sequence[tuple[int, str]]) -> None:
        """Fill the choice of people."""
        self.owner_id.choices = offer([("", _("nobody in particular")), *people])

    def validate_per(self, field: Any) -> None:
        """A rate needs to know for how many it is counted."""
        if self.figure.data == "rate" and not field.errors and not (field.data and field.data > 0):
            field.errors = [_("Say for how many: for each 1, 100 or 1,000. It must be more than 0.")]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Also where an empty number passed its own rules: a rate without one is none."""
        passed = super().validate(*args, **kwargs)
        self.validate_per(self.per)
        return passed and not self.per.errors

    def mine(self, name: str) -> object:
        """A share's bounds go without saying, so what was meant is compared, not what was typed."""
        if name in ("per", "low", "high"):
            return dict(self.described())[name]
        return super().mine(name)

    def described(self) -> Described:
        """The fields as ``actions.create`` and ``actions.rewrite`` take them."""
        texts = {name: self[name].data or "" for name in TEXTS}
        found: Described = {
            **texts,  # type: ignore[typeddict-item]  # these names
            "per": None,
            "low": self.low.data,
            "high": self.high.data,
            "target": self.target.data,
            "cadence": self.cadence.data or "",
            "owner_id": self.owner_id.data,
        }
        if self.figure.data == "share":
            found["per"], found["low"], found["high"] = shares.WHOLE, 0.0, shares.WHOLE
            found["unit"] = texts["unit"] or "%"
        elif self.figure.data == "rate":
            found["per"] = self.per.data
        return found


class MeasureForm(OnceMixin, MeasureFields):
    """A new measure."""


class MeasureEditForm(VersionMixin, MeasureFields):
    """A measure described better."""


class ChartForm(VersionMixin, Form):
    """How the chart is read: every threshold in sight."""

    preset_hints = PRESET_HINT

    preset = pick(_l("Chart and rules"), PRESET, _l("Pick one of the charts."))
    shift = SelectField(
        _l("A shift is"),
        coerce=int,
        choices=lambda: offer(SHIFT.items()),
        validators=[InputRequired(_l("Pick how long a shift is."))],
    )
    trend = SelectField(
        _l("A trend is"),
        coerce=int,
        choices=lambda: offer(TREND.items()),
        validators=[InputRequired(_l("Pick how long a trend is."))],
    )
    screened = BooleanField(_l("Leave extreme jumps out of the limits (screening)"))
    baseline = WholeField(_l("Lock the limits to the first"), validators=[Optional()])

    def configured(self) -> dict[str, Any]:
        """The fields as ``actions.configure`` takes them."""
        return {name: self[name].data for name in ("preset", "shift", "trend", "screened", "baseline")}


def description(measure: Measure, people: Sequence[tuple[int, str]], *, sent: bool = False) -> MeasureEditForm:
    """The form with the measure as it stands, or as it was sent."""
    kind = shares.figure(measure.per, measure.low, measure.high)
    now = {name: getattr(measure, name) for name in (*TEXTS, "low", "high", "target", "cadence", "owner_id", "version")}
    form = MeasureEditForm(
        data={**now, "figure": kind, "per": measure.per if kind == "rate" else None},
        draft=f"measure-{measure.id}",
        **source(sent),
    )
    owner = measure.owner
    former = [(owner.id, owner.name)] if owner and owner.id not in dict(people) else []
    form.offer_owners([*people, *former])
    return form


def new_measure(team_id: int, people: Sequence[tuple[int, str]]) -> MeasureForm:
    """A blank measure of a team, or the one that was sent."""
    form = MeasureForm(draft=f"team-{team_id}-measure")
    form.offer_owners(people)
    return form


def chart_settings(measure: Measure, *, sent: bool = False) -> ChartForm:
    """The form with the chart's settings as they stand, or as they were sent."""
    now = {name: getattr(measure, name) for name in ("preset", "shift", "trend", "screened", "baseline", "version")}
    return ChartForm(data=now, draft=f"measure-{measure.id}-chart", **source(sent))
