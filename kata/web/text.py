"""How days, times, numbers and people's words look on a page, in the reader's locale."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from flask import Flask, current_app
from markupsafe import Markup

from kata.web import render
from kata.web.language import reader
from kata.web.navigation import rooms
from kata.web.prose import prose
from kata.web.templates import Page, Surroundings, kept_piece
from kata.web.widgets import described_by, field_input

DAY_FIRST = re.compile(r"d (M+)")
#: The same parts of a date as each of our patterns has; other languages than English order and mark them as they do.
PARTS = {"d MMMM": "MMMMd", "d MMM": "MMMd", "d MMMM y": "yMMMMd", "EEEE d MMMM": "MMMMEEEEd"}

#: The colour of an avatar by its person's role; of another role it is plain.
TONES = {None: "", "learner": "", "coach": " coach", "second coach": " second-coach"}


def register(app: Flask) -> None:
    """Give templates the filters and globals that every page uses."""
    app.jinja_env.template_class = Page
    app.jinja_env.context_class = Surroundings
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(
        day=day,
        day_short=day_short,
        day_year=day_year,
        weekday=weekday,
        clock=clock,
        moment=moment,
        number=number,
        prose=prose,
    )
    app.jinja_env.globals.update(
        sprite_icon=icon,
        person_avatar=avatar,
        navigation=rooms,
        here=render.here,
        kept_piece=kept_piece,
        described_by=described_by,
        field_input=field_input,
        page_language=render.language,
    )


def day(value: date | datetime | None) -> str:
    """12 June"""
    return _date(value, "d MMMM")


def day_short(value: date | datetime | None) -> str:
    """12 Jun, for narrow columns"""
    return _date(value, "d MMM")


def day_year(value: date | datetime | None) -> str:
    """12 June 2026"""
    return _date(value, "d MMMM y")


def weekday(value: date | datetime | None) -> str:
    """Tuesday 3 June"""
    return _date(value, "EEEE d MMMM")


def clock(value: datetime) -> str:
    """10:31, in the reader's time zone"""
    return f"{value.astimezone(reader().zone):%H:%M}"


def moment(value: datetime) -> str:
    """12 June 2026, 10:31, in the reader's time zone"""
    return f"{day_year(value.astimezone(reader().zone).date())}, {clock(value)}"


def number(value: float | None) -> str:
    """As it was typed, with at most four decimals; a computed one by three figures. A dash for a gap."""
    return "–" if value is None else _number(value, reader().locale)


@lru_cache(maxsize=512)
def icon(name: str, label: str | None = None, class_: str = "") -> Markup:
    """A symbol of the sprite. Without a label it is decoration beside a word. A page shows forty of them."""
    shown = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    classes = f"icon {class_}" if class_ else "icon"
    address = current_app.jinja_env.globals["asset"]("icons.svg")  # type: ignore[operator]  # a function of ours
    return Markup('<svg class="{}" {}><use href="{}#{}"/></svg>').format(classes, shown, address, name)


@lru_cache(maxsize=4096)
def avatar(name: str, role: str | None = None, large: bool = False) -> Markup:
    """Somebody's initials in a circle, in the tone of their role. A list of people shows one a row."""
    tone = TONES.get(role, " plain")
    return Markup('<span class="avatar{}{}" aria-hidden="true">{}</span>').format(
        tone, " large" if large else "", initials(name)
    )


def initials(name: str) -> str:
    """AN for Ana Novak or for Ana; numbers have no initial."""
    parts = [part for part in name.split() if not part.isdigit()]
    return (parts[0][:1] + parts[-1][:1] if len(parts) > 1 else name[:2]).upper()


def _date(value: date | datetime | None, pattern: str) -> str:
    if value is None:
        return ""
    local = value.astimezone(reader().zone).date() if isinstance(value, datetime) else value
    return _formatted(local, pattern, reader().locale)


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, locale: str) -> str:
    if not locale.startswith("en"):
        return str(format_skeleton(PARTS[pattern], value, locale=locale))
    order = DAY_FIRST.sub(r"\1 d", pattern) if locale == "en_US" else pattern
    return str(format_date(value, order.replace("d y", "d, y"), locale=locale))


@lru_cache(maxsize=4096)
def _number(value: float, locale: str) -> str:
    typed = round(value, 4)
    shown = typed if typed == value or abs(value) >= 1000 else float(f"{value:.3g}")
    return str(format_decimal(round(shown, 4), format="#,##0.####", locale=locale))
