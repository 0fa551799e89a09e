"""What somebody chooses: when they are told what changed, or not at all."""

from __future__ import annotations

from kata import clock
from kata.activity.actions import record
from kata.extensions import db
from kata.identity import queries as people
from kata.notifications.models import DigestSetting, DigestTurn
from kata.notifications.queries import readers
from kata.notifications.schedule import FIRST, Wish, next_due
from kata.outbox import actions as outbox


def choose(person_id: int, seen: int | None, *, rhythm: str, weekday: int, hour: int) -> None:
    """Be told weekly or on practice days, at an hour of one's own time zone; or not at all.

    ``seen`` is the version that the form showed, ``None`` where nothing had been chosen yet.
    """
    setting, is_new = _setting(person_id)
    if not is_new:
        setting.expect_version(seen)
    was_off = setting.rhythm == "off"
    setting.rhythm, setting.weekday, setting.hour = rhythm, weekday, hour
    _settle(setting, anew=was_off)


def end(person_id: int) -> bool:
    """The one click: no digest any more, also none that is written already; again changes nothing.

    False where there is no such person.
    """
    if people.person(person_id) is None:
        return False
    setting, _is_new = _setting(person_id)
    if setting.rhythm != "off":
        setting.rhythm = "off"
        _settle(setting)
    return True


def _setting(person_id: int) -> tuple[DigestSetting, bool]:
    """What they chose before, and whether this is the first time."""
    people.person(person_id, lock=True)  # so that two who choose for the first time do not make two rows
    found = readers.setting(person_id, lock=True)
    if found is not None:
        return found, False
    found = DigestSetting(person_id=person_id, rhythm="weekly")
    db.session.add(found)
    return found, True


def _settle(setting: DigestSetting, *, anew: bool = False) -> None:
    """Record the choice and let the next turn follow from it; ``anew`` forgets what happened while they were off."""
    record("chose when to be told", setting, by=setting.person_id)
    person = people.person(setting.person_id)
    wish = Wish(setting.rhythm, setting.weekday, setting.hour, person.time_zone if person else "UTC")
    turn, now = readers.turn(setting.person_id), clock.now()
    if turn is None or anew:
        turn = turn or DigestTurn(person_id=setting.person_id)
        turn.begun_at = now - FIRST[wish.rhythm]
        db.session.add(turn)
    turn.zone, turn.next_at = wish.zone, next_due(wish, now)
    if turn.next_at is None:
        outbox.withdraw("digest", setting.person_id)
