"""What the teams room asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from kata.identity.forms import EmailRule, chosen, email_field, name_field, new_password_field, zone_field
from kata.teams import countries, languages
from kata.teams.words import days_in_words
from kata.web.forms import CONSTRAINTS, Form, OnceMixin, VersionMixin, offer
from kata.web.language import reader


def _same_name() -> str:
    return str(_("Somebody used this name at the same moment. Send it again."))


def _same_person() -> str:
    return str(_("Somebody else just added this person. Reload the page to see it."))


CONSTRAINTS |= {
    "uq_team_slug": ("name", _same_name),
    "uq_area_slug": ("name", _same_name),
    "uq_membership_current": ("", _same_person),
    "uq_area_leader_current": ("", _same_person),
}


class PracticeDaysField(SelectMultipleField):
    """The weekdays on which a team practises, kept as a bitmask with Monday lowest."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: object, **kwargs: Any) -> None:
        super().__init__(label, coerce=int, choices=_weekdays, **kwargs)  # type: ignore[arg-type]  # a lazy sentence

    def process_data(self, value: Any) -> None:
        self.data = [day for day in range(7) if value >> day & 1] if isinstance(value, int) else value

    def pre_validate(self, form: object) -> None:
        days = self.data or []
        if not days or not all(isinstance(day, int) and 0 <= day < 7 for day in days):
            raise ValidationError(_("Pick at least one day."))

    @property
    def mask(self) -> int:
        return sum(1 << day for day in set(self.data or []))

    def told(self, value: object) -> str:
        """Monday to Friday: what two people chose differently, in words."""
        mask = value if isinstance(value, int) else self.mask
        return days_in_words(mask) if mask else ""


def _weekdays() -> list[SelectChoice]:
    names = get_day_names("wide", locale=get_locale() or "en_GB")
    return [SelectChoice(value=str(day), label=names[day].capitalize()) for day in range(7)]


def role_field(label: object) -> Any:
    """Member or coach."""
    rules: Any = {"choices": _roles, "default": "member", "invalid_choice_message": _l("Pick one of the roles shown.")}
    return RadioField(label, **rules)  # type: ignore[arg-type]  # a lazy sentence


def _roles() -> list[SelectChoice]:
    return [SelectChoice(value="member", label=_("Member")), SelectChoice(value="coach", label=_("Coach"))]


def place_field(label: object) -> Any:
    """An area of the tree; ``offer_places`` fills it."""
    return chosen(label, _l("Pick one of the areas in the list."), [], coerce=_area_id)


def offer_places(field: SelectField, areas: Iterable[tuple[int, str, int]], *, top: str | None = None) -> None:
    """Offer areas (id, name, depth in the tree), and the top of the tree under the name ``top``."""
    first = [SelectChoice(value="", label=top)] if top is not None else []
    indented = (SelectChoice(value=str(id_), label="\u2003" * depth + name) for id_, name, depth in areas)
    field.choices = [*first, *indented]


def _area_id(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


def _countries() -> list[SelectChoice]:
    return offer([("", _("not said")), *countries.named(reader().locale).items()])


def _languages() -> list[SelectChoice]:
    return offer(languages.named(reader().locale).items())


class WhereMixin:
    """In which country a team works, for its public holidays, and in which of its regions where that matters; and in
    which language it writes.

    The regions offered are those of the country that the form holds: no script has to change them.
    """

    country = chosen(_l("Country"), _l("Pick one of the countries in the list."), _countries, default="")
    language = chosen(
        _l("Language"), _l("Pick one of the languages in the list."), _languages, default=languages.DEFAULT
    )
    region = chosen(_l("Region"), _l("Pick one of the regions of this country."), [], default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.region.choices = offer([("", _("the whole country")), *countries.regions(self.country.data or "").items()])

    @property
    def has_regions(self) -> bool:
        """Whether there is a region to choose."""
        return len(self.region.choices or ()) > 1


class NewTeamForm(OnceMixin, WhereMixin, Form):
    """A new team; its area is the one that the address names."""

    name = name_field(_l("Name of the team"), _l("Type the team's name."))
    practice_days: Any = PracticeDaysField(_l("Practice days"))
    time_zone = zone_field()


class TeamForm(VersionMixin, WhereMixin, Form):
    """A team as its leader changes it."""

    name = name_field(_l("Name of the team"), _l("Type the team's name."))
    area_id = place_field(_l("Area"))
    practice_days: Any = PracticeDaysField(_l("Practice days"))
    time_zone = zone_field()


class NewAreaForm(OnceMixin, Form):
    """A new area."""

    name = name_field(_l("Name of the area"), _l("Type the area's name."))
    parent_id = place_field(_l("Belongs to"))


class AreaForm(VersionMixin, Form):
    """An area as administrators change it."""

    name = name_field(_l("Name of the area"), _l("Type the area's name."))
    parent_id = place_field(_l("Belongs to"))


class InvitationForm(EmailRule, OnceMixin, Form):
    """Whom a link is for. The role's choices are those that the policy leaves to the person who invites."""

    role = role_field(_l("Joins as"))
    email = email_field(required=False)

    def offer(self, *, coaches: bool) -> None:
        if not coaches:
            self.role.choices = [choice for choice in self.role.choices if choice.value != "coach"]


class RoleForm(Form):
    """Another role for somebody who belongs to the team."""

    role = role_field(_l("Role"))


class JoinForm(EmailRule, Form):
    """The account of somebody who was invited."""

    name = name_field(_l("Your name"), _l("Type your name."))
    email = email_field(required=True)
    password = new_password_field()
