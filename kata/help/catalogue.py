"""Which pages there are, for whom, and in which order.

A page is a file of ``docs/``; its title and its first sentence are the file's own. A new file gets a line here, or a
test fails.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs"
PICTURES = FOLDER / "pictures"

PRACTISING, RUNNING, BUILDING = "practising", "running", "building"
GROUPS = {PRACTISING: _l("Practising"), RUNNING: _l("Running it"), BUILDING: _l("Building it")}


class Entry(NamedTuple):
    """A page: the name of its file without ``.md``, and the group of readers that it stands among."""

    slug: str
    group: str


PAGES = (
    Entry("team-members", PRACTISING),
    Entry("coaches", PRACTISING),
    Entry("leaders", PRACTISING),
    Entry("administrators", RUNNING),
    Entry("installation", RUNNING),
    Entry("deployment", RUNNING),
    Entry("operations", RUNNING),
    Entry("security", RUNNING),
    Entry("faults", RUNNING),
    Entry("measurements", RUNNING),
    Entry("scale", RUNNING),
    Entry("developers", BUILDING),
)
SLUGS = frozenset(page.slug for page in PAGES)
