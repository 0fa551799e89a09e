"""Every component in every state on one page, for whoever builds the next screen from them. Administrators only."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, MultipleFileField, PasswordField, RadioField, SelectField

from kata.access.guard import guarded, installation
from kata.access.policy import Action
from kata.specimen import charts, coaching
from kata.storyboards.forms import KINDS
from kata.web.forms import Form, day, line, number, offer, words
from kata.web.language import reader
from kata.web.render import page

blueprint = Blueprint("specimen", __name__)


class SpecimenForm(Form):
    """One field of each kind."""

    step = words(_l("Next step"))
    expectation = words(_l("What do you expect?"))
    name = line(_l("Obstacle"))
    value = number(_l("Counted"))
    check_on = day(_l("When can we go and see?"))
    kind = RadioField(_l("Kind"), choices=KINDS, default="go and see")
    measure = SelectField(_l("Measure"), choices=offer([("1", _l("Call-backs a day")), ("2", _l("Share on time"))]))
    private = BooleanField(_l("Closed to the team"))
    photos = MultipleFileField(_l("Photos"))
    password = PasswordField(_l("Password"))


@blueprint.get("/settings/components")
@guarded(installation, Action.MANAGE_PEOPLE)
def components(_subject: object) -> ResponseReturnValue:
    broken = SpecimenForm(formdata=None, prefix="b-")
    for field in broken:
        if field.short_name != "expectation":
            field.errors = [_("This is how a field says what is wrong, what was kept and what to do.")]
    broken.form_errors.append(_("This is how a form says what concerns it as a whole."))
    broken.expectation.data = _("Call-backs fall from 11 to 4 a day.")
    broken.theirs = {"expectation": _("Call-backs fall from 11 to 6 a day.")}
    locale = reader().locale
    return page(
        "settings/components.html",
        form=SpecimenForm(formdata=None),
        broken=broken,
        charts=charts.samples(locale),
        small_charts=charts.small_samples(locale),
        spark=charts.spark_sample(locale),
        **coaching.samples(),
    )
