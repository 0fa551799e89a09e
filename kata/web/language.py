"""In which language, and in which time zone, the reader reads."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import get_translations
from markupsafe import Markup

from kata.extensions import babel

#: The locales that can be chosen. All words are English so far; dates and numbers follow each one's habits.
LOCALES = ("en_GB", "en_US", "en_IE", "en_AU", "en_IN", "en_ZA")


def register(app: Flask) -> None:
    """Let the translation catalogue and the formats follow the reader."""
    babel.init_app(app, locale_selector=_locale, timezone_selector=_zone)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        lambda text: _catalogue().ugettext(text),
        lambda one, many, n: _catalogue().ungettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = words


def words(text: str, /, **values: object) -> Markup:
    """The translated text, its values escaped and filled in. Most words of a page have none to fill in."""
    said = Markup(_catalogue().ugettext(text))  # noqa: S704 - our own words, from the templates and the catalogue
    return said % values if values else said


def _catalogue() -> Any:
    """The reader's translations, looked up once a request: a page asks for more than a hundred words."""
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def _locale() -> str:
    viewer = g.get("viewer")
    if viewer is not None:
        return str(viewer.language)
    if not has_request_context():
        return LOCALES[0]
    return request.accept_languages.best_match([tag.replace("_", "-") for tag in LOCALES], "en-GB").replace("-", "_")


def _zone() -> str:
    viewer = g.get("viewer")
    return str(viewer.time_zone) if viewer is not None else "Europe/London"
