"""What identity asks for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from kata.web.forms import Form, line


class SignInForm(Form):
    """Address and password; nothing says which of the two was wrong."""

    email = line(_l("E-mail"), longest=254, required=_l("Type your e-mail address."))
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Type your password.")), Length(max=1000)]
    )
    next = HiddenField(validators=[Length(max=500)])
