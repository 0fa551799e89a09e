"""The base of every form: cleaned text, a version, one submission once, and errors where they belong.

A form reads the same whether it came by htmx or as a plain post. ``attempt`` runs an action in the one transaction of
the request and turns a broken rule into the field error that mends it; what was typed always stays in the form.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from wtforms import DateField, FloatField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice, SelectFieldBase  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.i18n import get_translations as wtforms_translations
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from kata.extensions import db
from kata.rules import Conflict, DomainError
from kata.web.language import reader
from kata.web.models import Submission
from kata.web.prose import clean
from kata.web.widgets import Area

LONGEST_TEXT = 10_000
#: What fits into a column of whole numbers on both engines.
LARGEST = 2**31 - 1

#: Field and sentence for the database constraints that a race can still reach, by constraint or index name.
CONSTRAINTS: dict[str, tuple[str, Callable[[], str]]] = {}


class Form(FlaskForm):
    """A form of this app. ``draft`` names it for the browser, which keeps unsaved text under that name."""

    draft: str | None = None

    class Meta(FlaskForm.Meta):
        """WTForms' own sentences, read from their file once a locale instead of once a request.

        The token is asked for at the door, of every request that may write (``CSRFProtect``), and written by the
        templates; a form of its own would make and sign a second one that nobody sees.
        """

        csrf = False

        def get_translations(self, form: object) -> Any:
            return _sentences(reader().locale)

    def __init__(self, *args: Any, draft: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        if draft:  # two forms on one page may have fields of the same name; their ids must differ
            for field in self:
                field.id = f"{draft}-{field.short_name}"
        self.theirs: dict[str, object] = {}
        self.http_status = 422

    def refuse(self, field: str, text: str) -> None:
        """Show ``text`` at ``field``, or at the top of the form where it has no such field."""
        if field in self._fields:
            self[field].errors = [*self[field].errors, text]
        else:
            self.form_errors.append(text)

    @property
    def hidden_errors(self) -> list[str]:
        """What is wrong with fields that nobody sees, to be said at the top of the form."""
        hidden = (field for field in self if getattr(field.widget, "input_type", "") == "hidden")
        return [str(error) for field in hidden for error in field.errors]

    def mine(self, name: str) -> object:
        """What the person wrote in a field, as it is shown beside what somebody else saved."""
        return self._told(name, self[name].data)

    def _told(self, name: str, value: object) -> object:
        """A value as people read it: the label of a choice, not its number; a field may have words of its own."""
        field = self[name]
        if hasattr(field, "told"):
            return field.told(value)
        choices = field.iter_choices() if isinstance(field, SelectFieldBase) else []
        labels = {_text(choice.value): choice.label for choice in choices}  # type: ignore[attr-defined]  # likewise
        return labels.get(_text(value), value)

    def show_theirs(self, conflict: Conflict) -> bool:
        """Keep what was typed, show what stands now beside it, and let the next submission overwrite knowingly.

        False when both say the same: then the same edit came twice, and there is nothing to choose.
        """
        shared = {name: self._told(name, value) for name, value in conflict.theirs.items() if name in self._fields}
        self.theirs = {name: value for name, value in shared.items() if _text(value) != _text(self.mine(name))}
        if shared and not self.theirs:
            return False
        if "version" in self._fields:
            self["version"].data = conflict.version
            self["version"].raw_data = None
        self.refuse("", _("Somebody else saved this while you wrote. Both texts are here: take what you want of each."))
        self.http_status = 409
        return True

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody wrote in words of their own: each field's label and its text."""
        visible = (each for each in self if getattr(each.widget, "input_type", "") not in {"hidden", "password"})
        written = (each for each in visible if isinstance(each, StringField) and (each.data or "").strip())
        return [(str(each.label.text), str(each.data)) for each in written]


def csrf_token() -> str:
    """The token of this request's forms. A board has a dozen small ones, so it is looked up before it is asked for."""
    return str(g.get("csrf_token") or generate_csrf())


@lru_cache(maxsize=16)
def _sentences(locale: str) -> Any:
    return wtforms_translations([locale, locale.split("_")[0]])


class OnceMixin:
    """For forms that make something new: the same submission sent twice is carried out once."""

    once = HiddenField(default=lambda: str(uuid.uuid4()), validators=[Length(max=36)])


