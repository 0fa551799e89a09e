"""The forms about barriers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from kata.alignment import words as wording
from kata.alignment.actions import Answer, Back, Words
from kata.web import forms as fields
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, WholeField, day, offer

LONGEST = 2_000

for name in ("uq_barrier_waiting", "barrier.obstacle_id"):  # PostgreSQL names the index, SQLite its column
    CONSTRAINTS[name] = (
        "",
        lambda: _("This obstacle has been raised as a barrier already. What you wrote is still here."),
    )


def _id(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class BarrierFields(Form):
    """An obstacle that the team cannot remove, said so that a leader understands it without the board."""

    kind: Any = RadioField(
        _l("What is in the way?"),
        choices=lambda: offer(wording.KINDS.items()),
        validators=[InputRequired(_l("Choose what kind of barrier it is."))],
    )
    text = fields.words(
        _l("What is it, in words that a leader understands without the board?"),
        longest=LONGEST,
        required=_l("Say what is in the way."),
    )
    cost = fields.words(
        _l("What does it cost the customer?"),
        longest=LONGEST,
        required=_l("Say what the customer waits for, pays or misses because of it."),
    )
    moment_id: Any = SelectField(_l("Moment of truth"), coerce=_id)
    measure_id: Any = SelectField(_l("Measure"), coerce=_id)

    def offer(self, moments: Iterable[Any], measures: Iterable[Any]) -> None:
        """Let one of the team's moments of truth and measures be chosen, or none."""
        self.moment_id.choices = offer([("", _("none in particular")), *((row.id, row.name) for row in moments)])
        self.measure_id.choices = offer([("", _("none in particular")), *((row.id, row.name) for row in measures)])

    def said(self) -> Words:
        """What was written, as the action takes it."""
        return Words(self.kind.data, self.text.data, self.cost.data, self.moment_id.data, self.measure_id.data)


class RaiseForm(OnceMixin, BarrierFields):
    """A barrier that is raised."""


class RewordForm(VersionMixin, BarrierFields):
    """A barrier said better."""


class AnswerForm(OnceMixin, VersionMixin, Form):
    """A leader's answer."""

    kind: Any = RadioField(
        _l("Your answer"),
        choices=lambda: offer(wording.ANSWERS.items()),
        validators=[InputRequired(_l("Choose one of the four answers."))],
    )
    by_date = day(_l("By which day?"))
    words = fields.words(_l("In your words"), longest=LONGEST)

    def said(self) -> Answer:
        """What was written, as the action takes it."""
        return Answer(self.kind.data, self.words.data, self.by_date.data)


class PassingForm(OnceMixin, VersionMixin, Form):
    """A barrier goes to the area above."""

    reason = fields.words(
        _l("Why can it not be answered here?"),
        longest=LONGEST,
        required=_l("Say why: the team and whoever gets it read it."),
    )


class BackForm(OnceMixin, VersionMixin, Form):
    """A team takes its barrier back."""

    why: Any = RadioField(
        _l("Why does it wait no more?"),
        choices=lambda: offer(wording.BACK.items()),
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    words = fields.words(_l("What happened, in your words"), longest=LONGEST)

    def said(self) -> Back:
        """What was written, as the action takes it."""
        return Back(self.why.data, self.words.data)


class TogetherForm(Form):
    """Another barrier is answered together with this one."""

    other: Any = WholeField(widget=HiddenInput(), validators=[InputRequired()])
