"""What the room does when somebody is anonymised: nobody is told what changed any more, and what they chose goes."""

from __future__ import annotations

from sqlalchemy import delete

from kata.extensions import db
from kata.identity.anonymity import Leaving, at_leaving
from kata.notifications.models import DigestSetting, DigestTurn


def leave(leaving: Leaving) -> None:
    """Forget how often the person wanted to be told, and when their next turn is."""
    for gone in (DigestSetting, DigestTurn):
        db.session.connection().execute(delete(gone).where(gone.person_id == leaving.person_id))


at_leaving(leave)
