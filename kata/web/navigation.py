"""The rooms that the navigation shows: only those that exist."""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import lazy_gettext as _l


class Room(NamedTuple):
    """One entry of the navigation; ``icon`` names a symbol of the sprite."""

    room: str
    label: object
    href: str
    icon: str


ROOMS = (
    Room("today", _l("Today"), "/", "calendar-check"),
    Room("boards", _l("Storyboards"), "/boards", "layout-dashboard"),
    Room("customers", _l("Customers"), "/customers", "message-square"),
    Room("coaching", _l("Coaching"), "/coaching", "messages-square"),
    Room("teams", _l("Teams"), "/teams", "users"),
)
