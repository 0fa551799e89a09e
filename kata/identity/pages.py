"""What identity's pages show, worked out before the template."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from kata.identity.devices import browser_and_system
from kata.identity.mentions import Form
from kata.identity.traces import Traces


@dataclass(frozen=True, slots=True)
class Device:
    """One signed-in device as its owner would call it."""

    session_id: int
    name: str
    since: datetime
    is_here: bool


def signed_in_devices(rows: Iterable[tuple[int, str, datetime]], here: int) -> list[Device]:
    """The devices, the one at hand first."""
    devices = [Device(id_, device_name(agent), since, id_ == here) for id_, agent, since in rows]
    return sorted(devices, key=lambda device: not device.is_here)


def device_name(user_agent: str) -> str:
    """Firefox on Windows"""
    browser, system = browser_and_system(user_agent)
    if browser and system:
        return str(_("%(browser)s on %(system)s", browser=browser, system=system))
    return browser or system or str(_("An unknown device"))


@dataclass(frozen=True, slots=True)
class Naming:
    """One way in which texts name somebody who is to be anonymised."""

    key: str
    spelt: str
    whole: bool
    standing: int
    recorded: int
    others: int
    chosen: bool


def namings(forms: Iterable[Form], found: Traces, others: Mapping[str, int], chosen: Collection[str]) -> list[Naming]:
    """The ways that occur, the most certain first; each leaves the texts where it is chosen."""
    return [
        Naming(
            form.key,
            form.spelt,
            form.whole,
            found.standing[form.key],
            found.recorded[form.key],
            0 if form.whole else others.get(form.key, 0),
            form.key in chosen,
        )
        for form in forms
        if found.standing[form.key] or found.recorded[form.key]
    ]
