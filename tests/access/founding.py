"""How the addresses of the first day are asked: a small file, and the yes to what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kata.founding import pages, queries
from kata.founding.plan import plan
from kata.founding.reading import roll
from tests.cast import Cast

if TYPE_CHECKING:
    from tests.access.matrix import Row

TABLE = """
GET   /admin/import                                   -         administrators
POST  /admin/import                                   -         administrators
POST  /admin/import/making                            -         administrators
GET   /admin/import/template.csv                      -         administrators
GET   /admin/import/template.xlsx                     -         administrators
"""
ROWS = "Area,Team,Person\nHarbour,Pilots,Hal Moss\n"


def agreed(_row: Row, _cast: Cast) -> dict[str, Any]:
    """Yes to the plan as it is now; needs an app context."""
    lines = roll(pages.kept_table(ROWS)).lines
    return {"rows": ROWS, "seen": plan(lines, queries.standing(lines)).fingerprint}


BODIES: dict[str, Callable[[Row, Cast], dict[str, Any]]] = {
    "/admin/import": lambda row, cast: {"pasted": ROWS},
    "/admin/import/making": agreed,
}
