"""Why a story is not shared, and how links to stories read in a board's history."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

PHRASES: dict[tuple[str, str], Any] = {
    ("story_link", "shared the story"): _l("shared the story by a link"),
    ("story_link", "stopped the link"): _l("stopped a link to the story"),
}


def why_not_shared(*, finished: bool, closed: bool, team_closed: bool) -> str:
    """Why no link may be made to a story, or nothing where one may; ``queries.opening`` asks a link the same.

    Only what has ended is shared: whoever practises must be able to be wrong in a small circle, and what strangers
    were given to read must not change behind their backs.
    """
    if not finished:
        return str(_("Only the story of a storyboard that has ended can be shared: practice needs a small circle."))
    if closed:
        return str(_("This storyboard is closed to its team. Open it to everyone to share its story."))
    return str(_("This team is closed. Open it again to share its stories.")) if team_closed else ""
