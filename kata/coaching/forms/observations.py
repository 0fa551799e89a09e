"""The forms of the second coach: what was said at a question, and the one instruction at the end."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from kata.coaching.card import STEPS
from kata.coaching.forms.cycles import version
from kata.web.forms import CONSTRAINTS, Form, line, offer, words

SENT_TWICE = _l("This was written on another device at the same moment. Your text is still here: send it again.")
CONSTRAINTS["uq_coaching_observation_cycle_id"] = ("", lambda: str(SENT_TWICE))
CONSTRAINTS["uq_instruction_cycle_id"] = ("", lambda: str(SENT_TWICE))


class ObservationForm(Form):
    """What the coach and the learner said at one question, as it was said."""

    coach_said = words(_l("The coach said"), longest=4000)
    learner_said = words(_l("The learner said"), longest=4000)
    version = version()


class InstructionForm(Form):
    """The one thing to do differently, with the moment that calls for it."""

    question = RadioField(
        _l("At the question"),
        choices=offer((step.key, step.short) for step in STEPS),
        validators=[InputRequired(_l("Choose the question at which it is called for."))],
    )
    trigger = line(
        _l("The moment that calls for it"), longest=200, required=_l("Say by which sign the coach knows the moment.")
    )
    words = words(_l("What to do then"), longest=2000, required=_l("Write the one thing to do."))
    version = version()
