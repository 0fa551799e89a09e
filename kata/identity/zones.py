"""The time zones that people choose from: the places of the IANA list, grouped by region. Pure."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def grouped() -> dict[str, dict[str, str]]:
    """Place name by zone, under each region; UTC stands alone, for those who are nowhere."""
    groups: dict[str, dict[str, str]] = {region: {} for region in REGIONS}
    for zone in sorted(available_timezones()):
        region, _, place = zone.partition("/")
        if place and region in groups:
            groups[region][zone] = place.replace("_", " ").replace("/", ", ")
    return {**groups, "UTC": {"UTC": "UTC"}}


@cache
def known() -> frozenset[str]:
    """Every zone that can be chosen."""
    return frozenset(zone for zones in grouped().values() for zone in zones)


def is_zone(name: str) -> bool:
    """Whether ``name`` is one that can be chosen."""
    return name in known()
