"""Writing down what was heard, wording it better, closing it to the team, and striking personal data out for good.

The activity record never holds what a voice said: ``Voice.recorded_fields`` leaves the words out, and nothing here
adds them. So there is one place to take personal data from, and taking it from there is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from kata import clock, trigrams
from kata.activity.actions import record
from kata.customers.models import ConversationHeld, Listening, MomentOfTruth, Voice, VoiceWording
from kata.customers.queries import voices as queries
from kata.customers.telling import expect_no_repeat
from kata.extensions import db
from kata.rules import Conflict, DomainError
from kata.teams.models import Team

STRUCK = "struck out personal data"


@dataclass(frozen=True, slots=True)
class Said:
    """What a voice says: facts (``words``) and interpretation (``why``) apart, and where it belongs."""

    words: str
    why: str
    says: str
    source: str
    heard_on: date
    moment_id: int | None = None


def hear(
    team: Team, said: Said, *, held: ConversationHeld | None = None, customer_id: int | None = None, by: int
) -> Voice:
    """Write down one thing heard; ``held`` is the conversation it was heard in, ``customer_id`` who spoke there.

    A moment that belongs to a customer says whose voice it is.
    """
    _expect_past(team, said.heard_on)
    moment = _own_moment(team.id, said.moment_id)
    voice = Voice(
        team_id=team.id,
        team=team,
        customer_id=moment.customer_id if moment and moment.customer_id else customer_id,
        moment_id=said.moment_id,
        conversation_id=held.id if held else None,
        source=said.source,
        heard_on=said.heard_on,
        says=said.says,
        words=said.words,
        why=said.why,
        by_id=by,
    )
    db.session.add(voice)
    record("heard", voice, by=by)
    return voice


def reword(voice: Voice, seen: int | None, said: Said, *, by: int) -> None:
    """Word it better, or put it where it belongs; what it said before is kept beside it."""
    _expect_version(voice, seen)
    _expect_past(voice.team, said.heard_on)
    if said.moment_id != voice.moment_id:
        moment = _own_moment(voice.team_id, said.moment_id)
        voice.moment_id = said.moment_id
        voice.customer_id = moment.customer_id if moment and moment.customer_id else voice.customer_id
    if (said.words, said.why) != (voice.words, voice.why):
        db.session.add(VoiceWording(voice_id=voice.id, words=voice.words, why=voice.why, by_id=by))
    voice.words, voice.why, voice.says = said.words, said.why, said.says
    voice.source, voice.heard_on = said.source, said.heard_on
    record("reworded", voice, by=by)


def strike(voice: Voice, seen: int | None, *, words: str, why: str, reason: str, by: int) -> None:
    """Put the cleaned text in the place of everything that the voice ever said. Nothing brings it back."""
    _expect_version(voice, seen)
    expect_strike(voice, words=words, why=why, reason=reason)
    for wording in queries.old_wordings(voice.id):
        db.session.delete(wording)
    voice.strike(words, why, reason)
    record(STRUCK, voice, by=by)
    trigrams.forget({Voice.__tablename__})


def expect_strike(voice: Voice, *, words: str, why: str, reason: str) -> None:
    """Raise when nothing would leave, or when the reason would keep what is to leave."""
    older = queries.old_wordings(voice.id)
    if not older and (words, why) == (voice.words, voice.why):
        raise DomainError("words", _("Nothing would leave: take the personal data out of the text first."))
    before = " ".join([voice.words, voice.why, *(part for each in older for part in (each.words, each.why))])
    expect_no_repeat(before, f"{words} {why}", reason)


def _expect_version(voice: Voice, seen: int | None) -> None:
    """The words are no part of the record, so a conflict must bring them along itself."""
    if seen != voice.version:
        raise Conflict({**voice.snapshot(), "words": voice.words, "why": voice.why}, voice.version)


def _expect_past(team: Team, heard_on: date) -> None:
    if heard_on > clock.today(team.time_zone):
        raise DomainError("heard_on", _("That day has not come yet. A voice is what was heard, not what may be said."))


def _own_moment(team_id: int, moment_id: int | None) -> MomentOfTruth | None:
    if moment_id is None:
        return None
    moment = db.session.get(MomentOfTruth, moment_id)
    if moment is None or moment.team_id != team_id:
        raise DomainError("moment_id", _("Choose one of the team’s own moments of truth."))
    return moment


# Closing to the team --------------------------------------------------------------------------------------------------


def set_closed(team: Team, closed: bool, *, by: int) -> None:
    """Show what the team hears to its members and coaches only, or to everyone signed in again."""
    how = queries.listening(team.id)
    if how is None:
        how = Listening(team_id=team.id, closed=False)
        db.session.add(how)
    if how.closed != closed:
        how.closed = closed
        record("closed the voices to the team" if closed else "opened the voices to everyone", how, by=by)


def look_into(team: Team, reason: str, *, by: int) -> None:
    """An administrator looks into closed voices for an hour. The record that it makes is what opens them."""
    how = queries.listening(team.id)
    if how is None or not how.closed:
        raise DomainError("", _("These voices are open to everyone; nothing has to be opened."))
    record(queries.OPENED, how, by=by, reason=reason)
