"""In which language, and in which time zone, the reader reads.

A page asks for more than a hundred words, days and numbers, so the answer is worked out once a request and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, has_request_context, request
from flask_babel import Domain, force_locale, get_locale
from markupsafe import Markup

from kata.extensions import babel

#: The locales that can be chosen. All words are English so far; dates and numbers follow each one's habits.
#: Another language joins here once ``bin/words`` has compiled its catalogue.
LOCALES = ("en_GB", "en_US", "en_IE", "en_AU", "en_IN", "en_ZA")


@dataclass(frozen=True, slots=True)
class Reader:
    """How the reader of this request reads."""

    locale: str
    zone: ZoneInfo
    catalogue: Any


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


class Catalogues(Domain):
    """Where ``gettext`` and its kin look a text up: in the catalogue of the reader.

    Flask-Babel works the locale out anew for each text, which costs more than most lines of a page.
    """

    def get_translations(self) -> Any:
        return reader().catalogue

    def of_locale(self) -> Any:
        """The catalogue of the locale that holds now, loaded once."""
        return super().get_translations()


_catalogues = Catalogues()


def register(app: Flask, scripts: Path) -> None:
    """Let the translation catalogue and the formats follow the reader, also what the scripts in a folder say."""
    babel.init_app(app, locale_selector=_locale, timezone_selector=_zone)
    babel.domain_instance = _catalogues
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        lambda text: reader().catalogue.ugettext(text),
        lambda one, many, n: reader().catalogue.ungettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=words, ngettext=counted, script_words=lambda: script_words(scripts))
    app.before_request(forget)
    app.teardown_appcontext(lambda _error: forget())


def reader() -> Reader:
    """The reader of this request, worked out on the first call after ``forget``."""
    known = _reader.get()
    if known is None:
        known = Reader(str(get_locale() or LOCALES[0]), ZoneInfo(_zone()), _catalogues.of_locale())
        _reader.set(known)
    return known


def forget() -> None:
    """Work the reader out anew: a request begins, or it turned out who is signed in."""
    _reader.set(None)


@contextmanager
def reading(locale: str) -> Iterator[None]:
    """Words and formats as somebody reads them who is not signed in here."""
    with force_locale(locale):
        before = _reader.set(None)
        try:
            yield
        finally:
            _reader.reset(before)


def words(text: str, /, **values: object) -> Markup:
    """The translated text, its values escaped and filled in. Most words of a page have none to fill in."""
    said = _said(reader().catalogue, text)
    return said % values if values else said


def counted(one: str, many: str, n: int, /, **values: object) -> Markup:
    """The translated text for a number of things, which stands in it as ``%(num)s``; its other values escaped."""
    if values:
        return Markup(reader().catalogue.ungettext(one, many, n)) % {"num": n, **values}  # noqa: S704 - our own words
    return _counted(reader().catalogue, one, many, n)


def script_words(scripts: Path) -> dict[str, str]:
    """What the scripts say, by the English words; nothing where these are the reader's own."""
    catalogue = reader().catalogue
    return {text: catalogue.ugettext(text) for text in _texts_of(scripts)} if catalogue.files else {}


@cache
def _texts_of(scripts: Path) -> tuple[str, ...]:
    from babel.messages.extract import extract_from_dir  # large, and only translated pages need it

    found = extract_from_dir(scripts, [("**.js", "javascript")], keywords={"_": None})
    return tuple(str(text) for _file, _line, text, *_more in found)


@lru_cache(maxsize=4096)
def _said(catalogue: Any, text: str) -> Markup:
    return Markup(catalogue.ugettext(text))  # noqa: S704 - our own words, from the templates and the catalogue


@lru_cache(maxsize=4096)
def _counted(catalogue: Any, one: str, many: str, n: int) -> Markup:
    return Markup(catalogue.ungettext(one, many, n)) % {"num": n}  # noqa: S704 - as above


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
