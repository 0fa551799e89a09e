"""In which language, and in which time zone, the reader reads."""

from __future__ import annotations

from flask import Flask, g, has_request_context, request

from kata.extensions import babel

#: The locales that can be chosen. All words are English so far; dates and numbers follow each one's habits.
LOCALES = ("en_GB", "en_US", "en_IE", "en_AU", "en_IN", "en_ZA")


def register(app: Flask) -> None:
    """Let the translation catalogue and the formats follow the reader."""
    babel.init_app(app, locale_selector=_locale, timezone_selector=_zone)


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
