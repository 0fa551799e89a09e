"""Striking personal data out for good: the text without it, then a second look, then it is gone."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.actions import conversations as talking
from kata.customers.actions import voices as hearing
from kata.customers.forms import NoteStrikeForm, PartnerStrikeForm, StrikeFields, VoiceStrikeForm
from kata.customers.models import Conversation, Voice
from kata.customers.pages import talks
from kata.customers.queries import conversations, voices
from kata.customers.queries.conversations import Held
from kata.customers.routes.answers import edit
from kata.customers.routes.voices import answer, crumb, fresh
from kata.extensions import shorten_log
from kata.rules import DomainError
from kata.web.forms import attempt
from kata.web.htmx import Partial
from kata.web.render import done, show

blueprint = Blueprint("striking", __name__)


# A voice --------------------------------------------------------------------------------------------------------------


@blueprint.get("/voices/<int:voice_id>/strike")
@guarded(voices.voice, Action.STRIKE_VOICE)
def ask_strike(shown: Voice) -> ResponseReturnValue:
    now = {"words": shown.words, "why": shown.why, "version": shown.version}
    return _asking_voice(shown, VoiceStrikeForm(data=now, draft=f"voice-{shown.id}-strike"))


@blueprint.post("/voices/<int:voice_id>/strike")
@guarded(voices.voice, Action.STRIKE_VOICE)
def strike_voice(shown: Voice) -> ResponseReturnValue:
    form, voice_id, by = VoiceStrikeForm(draft=f"voice-{shown.id}-strike"), shown.id, viewer().person_id
    kept = {"words": form.words.data or "", "why": form.why.data or "", "reason": form.reason.data or ""}
    looked = _looked_twice(form, lambda: hearing.expect_strike(shown, **kept))
    if looked is not None:
        return _asking_voice(shown, form, sure=looked)
    if attempt(form, lambda: hearing.strike(shown, form.version.data, **kept, by=by)):
        return answer(voice_id, form, say=_struck())
    return _asking_voice(fresh(voice_id), form)


def _asking_voice(shown: Voice, form: VoiceStrikeForm, *, sure: bool = False) -> ResponseReturnValue:
    template = "customers/_voice_sure.html" if sure else "customers/_voice_strike.html"
    context = {"team": shown.team, "voice": shown, "form": form, "older": len(voices.old_wordings(shown.id))}
    part = Partial(f"voice-{shown.id}", template, context)
    return edit(_("Strike out personal data"), crumb(shown), part, form, listed=True)


# With whom a conversation is ------------------------------------------------------------------------------------------


@blueprint.get("/conversations/<int:conversation_id>/strike")
@guarded(conversations.conversation, Action.STRIKE_VOICE)
def ask_strike_partner(shown: Conversation) -> ResponseReturnValue:
    return _asking_partner(shown, PartnerStrikeForm(obj=shown, draft=f"conversation-{shown.id}-strike"))


@blueprint.post("/conversations/<int:conversation_id>/strike")
@guarded(conversations.conversation, Action.STRIKE_VOICE)
def strike_partner(shown: Conversation) -> ResponseReturnValue:
    form, number, by = PartnerStrikeForm(draft=f"conversation-{shown.id}-strike"), shown.id, viewer().person_id
    kept = {"partner": form.partner.data or "", "reason": form.reason.data or ""}
    looked = _looked_twice(form, lambda: talking.expect_partner_strike(shown, **kept))
    if looked is not None:
        return _asking_partner(shown, form, sure=looked)
    if attempt(form, lambda: talking.strike_partner(shown, form.version.data, **kept, by=by)):
        return done(to=f"/conversations/{number}", form=form, say=_struck())
    return _asking_partner(talks.fresh(viewer(), number), form)


def _asking_partner(shown: Conversation, form: PartnerStrikeForm, *, sure: bool = False) -> ResponseReturnValue:
    context = {"field": "partner", "action": f"/conversations/{shown.id}", "form": form, "sure": sure}
    part = Partial("conversation-plan", "customers/_talk_strike.html", {**context, "root": "conversation-plan"})
    return edit(_("Strike out personal data"), (shown.partner, f"/conversations/{shown.id}"), part, form)


# What was noted of one ------------------------------------------------------------------------------------------------


@blueprint.get("/held/<int:held_id>/strike")
@guarded(conversations.held, Action.STRIKE_VOICE)
def ask_strike_note(of: Held) -> ResponseReturnValue:
    now = {"note": of.held.note, "version": of.held.version, "reason": ""}
    return _asking_note(of, NoteStrikeForm(data=now, draft=f"held-{of.held.id}-strike"))


@blueprint.post("/held/<int:held_id>/strike")
@guarded(conversations.held, Action.STRIKE_VOICE)
def strike_note(of: Held) -> ResponseReturnValue:
    held, number, by = of.held, of.conversation.id, viewer().person_id
    form, held_id = NoteStrikeForm(draft=f"held-{held.id}-strike"), held.id
    kept = {"note": form.note.data or "", "reason": form.reason.data or ""}
    looked = _looked_twice(form, lambda: talking.expect_note_strike(held, **kept))
    if looked is not None:
        return _asking_note(of, form, sure=looked)
    if attempt(form, lambda: talking.strike_note(held, form.version.data, **kept, by=by)):
        part = talks.held(viewer(), talks.fresh(viewer(), number), held_id)
        return done(part, to=f"/conversations/{number}#held-{held_id}", form=form, say=_struck())
    return _asking_note(talks.fresh_held(viewer(), held_id), form)


def _asking_note(of: Held, form: NoteStrikeForm, *, sure: bool = False) -> ResponseReturnValue:
    root, address = f"held-{of.held.id}", f"/conversations/{of.conversation.id}"
    context = {"field": "note", "action": f"/held/{of.held.id}", "form": form, "sure": sure, "root": root}
    part = Partial(root, "customers/_talk_strike.html", {**context, "cancel_to": f"/held/{of.held.id}"})
    return edit(_("Strike out personal data"), (of.conversation.partner, address), part, form)


@blueprint.get("/held/<int:held_id>")
@guarded(conversations.held, Action.READ)
def held(of: Held) -> ResponseReturnValue:
    """One time that it took place, in its page; to htmx by itself, as an editor in its place is closed."""
    part = talks.held(viewer(), of.conversation, of.held.id)
    return show(f"/conversations/{of.conversation.id}#held-{of.held.id}", part)


# The two looks --------------------------------------------------------------------------------------------------------


def _looked_twice(form: StrikeFields, expect: Callable[[], None]) -> bool | None:
    """Which look comes next: false the text, true what will stay; ``None`` when both were had and it may be done.

    The form says ``yes`` or ``no`` at the second look, and nothing before. Looking writes nothing.
    """
    if form.sure.data == "yes":
        return None
    if form.sure.data == "no" or not form.validate():
        return False
    try:
        expect()
    except DomainError as broken:
        form.refuse(broken.field, broken.text)
        return False
    return True


def _struck() -> str:
    """What is said when it is committed; then no copy of it lies in the database's log either."""
    shorten_log()
    return str(_("Struck out for good. The record says that it was done, not what stood."))
