"""The forms about skills: the catalogue, and a level that was seen."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from kata.coaching import levels
from kata.coaching.actions.levels import Seen
from kata.coaching.models.skills import DESCRIPTIONS, LEVELS
from kata.web import forms as fields
from kata.web.forms import Form, OnceMixin, VersionMixin, WholeField, day, line, offer

LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_EVIDENCE = 120, 600, 500


class SkillFields(Form):
    """A skill's name, and what a coach sees at each of its levels."""

    name = line(_l("What is the routine called?"), longest=LONGEST_NAME, required=_l("Name the routine."))
    novice = fields.words(levels.NAMES[0], longest=LONGEST_DESCRIPTION, required=_l("Say what a novice does."))
    beginner = fields.words(
        levels.NAMES[1], longest=LONGEST_DESCRIPTION, required=_l("Say what an advanced beginner does.")
    )
    competent = fields.words(
        levels.NAMES[2], longest=LONGEST_DESCRIPTION, required=_l("Say what somebody competent does.")
    )
    proficient = fields.words(
        levels.NAMES[3], longest=LONGEST_DESCRIPTION, required=_l("Say what somebody proficient does.")
    )
    expert = fields.words(levels.NAMES[4], longest=LONGEST_DESCRIPTION, required=_l("Say what an expert does."))

    def described(self) -> dict[str, str]:
        """What is seen at each level, by the name of its column."""
        return {name: self[name].data for name in DESCRIPTIONS}


class SkillForm(OnceMixin, SkillFields):
    """A new skill of the kata that the address of its form named."""

    kata: Any = HiddenField(default="improvement")


class SkillEditForm(VersionMixin, SkillFields):
    """A skill worded better."""


class PlaceForm(Form):
    """Move a skill to a zero-based place in its kata."""

    to: Any = WholeField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=0, max=1000)])


def _level(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


class LevelForm(OnceMixin, Form):
    """A level that was seen: of which skill, by what evidence, on which day, and at which cycle if it was at one."""

    skill_id: Any = WholeField(
        widget=HiddenInput(), validators=[InputRequired(_l("Choose the skill that you observed."))]
    )
    cycle_id: Any = WholeField(widget=HiddenInput(), validators=[Optional()])
    level: Any = RadioField(
        _l("What did you see?"),
        choices=lambda: offer(zip(LEVELS, levels.names(), strict=True)),
        coerce=_level,
        validators=[InputRequired(_l("Choose the level that you saw."))],
    )
    evidence = line(
        _l("By what did you see it?"),
        longest=LONGEST_EVIDENCE,
        required=_l("One line of evidence: what was said or done."),
        description=_l("What was said or done, so that both of you recognise it later."),
    )
    observed_on = day(_l("When?"), required=_l("Say on which day you saw it."))

    @classmethod
    def of(cls, person_id: int, skill_id: int | None, cycle_id: int | None, today: date) -> LevelForm:
        """A blank form about a person's skill, seen today."""
        draft = f"person-{person_id}-level-{skill_id or 'new'}"
        return cls(formdata=None, draft=draft, skill_id=skill_id, cycle_id=cycle_id, observed_on=today)

    def seen(self) -> Seen:
        """What was seen, as the action takes it."""
        return Seen(self.skill_id.data, self.level.data, self.evidence.data, self.observed_on.data, self.cycle_id.data)
