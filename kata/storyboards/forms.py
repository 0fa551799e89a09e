"""What the storyboard asks for. Shapes and required fields only; the rules live with the models and actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from kata.storyboards.models.conditions import aims_as_text, steps_as_text
from kata.web.forms import (
    CONSTRAINTS,
    Form,
    OnceMixin,
    VersionMixin,
    WholeField,
    blank_row,
    day,
    line,
    number,
    offer,
    words,
)

CONSTRAINTS["uq_experiment_open"] = (
    "",
    lambda: _("Somebody else planned an experiment at the same moment. One at a time: look at theirs first."),
)
CONSTRAINTS["uq_obstacle_focus"] = (
    "",
    lambda: _("Somebody else put another obstacle in focus at the same moment. Look at the board again."),
)
CONSTRAINTS["uq_target_condition_active"] = (
    "",
    lambda: _("Somebody else set the target condition at the same moment. Look at the board again."),
)
CONSTRAINTS["uq_current_condition_board_id"] = (
    "",
    lambda: _("Somebody else described the condition at the same moment. Your text is here: send it again."),
)

KINDS = offer(
    [
        ("go and see", _l("Go and see")),
        ("exploratory", _l("Exploratory")),
        ("test a hypothesis", _l("Test a hypothesis")),
    ]
)
ENDINGS = offer([("achieved", _l("Achieved")), ("not achieved", _l("Not achieved")), ("left", _l("Left"))])


def _id(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def choice(label: Any, **kwargs: Any) -> SelectField:
    """A choice of a row by its id; nothing chosen is ``None``. An id that was not offered is refused."""
    return SelectField(label, coerce=_id, validators=[Optional()], **kwargs)


class BoardForm(Form):
    """The focus process and the people at the board."""

    focus_process = line(_l("Focus process"), longest=160, required=_l("Name the process that this is about."))
    learner_id = SelectField(_l("Learner"), coerce=int, validators=[InputRequired(_l("Choose whose board it is."))])
    coach_id = choice(_l("Coach"))
    second_coach_id = choice(_l("Second coach"))

    def offer(self, learners: list[tuple[int, str]], coaches: list[tuple[int, str]]) -> None:
        """Fill the choices of people."""
        nobody = [("", _("nobody yet"))]
        self.learner_id.choices = offer(learners)
        self.coach_id.choices = offer([*nobody, *coaches])
        self.second_coach_id.choices = offer([*nobody, *coaches])


class NewBoardForm(OnceMixin, BoardForm):
    """A new storyboard of a team."""

    team_id = SelectField(_l("Team"), coerce=int)
    closed = BooleanField(_l("Closed: only the team and its coaches see it"))
    practice = BooleanField(_l("A practice storyboard, to try things out"))
    serves = WholeField(widget=HiddenInput(), validators=[Optional()])


class BoardEditForm(VersionMixin, BoardForm):
    """Change the board itself."""


class ClosureForm(Form):
    """Close a board to its team, or open it."""

    closed = BooleanField()


class ReflectionForm(Form):
    """End a storyboard with what it taught."""

    reflection = words(_l("What has this taught us?"), required=_l("Write what it taught; that is what stays."))


class OpeningForm(OnceMixin, Form):
    """Why an administrator looks into a closed board."""

    reason = line(_l("Why you need to see it"), longest=300, required=_l("Write down why; the team will see it."))


class ChallengeForm(Form):
    """The direction. ``version`` is empty while there is none."""

    version = WholeField(widget=HiddenInput(), validators=[Optional()])
    statement = words(
        _l("What would be great for the customer?"),
        longest=2000,
        required=_l("Say in a sentence what would be great for the customer."),
    )
    by_date = day(_l("By when"))
    moment = line(_l("Moment of truth"), longest=160)
    measure_id = choice(_l("Outcome measure"))
    from_value = number(_l("From"))
    to_value = number(_l("To"))
    serves_id = choice(_l("Serves the challenge"))


class AreaChallengeForm(OnceMixin, Form):
    """A direction that a leader gives to an area."""

    statement = words(
        _l("What would be great for the customer?"),
        longest=2000,
        required=_l("Say in a sentence what would be great for the customer."),
    )
    by_date = day(_l("By when"))
    serves_id = choice(_l("Serves the challenge"))


class ServingForm(Form):
    """Which challenge further up an area's challenge serves."""

    serves_id = choice(_l("Serves the challenge"))


