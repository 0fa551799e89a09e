"""Countries, their regions and their public holidays, as the library ``holidays`` knows them. Pure.

The library is large: it is loaded by the first call that needs it, a country's calendar by the first that needs that,
and each answer is kept. A page about a team that has said no country asks for none of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from babel import Locale

NONE: Mapping[date, str] = {}


@cache
def known() -> frozenset[str]:
    """The codes (ISO 3166, two letters) of all countries whose holidays are known."""
    from holidays.registry import EntityLoader  # knows the names without any country's calendar

    return frozenset(code for code in EntityLoader.get_country_codes(include_aliases=False) if len(code) == 2)


@lru_cache(maxsize=32)
def named(locale: str) -> dict[str, str]:
    """The names of all known countries by their code, in the language of ``locale`` and in the order of the names."""
    territories = Locale.parse(locale).territories
    names = {code: str(territories.get(code, code)) for code in known()}
    return dict(sorted(names.items(), key=lambda item: _plain(item[1])))


@cache
def regions(country: str) -> dict[str, str]:
    """The regions of a country that have holidays of their own: name by code, as the country itself calls them."""
    if country not in known():
        return {}
    calendar = _calendar(country)
    names: dict[str, str] = {code: code for code in calendar.subdivisions}
    names |= {code: name for name, code in calendar.subdivisions_aliases.items() if code in names}
    return dict(sorted(names.items(), key=lambda item: _plain(item[1])))


def fits(country: str, region: str) -> bool:
    """Whether the region is one of the country's; no region fits every country."""
    return not region or region in regions(country)


@lru_cache(maxsize=2048)
def holidays(country: str, region: str, year: int, locale: str) -> Mapping[date, str]:
    """The public holidays of a year, by their day: those of the whole country and those of the region.

    They are named in the language of ``locale`` where the library has them in it, else as the country calls them.
    """
    if country not in known():
        return NONE
    kind = _calendar(country)
    part = region if fits(country, region) else ""
    return dict(kind(subdiv=part or None, years=year, language=_spoken(kind, locale)))


def holiday(country: str, region: str, day: date, locale: str) -> str:
    """What is celebrated on a day, empty where nothing is."""
    return holidays(country, region, day.year, locale).get(day, "") if country else ""


def _calendar(country: str) -> Any:
    """The library's class for a country."""
    from holidays import country_holidays

    return type(country_holidays(country))


def _spoken(calendar: Any, locale: str) -> str | None:
    """Never nothing where there is a choice: the library would ask the server's own environment then."""
    offered: tuple[str, ...] = calendar.supported_languages
    language = locale.partition("_")[0]
    near = [tag for tag in offered if tag.partition("_")[0] == language]
    return locale if locale in offered else next(iter(near), calendar.default_language)


def _plain(name: str) -> str:
    """A name as it is sorted: Åland Islands among the A's."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()
