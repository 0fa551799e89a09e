"""What the customers room asks for. Shapes and required fields only; the rules live with the models and actions."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from kata.customers.actions.voices import Said
from kata.customers.models import LONGEST_NAME
from kata.customers.words import RHYTHM, SAYS, SOURCE
from kata.web import forms as fields
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, WholeField, day, line, offer

LONGEST_ABOUT = 2000
LONGEST_WORDS = 4000


def _one_customer() -> str:
    return str(_("Your team has a customer of this name already."))


def _one_moment() -> str:
    return str(_("Your team has a moment of truth of this name already."))


# PostgreSQL names the constraint, SQLite the columns.
CONSTRAINTS["uq_customer_team_id_name"] = CONSTRAINTS["customer.team_id, customer.name"] = ("name", _one_customer)
CONSTRAINTS["uq_moment_of_truth_team_id_name"] = ("name", _one_moment)
CONSTRAINTS["moment_of_truth.team_id, moment_of_truth.name"] = ("name", _one_moment)


def _id(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def _choice(label: Any, **kwargs: Any) -> SelectField:
    """A choice of a row by its id; nothing chosen is ``None``. An id that was not offered is refused."""
    return SelectField(label, coerce=_id, validators=[Optional()], **kwargs)


def _one_of(options: dict[str, Any], missing: Any) -> dict[str, Any]:
    """What a field needs that asks for one of ``options``, said in the reader's language."""
    return {
        "choices": lambda: offer((value, str(label)) for value, label in options.items()),
        "validate_choice": False,
        "validators": [InputRequired(missing), AnyOf(list(options), message=missing)],
    }


class PositionForm(Form):
    """Move a moment of truth to a zero-based place in its journey."""

    to = WholeField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=0, max=10_000)])


# Customers and moments of truth ---------------------------------------------------------------------------------------


class CustomerFields(Form):
    """Who the team serves."""

    name = line(_l("Who is it?"), longest=LONGEST_NAME, required=_l("Name the customer."))
    about = fields.words(_l("What do they need from us?"), longest=LONGEST_ABOUT)
    inside = RadioField(
        _l("Where are they?"),
        choices=lambda: offer([("False", _("outside the organisation")), ("True", _("inside it"))]),
        default="False",
        coerce=str,
    )

    def described(self) -> dict[str, Any]:
        """The fields as the actions take them."""
        return {"name": self.name.data, "about": self.about.data, "inside": self.inside.data == "True"}


class CustomerForm(OnceMixin, CustomerFields):
    """A new customer."""


class CustomerEditForm(VersionMixin, CustomerFields):
    """A customer described better."""


class MomentFields(Form):
    """A touchpoint at which a customer judges the service."""

    name = line(
        _l("The moment, as the customer would say it"),
        longest=LONGEST_NAME,
        required=_l("Name the moment of truth as the customer would: “I can’t get in”."),
    )
    about = fields.words(_l("What is at stake for them?"), longest=LONGEST_ABOUT)

    def described(self) -> dict[str, Any]:
        """The fields as the actions take them."""
        return {name: self[name].data for name in ("name", "about", "customer_id")}


class MomentForm(OnceMixin, MomentFields):
    """A new moment of truth; ``customer_id`` comes with the place where it is added."""

    customer_id = WholeField(widget=HiddenInput(), validators=[Optional()])


class MomentEditForm(VersionMixin, MomentFields):
    """A moment of truth described better, or given to another customer."""

    customer_id = _choice(_l("Whose moment is it?"))

    def offer(self, customers: list[Any], now: int | None) -> None:
        """Fill the choice: customers in use, and the one it has."""
        rows = [(each.id, each.name) for each in customers if each.archived_at is None or each.id == now]
        self.customer_id.choices = offer([("", _("nobody’s in particular")), *rows])


class LinkForm(Form):
    """One of the team's measures, to tell how a moment goes."""

    measure_id = SelectField(_l("Measure"), coerce=_id, validators=[InputRequired(_l("Choose a measure."))])


# Voices ---------------------------------------------------------------------------------------------------------------