class WholeField(IntegerField):
    """A whole number that every database can count to; a larger one is refused here and never asked for."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) > LARGEST:
            self.data = None
            raise ValueError(_("That number is too large to be true."))


class VersionMixin:
    """For forms that change something: the version that the person saw travels along."""

    version = WholeField(widget=HiddenInput(), validators=[InputRequired()])


def attempt(form: Form, action: Callable[[], object]) -> bool:
    """Validate, run ``action`` and commit; true when it is done (or was done by the same submission before).

    False leaves the errors, or the other person's text, in the form and nothing in the database.
    """
    if not form.validate():
        form.http_status = 422
        return False
    try:
        if _is_first(form):
            action()
            db.session.commit()
        return True
    except DomainError as broken:
        form.refuse(broken.field, broken.text)
    except Conflict as conflict:
        if not form.show_theirs(conflict):
            db.session.rollback()
            return True
    except StaleDataError:
        form.refuse("", _("Somebody else saved this at the same moment. Your text is still here: send it again."))
        form.http_status = 409
    except IntegrityError as error:
        form.refuse(*_explained(error))
    db.session.rollback()
    return False


def _is_first(form: Form) -> bool:
    key = form.data.get("once")
    if not key:
        return True
    if db.session.get(Submission, key):
        return False
    viewer = g.get("viewer")
    db.session.add(Submission(key=key, person_id=viewer.person_id if viewer else None))
    db.session.flush()
    return True


def _explained(error: IntegrityError) -> tuple[str, str]:
    message = str(error.orig)
    for name, (field, sentence) in CONSTRAINTS.items():
        if name in message:
            return field, sentence()
    if "submission" in message:
        return "", _("This was sent twice at the same moment and is being saved once. Reload the page to see it.")
    raise error


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


# Fields: their makers answer Any, since the stubs call every value optional, which validators have settled. -----------


def line(label: str, *, longest: int = 160, required: str | None = None, **kwargs: Any) -> Any:
    """One line of text; ``required`` is the sentence shown when it is missing."""
    return StringField(label, filters=[_one_line], validators=_text_rules(longest, required), **kwargs)


def words(label: str, *, longest: int = LONGEST_TEXT, required: str | None = None, **kwargs: Any) -> Any:
    """Some lines of text."""
    rules = _text_rules(longest, required)
    return TextAreaField(label, filters=[_lines], validators=rules, widget=Area(), **kwargs)


def offer(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Pairs of value and label as the choices of a field."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def spare_rows(rows: Any, wanted: int, prefix: str) -> None:
    """Give a list of rows empty ones up to ``wanted``, and each of its fields an id that no other form has."""
    while len(rows) < min(wanted, rows.max_entries or wanted):
        rows.append_entry()
    for row in rows:
        for field in row.form:
            field.id = f"{prefix}-{field.name}"


def blank_row(rows: Any) -> Any:
    """A row of the list with ``__i__`` in place of its number in every name and id; it is not part of the form."""
    row = rows.unbound_field.bind(form=None, name=f"{rows.short_name}-__i__", prefix="", _meta=rows.meta)
    row.process(None, None)
    for field in row.form:
        field.id = field.name
    return row


def day(label: str, *, required: str | None = None, **kwargs: Any) -> Any:
    """A calendar day."""
    return DayField(label, validators=[InputRequired(required) if required else Optional()], **kwargs)


def number(label: str, *, required: str | None = None, **kwargs: Any) -> Any:
    """A finite number; a decimal comma is understood."""
    return NumberField(label, validators=[InputRequired(required) if required else Optional(), _finite], **kwargs)


class DayField(DateField):
    """A date whose error says what to type."""

    def _value(self) -> str:
        typed = self.raw_data[0] if self.raw_data else None
        return str(typed) if typed else (self.data.isoformat() if self.data else "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("That is not a day of the calendar. Pick one, or write it as 2026-06-12.")) from None
        if self.data is not None and not 1990 <= self.data.year <= 2200:
            raise ValueError(_("That year looks mistyped. Pick a day between 1990 and 2200."))


class NumberField(FloatField):
    """A number that people may type with a decimal comma, a minus sign from a phone, or spaces."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not str(valuelist[0]).strip():
            self.data = None
            return
        typed = str(valuelist[0]).strip().replace("\u2212", "-").replace("\u00a0", "").replace(" ", "")
        if "," in typed and "." not in typed:
            typed = typed.replace(",", ".")
        try:
            self.data = float(typed)
        except ValueError:
            self.data = None
            raise ValueError(_("That is not a number. Write it in digits, such as 12 or 3.5.")) from None

    def _value(self) -> str:
        """What was typed, or the number without a trailing ``.0``."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else _exactly(self.data)


def _exactly(value: float) -> str:
    """As short as it can be told without changing it, so that saving a form anew changes nothing."""
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else repr(value)


def _finite(_form: object, field: FloatField) -> None:
    if field.data is not None and not abs(field.data) < 1e15:
        raise ValidationError(_("That number is too large to be true."))


def _text_rules(longest: int, required: str | None) -> list[Any]:
    limit = Length(max=longest, message=_TooLong(longest))  # type: ignore[arg-type]  # a lazy sentence
    return [InputRequired(required), _not_blank(required), limit] if required else [limit]


class _TooLong:
    """The sentence for a text that is too long, worded when it is shown, in the reader's language."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __str__(self) -> str:
        sentence = _("This is longer than %(n)s characters. It is all still here: shorten it and save.", n=self.longest)
        return str(sentence)

    def __mod__(self, _values: object) -> str:
        return str(self)


def _not_blank(message: str) -> Callable[[object, StringField], None]:
    def check(_form: object, field: StringField) -> None:
        if not (field.data or "").strip():
            raise ValidationError(message)

    return check


def _lines(value: str | None) -> str:
    return clean(value or "").strip()


def _one_line(value: str | None) -> str:
    return " ".join(clean(value or "").split())
