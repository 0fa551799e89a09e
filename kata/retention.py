"""How long is kept what serves nobody any more, and letting go of it a little at a time.

What people wrote, the activity record and the history of everything stay for good. What is named here was for one use:
it let somebody in, or kept something from being done twice. Each room has the worker tidy up what is its own
(``tidying.py``); ``docs/operations.md`` tells the same table to administrators.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, inspect, select, tuple_

from kata import worker
from kata.extensions import db, only_reading

#: After a session was ended, or ran out.
SESSIONS = timedelta(days=30)
#: After a sign-in link or the proof of an address was used, or ran out.
LINKS = timedelta(days=30)
#: After an invitation was taken up or withdrawn, or ran out.
INVITATIONS = timedelta(days=90)
#: After somebody tried to sign in, or guessed at a link; they are counted for a quarter of an hour.
ATTEMPTS = timedelta(days=1)
#: After a form was carried out; sent again later it would be carried out again.
SUBMISSIONS = timedelta(days=30)
#: After a mail was sent, or was known not to be.
MAILS = timedelta(days=90)
#: After a file was brought that nobody came back to; it is deleted, and its row says so.
FORGOTTEN_FILES = timedelta(days=7)
#: After a file was left out or refused. Of one whose readings were saved the row stays.
REFUSED_FILES = timedelta(days=90)

EVERY = timedelta(hours=6)
AT_ONCE = 500


def let_go(model: Any, *which: Any) -> int:
    """Delete the rows of ``model`` for which all of ``which`` hold; answers how many. Commits after each few.

    Two workers that do it at once take other rows, and one that dies has let go of what it committed. The newest row
    of a table that numbers its rows stays, so that its number is never given to another one: the record names it.
    """
    keys = inspect(model).primary_key
    if [key.name for key in keys] == ["id"]:
        which = (*which, model.id < select(func.max(model.id)).scalar_subquery())
    some = select(*keys).where(*which).limit(AT_ONCE).with_for_update(skip_locked=True)
    gone = 0
    while _is_any(select(*keys).where(*which).limit(1)) and not worker.stopping():
        query = delete(model).where(tuple_(*keys).in_(some)).execution_options(synchronize_session=False)
        count = int(db.session.execute(query).rowcount)  # type: ignore[attr-defined]  # a DELETE answers a CursorResult
        db.session.commit()
        if not count:  # somebody else has them in hand
            break
        gone += count
    return gone


def _is_any(query: Any) -> bool:
    """Looked up without a lock: most often there is nothing to do."""
    with only_reading():
        return db.session.execute(query).first() is not None
