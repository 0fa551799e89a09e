"""A team's days, zone and country in the reader's words."""

from __future__ import annotations

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from kata.teams import countries
from kata.web.language import reader


def days_in_words(mask: int) -> str:
    """Monday to Friday; or Monday, Wednesday and Friday."""
    locale = str(get_locale() or "en_GB")
    names = get_day_names("wide", locale=locale)
    days = [day for day in range(7) if mask >> day & 1]
    if len(days) == 7:
        return str(_("every day"))
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return str(_("%(first)s to %(last)s", first=names[days[0]], last=names[days[-1]]))
    return str(format_list([names[day] for day in days], locale=locale))


def zone_in_words(zone: str) -> str:
    """Europe, London"""
    return zone.replace("_", " ").replace("/", ", ")


def country_in_words(country: str, region: str) -> str:
    """United Kingdom, Scotland; nothing where the team has not said."""
    if not country:
        return ""
    names = (countries.named(reader().locale).get(country, country), countries.regions(country).get(region, region))
    return ", ".join(filter(None, names))
