"""Striking personal data out for good: the text without it, then a second look, then it is gone."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import guarded, viewer
from kata.access.policy import Action
from kata.customers.actions import voices as actions
from kata.customers.forms import VoiceStrikeForm
from kata.customers.models import Voice
from kata.customers.queries import voices
from kata.customers.routes.answers import edit
from kata.customers.routes.voices import answer, crumb, fresh
from kata.rules import DomainError
from kata.web.forms import attempt
from kata.web.htmx import Partial

blueprint = Blueprint("striking", __name__)


@blueprint.get("/voices/<int:voice_id>/strike")
@guarded(voices.voice, Action.STRIKE_VOICE)
def ask_strike(shown: Voice) -> ResponseReturnValue:
    now = {"words": shown.words, "why": shown.why, "version": shown.version}
    return _asking(shown, VoiceStrikeForm(data=now, draft=_draft(shown)))


@blueprint.post("/voices/<int:voice_id>/strike")
@guarded(voices.voice, Action.STRIKE_VOICE)
def strike_voice(shown: Voice) -> ResponseReturnValue:
    """Without ``sure`` a second look at what will stay, which writes nothing; from there ``no`` leads back to the text,
    and ``yes`` takes the personal data away for good.
    """
    form, voice_id, by = VoiceStrikeForm(draft=_draft(shown)), shown.id, viewer().person_id
    if form.sure.data == "no":
        return _asking(shown, form)
    if form.sure.data != "yes":
        return _looking_again(shown, form)
    kept = {"words": form.words.data, "why": form.why.data, "reason": form.reason.data}
    if attempt(form, lambda: actions.strike(shown, form.version.data, **kept, by=by)):
        return answer(voice_id, form, say=_("Struck out for good. The record says that it was done, not what stood."))
    return _asking(fresh(voice_id), form)


def _looking_again(shown: Voice, form: VoiceStrikeForm) -> ResponseReturnValue:
    if not form.validate():
        return _asking(shown, form)
    try:
        actions.expect_strike(
            shown, words=form.words.data or "", why=form.why.data or "", reason=form.reason.data or ""
        )
    except DomainError as broken:
        form.refuse(broken.field, broken.text)
        return _asking(shown, form)
    return _asking(shown, form, sure=True)


def _asking(shown: Voice, form: VoiceStrikeForm, *, sure: bool = False) -> ResponseReturnValue:
    template = "customers/_voice_sure.html" if sure else "customers/_voice_strike.html"
    context = {"team": shown.team, "voice": shown, "form": form, "older": len(voices.old_wordings(shown.id))}
    part = Partial(f"voice-{shown.id}", template, context)
    return edit(_("Strike out personal data"), crumb(shown), part, form, listed=True)


def _draft(shown: Voice) -> str:
    return f"voice-{shown.id}-strike"