class VoiceFields(Form):
    """One thing heard: facts first, what we make of it in a field of its own."""

    words = fields.words(
        _l("What they said, in their words"), longest=LONGEST_WORDS, required=_l("Write down what the customer said.")
    )
    says = RadioField(_l("What it tells"), **_one_of(SAYS, _l("Say what kind of voice it is.")))
    source = SelectField(_l("How it reached us"), **_one_of(SOURCE, _l("Say how it reached you.")))
    moment_id = _choice(_l("At which moment"))
    heard_on = day(_l("Heard on"), required=_l("Pick the day on which it was heard."))
    why = fields.words(_l("Why, as we understand it"), longest=LONGEST_WORDS)

    def offer(self, moments: list[Any]) -> None:
        """Fill the choices: the moments of each customer together, and nothing chosen for the source."""
        rest = _("Others")
        groups = [SelectChoice(value=row.id, label=row.name, optgroup=row.customer or rest) for row in moments]
        self.moment_id.choices = [*offer([("", _("no moment in particular"))]), *groups]
        self.source.choices = offer([("", _("Choose …")), *((value, str(label)) for value, label in SOURCE.items())])

    def said(self) -> Said:
        """The fields as the actions take them."""
        return Said(
            words=self.words.data or "",
            why=self.why.data or "",
            says=self.says.data,
            source=self.source.data,
            heard_on=self.heard_on.data,
            moment_id=self.moment_id.data,
        )


class VoiceForm(OnceMixin, VoiceFields):
    """A new voice."""


class VoiceEditForm(VersionMixin, VoiceFields):
    """A voice worded better, or put where it belongs."""


class StrikeFields(VersionMixin, Form):
    """Why personal data leaves. ``sure`` comes with the button of the second look, below what will stay."""

    reason = line(
        _l("What kind of personal data leaves"),
        longest=300,
        required=_l("Say what kind of personal data leaves, without repeating it."),
    )
    sure = StringField(validators=[Length(max=3)])


class VoiceStrikeForm(StrikeFields):
    """What was said, without personal data."""

    words = fields.words(_l("What may stay of it"), longest=LONGEST_WORDS, required=_l("Write what may stay."))
    why = fields.words(_l("What may stay of the why"), longest=LONGEST_WORDS)


class PartnerStrikeForm(StrikeFields):
    """With whom a conversation is, without a name."""

    partner = line(_l("Their role, without the name"), longest=LONGEST_NAME, required=_l("Write what may stay."))


class NoteStrikeForm(StrikeFields):
    """What was noted of a conversation, without personal data."""

    note = fields.words(_l("What may stay of it"), longest=LONGEST_WORDS)


class ClosingForm(Form):
    """Close a team's voices to the team, or open them again."""

    closed = BooleanField()


class LookForm(OnceMixin, Form):
    """Why an administrator looks into closed voices."""

    reason = line(_l("Why you need to hear them"), longest=300, required=_l("Write down why; the team will see it."))


# Conversations --------------------------------------------------------------------------------------------------------


class ConversationFields(Form):
    """With whom, how often, and when next."""

    partner = line(_l("With whom"), longest=LONGEST_NAME, required=_l("Say with whom you will talk."))
    customer_id = _choice(_l("Which customer they speak for"))
    rhythm = RadioField(_l("How often"), **_one_of(RHYTHM, _l("Say how often.")))
    next_on = day(_l("The next one"), required=_l("Pick the day of the next conversation."))

    def offer(self, customers: list[Any], now: int | None = None) -> None:
        """Fill the choice: customers in use, and the one it has."""
        rows = [(each.id, each.name) for each in customers if each.archived_at is None or each.id == now]
        self.customer_id.choices = offer([("", _("none in particular")), *rows])

    def described(self) -> dict[str, Any]:
        """The fields as the actions take them."""
        return {name: self[name].data for name in ("partner", "customer_id", "rhythm", "next_on")}


class ConversationForm(OnceMixin, ConversationFields):
    """A new regular conversation."""


class ConversationEditForm(VersionMixin, ConversationFields):
    """The plan changed."""


class HeldForm(OnceMixin, Form):
    """One time that it took place."""

    held_on = day(_l("Held on"), required=_l("Pick the day on which you talked."))
    note = fields.words(_l("What we talked about"), longest=LONGEST_WORDS)
