"""How links to stories read in a board's history."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

PHRASES: dict[tuple[str, str], Any] = {
    ("story_link", "shared the story"): _l("shared the story by a link"),
    ("story_link", "stopped the link"): _l("stopped a link to the story"),
}
