"""What identity asks for."""

from __future__ import annotations

import re
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from kata.identity import zones
from kata.identity.actions import unusable_address
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, line
from kata.web.language import LOCALES

LONGEST_NAME = 120
LONGEST_EMAIL = 254

CONSTRAINTS["uq_person_email"] = ("email", unusable_address)

_LANGUAGES = {tag: Locale.parse(tag).get_display_name(tag) or tag for tag in LOCALES}
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)*")


def is_address(text: str) -> bool:
    """Whether there is an @ in the middle, as far as one can tell without writing there."""
    return _ADDRESS.fullmatch(text) is not None


class EmailRule:
    """An address has an @ in the middle; whether mail arrives there is not for us to know."""

    def validate_email(self, field: Any) -> None:
        if field.data and not is_address(field.data):
            raise ValidationError(unusable_address())


def chosen(label: object, sentence: object, choices: Any, **kwargs: Any) -> SelectField:
    """One of a few; what is not among them is answered with ``sentence``."""
    messages: Any = {"invalid_choice_message": sentence, "invalid_value_message": sentence}
    return SelectField(label, choices=choices, **messages, **kwargs)  # type: ignore[arg-type]  # a lazy sentence


def name_field(label: Any, required: Any) -> Any:
    return line(label, longest=LONGEST_NAME, required=required)


def email_field(*, required: bool) -> Any:
    sentence: Any = _l("Type an e-mail address.") if required else None
    return line(_l("E-mail"), longest=LONGEST_EMAIL, required=sentence)


def zone_field() -> Any:
    return chosen(_l("Time zone"), _l("Pick one of the places in the list."), zones.grouped)


def new_password_field(*, required: bool = True) -> Any:
    rule = InputRequired(_l("Type a new password.")) if required else Optional()
    return PasswordField(_l("New password"), validators=[rule])


def password_field(label: Any, required: Any) -> Any:
    limit = Length(max=4000, message=_l("This is longer than any password here."))
    return PasswordField(label, validators=[InputRequired(required), limit])


class SignInForm(Form):
    """Address and password; nothing says which of the two was wrong."""

    email: Any = line(_l("E-mail"), longest=LONGEST_EMAIL, required=_l("Type your e-mail address."))
    password = password_field(_l("Password"), _l("Type your password."))
    next = HiddenField()


class ForgottenForm(EmailRule, Form):
    """Whose link is to be mailed."""

    email: Any = line(_l("E-mail"), longest=LONGEST_EMAIL, required=_l("Type your e-mail address."))


class WelcomeForm(EmailRule, Form):
    """What somebody who came by a one-time link may set; fields that the account has already are deleted."""

    name = name_field(_l("Your name"), _l("Type your name."))
    email = email_field(required=False)
    password = new_password_field(required=False)


class ProfileForm(VersionMixin, Form):
    """How one is named, and how one reads."""

    name = name_field(_l("Your name"), _l("Type your name."))
    language = chosen(_l("Language and formats"), _l("Pick one of the languages in the list."), _LANGUAGES)
    time_zone = zone_field()


class EmailForm(EmailRule, Form):
    """Another address, with the password to prove that it is oneself who asks."""

    email = email_field(required=True)
    email_password = password_field(_l("Your password"), _l("Type your password."))


class PasswordForm(Form):
    """Another password. There is no second field to repeat it: what was mistyped is mended by a one-time link."""

    current = password_field(_l("Current password"), _l("Type your current password."))
    password = new_password_field()


class PersonForm(EmailRule, OnceMixin, Form):
    """A new account."""

    name = name_field(_l("Name"), _l("Type a name."))
    email = email_field(required=False)


class AccountForm(EmailRule, VersionMixin, Form):
    """An account as administrators change it."""

    name = name_field(_l("Name"), _l("Type a name."))
    email = email_field(required=False)
    is_administrator = BooleanField(_l("Administrator"))


class LinkForm(OnceMixin, Form):
    """Asks for nothing: making a one-time link."""


class AnonymityForm(VersionMixin, Form):
    """The name, typed to confirm what nothing can bring back, and in which ways it leaves other people's texts."""

    confirmed: Any = line(_l("Type the name"), longest=LONGEST_NAME, required=_l("Type the name to confirm."))
    strike = SelectMultipleField(_l("Strike it out where texts say"), validators=[Optional()], validate_choice=False)