class StepForm(PlainForm):
    """One step of the process."""

    name = line(_l("Step"), longest=120)
    time = line(_l("Time"), longest=40)
    note = line(_l("Note"), longest=300)


class ConditionForm(OnceMixin, Form):
    """The next version of the current condition; ``version`` is the number that it was written from."""

    version = HiddenField(default="0", validators=[Length(max=12)])
    as_of = day(_l("As of"), required=_l("Say on which day it was like this."))
    facts = words(_l("How the process runs now"), required=_l("Write what was seen: facts and numbers."))
    steps = FieldList(FormField(StepForm), max_entries=40)

    @property
    def blank_step(self) -> Any:
        """An empty row with ``__i__`` for its number: what a script makes further rows from."""
        return blank_row(self.steps)

    @property
    def seen(self) -> int:
        """The number of the version that the person saw, 0 for none."""
        typed = self.version.data or ""
        return int(typed) if typed.isdigit() else 0

    def mine(self, name: str) -> object:
        """The steps as lines, like the other person's."""
        return steps_as_text(self.written_steps()) if name == "steps" else super().mine(name)

    def written_steps(self) -> list[dict[str, str]]:
        """The steps that have a name, in order."""
        rows = [{name: row[name] or "" for name in ("name", "time", "note")} for row in self.steps.data]
        return [row for row in rows if row["name"]]


class AimForm(PlainForm):
    """One measure of a target condition."""

    measure_id = choice(_l("Measure"))
    from_value = number(_l("From"))
    to_value = number(_l("To"))


class TargetForm(Form):
    """The pattern wanted and its measures."""

    pattern = words(
        _l("The pattern you want"), longest=4000, required=_l("Describe how the process runs when you are there.")
    )
    aims = FieldList(FormField(AimForm), _l("Measures, from → to"), max_entries=8)

    def offer(self, measures: list[tuple[Any, str]]) -> None:
        """Fill every row's choice of measures."""
        for row in self.aims:
            row.form.measure_id.choices = offer([("", _("choose a measure")), *measures])

    @property
    def blank_aim(self) -> Any:
        """An empty row with ``__i__`` for its number: what a script makes further rows from."""
        row = blank_row(self.aims)
        row.form.measure_id.choices = self.aims[0].form.measure_id.choices
        return row

    def mine(self, name: str) -> object:
        """The measures as lines, like the other person's."""
        return aims_as_text(self._chosen()) if name == "aims" else super().mine(name)

    def _chosen(self) -> Iterator[tuple[str, float | None, float | None]]:
        for row in self.aims:
            choices: Any = row.form.measure_id.iter_choices()
            names = {choice.value: str(choice.label) for choice in choices}
            if row.form.measure_id.data:
                yield names.get(row.form.measure_id.data, ""), row.form.from_value.data, row.form.to_value.data

    def rows_complete(self) -> bool:
        """Whether each row with a measure says where it should be; marks those that do not."""
        complete = True
        for row in self.aims:
            if row.form.measure_id.data and row.form.to_value.data is None and not row.form.to_value.errors:
                row.form.to_value.errors = [_("Say which value you want.")]
                complete = False
        return complete

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.rows_complete():
            self.form_errors.append(_("A measure still lacks the value that you want."))
            return False
        return bool(valid)


class NewTargetForm(OnceMixin, TargetForm):
    """The next target condition; only here is the date chosen."""

    achieve_by = day(_l("Achieve by"), required=_l("Choose the day; it will not move."))


