"""What happens to a mail: written, claimed, handed over, put back, ended.

A mail is sent at most once. Two marks are committed on its way: *claimed* when a worker takes it, and *sending* when
the server has agreed to take it, right before its words leave. A worker that dies before the second mark has sent
nothing, so another one takes the mail when the claim has run out. One that dies after it may have sent it: the mail is
then kept as *uncertain* and shown to administrators, and never sent again. Every mark is a conditional UPDATE, so of
two workers one gets the mail, and a slow one that lost its claim cannot send.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite

from kata import clock, retention
from kata.extensions import db
from kata.outbox import kinds
from kata.outbox.models import Mail

#: After so long a worker that claimed a mail is taken for dead; no step of sending takes half of it.
CLAIM = timedelta(minutes=10)
#: How long a mail rests after its first, second, … try that failed; the last pause is the longest.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
#: What has ended is kept so long, and then leaves the outbox.
RETENTION = retention.MAILS
LONGEST_REASON = 300


def write(
    kind: str, key: str, address: str, *, person_id: int | None = None, about: Mapping[str, Any] | None = None
) -> bool:
    """Put a mail into the outbox in the caller's transaction; false where one of this key was written before.

    ``about`` is what its kind makes its words of: plain JSON, and nothing secret.
    """
    now = clock.now()
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = {
        "kind": kind,
        "key": f"{kind}:{key}",
        "address": address,
        "person_id": person_id,
        "about": dict(about or {}),
        "written_at": now,
        "due_at": now,
        "expires_at": now + kinds.kind(kind).lifetime,
        "state": "waiting",
        "tries": 0,
        "reason": "",
    }
    written = insert(Mail).values(row).on_conflict_do_nothing(index_elements=["key"]).returning(Mail.id)
    return db.session.execute(written).first() is not None


def claim(mail_id: int) -> str | None:
    """Take a mail that waits, or whose worker died before it sent anything; ``None`` where somebody else was first.

    Commits, so that nothing is locked while the server is talked to.
    """
    now, mine = clock.now(), secrets.token_hex(16)
    left = (Mail.state == "claimed") & (Mail.claimed_until < now)
    taken = _moved(
        Mail.id == mail_id,
        or_((Mail.state == "waiting") & (Mail.due_at <= now), left),
        Mail.expires_at > now,
        state="claimed",
        claim=mine,
        claimed_until=now + CLAIM,
        tries=Mail.tries + 1,
    )
    db.session.commit()
    return mine if taken else None


def begin_sending(mail_id: int, claim: str, about: Mapping[str, Any]) -> bool:
    """Mark that its words leave now; false where the claim ran out meanwhile and somebody else has the mail. Commits.

    ``about`` is what the mail is about from now on.
    """
    marked = _moved(
        Mail.id == mail_id,
        Mail.claim == claim,
        Mail.state == "claimed",
        state="sending",
        claimed_until=clock.now() + CLAIM,
        about=dict(about),
    )
    db.session.commit()
    return marked


def end(mail_id: int, claim: str, state: str, reason: str = "") -> None:
    """The last word on a mail that was claimed. Commits.

    A worker that comes back late with *sent* may find the mail marked as uncertain: then it is certain again.
    """
    mine = Mail.claim == claim
    if state == "sent":
        mine = or_(mine, Mail.state == "uncertain")
    reason, now = reason[:LONGEST_REASON], clock.now()
    _moved(Mail.id == mail_id, mine, state=state, reason=reason, ended_at=now, claim=None, claimed_until=None)
    db.session.commit()


def put_back(mail_id: int, claim: str, tries: int, reason: str) -> None:
    """It could not be sent now; it is tried again after a pause that grows from try to try. Commits."""
    _moved(
        Mail.id == mail_id,
        Mail.claim == claim,
        state="waiting",
        claim=None,
        claimed_until=None,
        due_at=clock.now() + PAUSES[min(tries, len(PAUSES)) - 1],
        reason=reason[:LONGEST_REASON],
    )
    db.session.commit()


def settle() -> None:
    """Look into what was left lying: mails whose worker died while their words left, and those that come too late.

    The caller commits.
    """
    now = clock.now()
    _moved(
        Mail.state == "sending",
        Mail.claimed_until < now,
        state="uncertain",
        claim=None,
        claimed_until=None,
        ended_at=now,
    )
    _moved(
        or_(Mail.state == "waiting", (Mail.state == "claimed") & (Mail.claimed_until < now)),
        Mail.expires_at <= now,
        state="expired",
        claim=None,
        claimed_until=None,
        ended_at=now,
    )


def withdraw(kind: str, person_id: int) -> None:
    """Let mails of a kind to somebody that still wait go unsent. The caller commits."""
    of_them = (Mail.kind == kind, Mail.person_id == person_id, Mail.state == "waiting")
    _moved(*of_them, state="dropped", ended_at=clock.now())


def _moved(*where: Any, **values: Any) -> bool:
    query = update(Mail).where(*where).values(**values).execution_options(synchronize_session=False)
    return bool(db.session.execute(query).rowcount)  # type: ignore[attr-defined]  # an UPDATE answers a CursorResult
