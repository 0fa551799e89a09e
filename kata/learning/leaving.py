"""What the index does when somebody is anonymised: no word of what was rewritten stays in it.

The rows followed their sources already. SQLite's own index of words keeps what was deleted until it is put in order.
"""

from __future__ import annotations

from kata.extensions import db
from kata.identity.anonymity import Leaving, at_leaving
from kata.learning.actions import put_in_order
from kata.learning.documents import SOURCES


def leave(leaving: Leaving) -> None:
    if leaving.struck & {source.model.__tablename__ for source in SOURCES}:
        put_in_order(db.session.connection())


at_leaving(leave)