class TargetEditForm(VersionMixin, TargetForm):
    """Better words for the active target condition."""


class TargetEndingForm(VersionMixin, Form):
    """How a target condition ended, and what it taught."""

    status = RadioField(_l("How did it end?"), choices=ENDINGS, validators=[InputRequired(_l("Say how it ended."))])
    reflection = words(_l("What did it teach?"), required=_l("Write what this target condition taught."))


class NewObstacleForm(OnceMixin, Form):
    """Park an obstacle."""

    text = line(_l("Obstacle"), longest=400, required=_l("Write what stands in the way."))


class ObstacleForm(VersionMixin, Form):
    """Word an obstacle better."""

    text = line(_l("Obstacle"), longest=400, required=_l("Write what stands in the way."))


class ObstacleEndingForm(Form):
    """An obstacle leaves the parking lot."""

    status = RadioField(
        _l("What became of it?"),
        choices=offer([("removed", _l("Removed")), ("set aside", _l("Set aside"))]),
        validators=[InputRequired(_l("Say what became of it."))],
    )
    note = line(_l("In a few words"), longest=300)


class PositionForm(Form):
    """A zero-based place in the parking lot."""

    to: Any = WholeField(validators=[InputRequired(), NumberRange(0, 10_000)])


class PlanForm(Form):
    """A step and what is expected of it, before anybody looks. An empty expectation makes a draft."""

    kind = RadioField(_l("Kind"), choices=KINDS, default="test a hypothesis")
    step = words(_l("Next step"), longest=2000, required=_l("Write the one step you will take."))
    expectation = words(_l("What do you expect?"), longest=4000)
    measure_id = choice(_l("Expected number for"))
    expected_value = number(_l("Expected value"))
    check_on = day(_l("When can we go and see?"))


class NewPlanForm(OnceMixin, PlanForm):
    """The next experiment."""


class PlanEditForm(VersionMixin, PlanForm):
    """Change the plan, until a result is written."""


class ConclusionForm(VersionMixin, Form):
    """What happened, as seen and counted; then what we make of it."""

    happened = words(_l("What happened?"), required=_l("Write what you saw and counted."))
    happened_value = number(_l("Counted"))
    happened_on = day(_l("Seen on"), required=_l("Say on which day you saw it."))
    learned = words(_l("What did we learn?"))


class SettingAsideForm(VersionMixin, Form):
    """Why an experiment is set aside."""

    reason = line(
        _l("Why is it set aside?"),
        longest=500,
        required=_l("Say in a few words why; that is worth knowing later."),
    )


class AmendmentForm(VersionMixin, OnceMixin, Form):
    """A correction of a locked text."""

    field = RadioField(_l("What to correct"), validators=[InputRequired(_l("Choose which text to correct."))])
    words = words(_l("As it should read"), required=_l("Write how it should read."))


class PhotosForm(OnceMixin, Form):
    """Photos, several at once."""

    photos = MultipleFileField(_l("Photos"), validators=[InputRequired(_l("Choose at least one photo."))])
    caption = line(_l("What they show"), longest=200)


class SignalAnswerForm(Form):
    """Which experiment expected a signal. The experiments of the board are offered, and none of them."""

    experiment_id = choice(_l("Which experiment expected it?"))
    words = words(_l("What do you make of it?"), longest=2000)

    def answered(self) -> dict[str, Any]:
        """What the person says."""
        return {"experiment_id": self.experiment_id.data, "words": self.words.data or ""}


class SignalForm(OnceMixin, SignalAnswerForm):
    """The first answer; which signal it is about travels along."""

    measure_id = WholeField(widget=HiddenInput(), validators=[InputRequired()])
    day = day("", required=_l("Which signal is this about? Look at the chart again."), widget=HiddenInput())

    def shown(self) -> dict[str, Any]:
        """The signal that the person saw."""
        return {"measure_id": self.measure_id.data, "day": self.day.data}


class SignalChangeForm(VersionMixin, SignalAnswerForm):
    """Another answer."""
