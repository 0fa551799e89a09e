"""The forms of a coaching cycle: a note and the way on, the next step, the day to see it, the words at its end."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import AnyOf, Optional
from wtforms.widgets import HiddenInput

from kata.coaching.card import FEEDBACK, KEYS, PRACTICE, STEPS
from kata.rules import Conflict
from kata.storyboards.forms import PlanForm
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, WholeField, day, words

CONSTRAINTS["uq_coaching_cycle_running"] = (
    "",
    lambda: str(_l("Another coach began a cycle here at the same moment. Look at the board again.")),
)
CONSTRAINTS["uq_cycle_note_cycle_id"] = (
    "",
    lambda: str(_l("This was written on another device at the same moment. Your text is still here: send it again.")),
)


def version() -> Any:
    """The version of a text that may not be there yet."""
    return WholeField(widget=HiddenInput(), validators=[Optional()])


class BeginForm(OnceMixin, Form):
    """Begin a cycle."""


class TurnForm(Form):
    """The note at a question. Which button was pressed says where to go, and whether the threshold is here."""

    words = words(_l("Notes"), longest=4000)
    version = version()
    left = HiddenField(validators=[AnyOf(KEYS)])


class NextStepForm(OnceMixin, PlanForm):
    """The next step, as it will stand on the board. When it can be seen is the card's next question."""

    check_on = None


class SeeForm(VersionMixin, Form):
    """When we can go and see what the step taught."""

    check_on = day(_l("We go and see on"), required=_l("Choose the day on which you can see it together."))


class ClosingForm(Form):
    """What the coach says at the end, and what they will practise themselves."""

    feedback = words(_l("Feedback"), longest=4000)
    feedback_version = version()
    practice = words(_l("What I practise next as a coach"), longest=2000)
    practice_version = version()

    def show_theirs(self, conflict: Conflict) -> bool:
        """Each of the two texts has a version of its own."""
        shown = super().show_theirs(conflict)
        for name in conflict.theirs:
            self[f"{name}_version"].data, self[f"{name}_version"].raw_data = conflict.version, None
        return shown


class ReflectionForm(Form):
    """What the learner takes from the cycle."""

    words = words(_l("What do you take from this?"), longest=4000, required=_l("Write a word or two."))
    version = version()


class HeldForm(OnceMixin, Form):
    """A cycle that was held at a paper board: its day, and what was noted there. It has a field for each question."""

    held_on = day(_l("Held on"), required=_l("Say on which day it was held."))
    feedback = words(_l("Feedback"), longest=4000)
    practice = words(_l("What I practise next as a coach"), longest=2000)

    @property
    def texts(self) -> dict[str, str]:
        """What was noted, by the part of the cycle."""
        return {name: self[name].data for name in (*KEYS, FEEDBACK, PRACTICE)}


for step in STEPS:
    setattr(HeldForm, step.key, words(step.short, longest=4000))
