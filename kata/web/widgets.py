"""How a field is written as HTML: as WTForms would, without its formatter, which took a twentieth of Today's time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms import widgets
from wtforms.widgets.core import clean_key  # type: ignore[attr-defined]  # newer than its stubs


def attributes(**given: Any) -> Markup:
    """The same as WTForms' ``html_params``: sorted by name, true ones bare, false ones left out."""
    written = (
        clean_key(name) if given[name] is True else f'{clean_key(name)}="{_quoted(given[name])}"'
        for name in sorted(given)
        if given[name] is not False
    )
    return Markup(" ".join(written))  # noqa: S704 - the names are ours, the values escaped


def _quoted(value: Any) -> str:
    return str(escape(value)).replace('"', "&quot;")


def described_by(field: Any, hint: Any) -> str:
    """The ids of what is said beside a field: its hint and its error."""
    said = [f"{field.id}-hint"] if hint or field.description else []
    return " ".join([*said, f"{field.id}-error"] if field.errors else said)


def field_input(field: Any, hint: Any, focus: bool, extra: Mapping[str, Any]) -> Any:
    """The field itself with what assistive technology and the focus rules need; empty attributes are left out."""
    attributes = {"class_": "input", **extra}
    if described := described_by(field, hint):
        attributes["aria_describedby"] = described
    if field.errors:
        attributes["aria_invalid"] = "true"
    if field.errors or focus:
        attributes["data_focus"] = ""
    return field(**attributes)


class Area(widgets.TextArea):
    """A text area whose attributes are written like those of other fields."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs.setdefault("id", field.id)
        for name in self.validation_attrs:
            if name in field.flags and name not in kwargs:
                kwargs[name] = getattr(field.flags, name)
        # The line feed belongs to the tag: without it a text that begins with one would lose it.
        return Markup(f"<textarea {attributes(name=field.name, **kwargs)}>\r\n{escape(field._value())}</textarea>")  # noqa: S704 - both escaped


def option(choice: Any, **extra: Any) -> Markup:
    """One choice of a list. There are six hundred time zones, so those without more to them are kept as they are."""
    given, label = {**(choice.render_kw or {}), **extra}, choice.label or choice.value
    if given or type(choice.value) is not str or type(label) is not str:
        value = str(choice.value) if isinstance(choice.value, bool) else choice.value
        told = attributes(**{"value": value, "selected": bool(choice.selected), **given})
        return Markup(f"<option {told}>{escape(label)}</option>")  # noqa: S704 - both escaped
    return _plain_option(choice.value, label, bool(choice.selected))


@lru_cache(maxsize=4096)
def _plain_option(value: str, label: str, selected: bool) -> Markup:
    mark = " selected" if selected else ""
    return Markup(f'<option{mark} value="{_quoted(value)}">{escape(label)}</option>')  # noqa: S704 - both escaped


widgets.Input.html_params = staticmethod(attributes)  # type: ignore[method-assign]  # the place WTForms keeps for it
widgets.Select.render_option = staticmethod(option)  # type: ignore[method-assign, assignment]  # called by the class
