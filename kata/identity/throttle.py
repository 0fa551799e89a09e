"""Slowing down whoever tries passwords, by account and by address, without locking the owner out.

One upsert counts a try before anything is hashed. An account's limit holds per address too, so that a stranger who
burns it elsewhere does not keep the owner from signing in from their own place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from kata import clock
from kata.extensions import db, writing
from kata.identity.models import Attempt

WINDOW_SECONDS = 900
LIMIT_ACCOUNT_AND_ADDRESS = 10
LIMIT_ADDRESS = 100
LIMIT_ACCOUNT = 300
LIMIT_GUESSES = 100


def admit(account: str, address: str) -> bool:
    """Count this try and say whether it may go on. Commits, so that no lock is held while a password is hashed."""
    now = window()
    limits = {
        f"account+address:{account}:{address}": LIMIT_ACCOUNT_AND_ADDRESS,
        f"address:{address}": LIMIT_ADDRESS,
        f"account:{account}": LIMIT_ACCOUNT,
    }
    counts = [(_count(name, now), limit) for name, limit in sorted(limits.items())]
    db.session.execute(delete(Attempt).where(Attempt.window < now - 1))
    db.session.commit()
    return all(count <= limit for count, limit in counts)


def is_guessing(what: str, address: str) -> bool:
    """Whether so many secret addresses of this kind were guessed wrongly from one place that it has to wait.

    Only asks; ``count_guess`` counts. Whoever knows a secret address never guesses, and is counted nowhere.
    """
    counted = select(Attempt.count).where(Attempt.key == _key(f"{what}:{address}"), Attempt.window == window())
    return (db.session.scalar(counted) or 0) >= LIMIT_GUESSES


def count_guess(what: str, address: str) -> None:
    """Count a wrong guess, in a transaction of its own: the request that made it only reads."""
    db.session.rollback()
    token = writing.set(True)
    try:
        _count(f"{what}:{address}", window())
        db.session.execute(delete(Attempt).where(Attempt.window < window() - 1))
        db.session.commit()
    finally:
        writing.reset(token)


def forget(account: str, address: str) -> None:
    """A success clears the account's count at this address; the caller commits."""
    key = _key(f"account+address:{account}:{address}")
    db.session.execute(delete(Attempt).where(Attempt.key == key))


def forget_accounts(accounts: Collection[str], addresses: Collection[str]) -> None:
    """Leave no count of tries at these accounts, also none at the places from which they may have come."""
    names = [f"account:{account}" for account in accounts]
    names += [f"account+address:{account}:{address}" for account in accounts for address in addresses]
    for name in names:
        db.session.execute(delete(Attempt).where(Attempt.key == _key(name)))


def window(moment: datetime | None = None) -> int:
    """The number of the window in which tries are counted together, now or at a moment."""
    return int((moment or clock.now()).timestamp()) // WINDOW_SECONDS


def _count(name: str, at: int) -> int:
    dialect = db.engine.dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    upsert = (
        insert(Attempt)
        .values(key=_key(name), window=at, count=1)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"count": Attempt.count + 1})
        .returning(Attempt.count)
    )
    return db.session.execute(upsert).scalar_one()


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
