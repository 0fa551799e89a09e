"""Voices: a team's list, writing one down in half a minute, wording it better."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import guarded, signed_in, viewer
from kata.access.policy import Action
from kata.customers import export
from kata.customers.actions import archiving
from kata.customers.actions import voices as actions
from kata.customers.forms import VoiceEditForm, VoiceFields, VoiceForm
from kata.customers.models import Voice
from kata.customers.pages import voices as pages
from kata.customers.pages.parts import WORDS, listens
from kata.customers.queries import moments, voices
from kata.customers.routes.answers import again, edit
from kata.extensions import db
from kata.measures.forms import VersionForm
from kata.teams.models import Team
from kata.teams.queries import teams_of
from kata.web import csv
from kata.web.forms import Form, attempt
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page, problem_of, refused

blueprint = Blueprint("voices", __name__)


@blueprint.get("/teams/<slug>/voices")
@guarded(voices.team, Action.READ)
def team_voices(team: Team) -> ResponseReturnValue:
    closed, told = voices.hearing(viewer(), team.id)
    rows = voices.sources(viewer(), [team.id], clock.today(team.time_zone))
    wanted = pages.wanted_of(request.args)
    return page(
        "customers/voices.html",
        team=team,
        listens=listens(rows, closed=closed, told=told),
        voices=pages.listed(viewer(), team, wanted, request.args, f"/teams/{team.slug}/voices"),
        looks=voices.looks(team.id) if closed else [],
        **WORDS,
    )


@blueprint.get("/teams/<slug>/voices.csv")
@guarded(voices.team, Action.READ)
def voices_csv(team: Team) -> ResponseReturnValue:
    rows = voices.listed(viewer(), team.id, pages.wanted_of(request.args))
    return csv.answer(f"{team.name} {_('Voices')}", export.VOICES, rows, team.time_zone)


# A new one ------------------------------------------------------------------------------------------------------------


@blueprint.get("/voices/new")
@signed_in
def new_voice_anywhere() -> ResponseReturnValue:
    """Straight to the form of somebody's only team; else they say which team heard it."""
    teams = db.session.scalars(teams_of(viewer())).all()
    if len(teams) == 1:
        return redirect(f"/teams/{teams[0].slug}/voices/new", 303)
    return page("customers/voice_where.html", teams=teams)


@blueprint.get("/teams/<slug>/voices/new")
@guarded(voices.open_team, Action.WRITE_CUSTOMERS)
def new_voice(team: Team) -> ResponseReturnValue:
    now = {"heard_on": clock.today(team.time_zone), "moment_id": request.args.get("moment", type=int)}
    form = _offered(team.id, VoiceForm(data=now, draft=f"team-{team.id}-voice"))
    return page("customers/voice_new.html", form=form, team=team, today=now["heard_on"])


@blueprint.post("/teams/<slug>/voices")
@guarded(voices.open_team, Action.WRITE_CUSTOMERS)
def add_voice(team: Team) -> ResponseReturnValue:
    form, team_id, by = _offered(team.id, VoiceForm(draft=f"team-{team.id}-voice")), team.id, viewer().person_id
    if attempt(form, lambda: actions.hear(team, form.said(), by=by)):
        moment_id = form.moment_id.data
        to = f"/moments/{moment_id}#voices" if moment_id else f"/teams/{again(team_id).slug}/voices"
        return done(to=to, form=form, say=_("Written down. Thank you for listening."))
    team = again(team_id)
    return refused("customers/voice_new.html", form, team=team, today=clock.today(team.time_zone))


def _offered(team_id: int, form: VoiceFields, now: int | None = None) -> VoiceFields:
    form.offer(moments.offered_moments(team_id, now))
    return form


# One of them ----------------------------------------------------------------------------------------------------------


@blueprint.get("/voices/<int:voice_id>")
@guarded(voices.voice, Action.READ)
def voice(shown: Voice) -> ResponseReturnValue:
    part = pages.voice(viewer(), shown.team, shown.id)
    return page("customers/voice.html", partial=part, **part.context)


@blueprint.get("/voices/<int:voice_id>/edit")
@guarded(voices.voice, Action.WRITE_CUSTOMERS)
def edit_voice(shown: Voice) -> ResponseReturnValue:
    return _editing(
        shown, _offered(shown.team_id, VoiceEditForm(obj=shown, draft=f"voice-{shown.id}"), shown.moment_id)
    )


@blueprint.post("/voices/<int:voice_id>")
@guarded(voices.voice, Action.WRITE_CUSTOMERS)
def reword_voice(shown: Voice) -> ResponseReturnValue:
    form, voice_id, by = VoiceEditForm(draft=f"voice-{shown.id}"), shown.id, viewer().person_id
    _offered(shown.team_id, form, shown.moment_id)
    if attempt(form, lambda: actions.reword(shown, form.version.data, form.said(), by=by)):
        return answer(voice_id, form)
    return _editing(fresh(voice_id), form)


def _editing(shown: Voice, form: Form) -> ResponseReturnValue:
    context = {"team": shown.team, "voice": shown, "form": form, "today": clock.today(shown.team.time_zone)}
    part = Partial(f"voice-{shown.id}", "customers/_voice_edit.html", context)
    return edit(_("Word it better"), crumb(shown), part, form, listed=True)


@blueprint.post("/voices/<int:voice_id>/archive")
@guarded(voices.voice, Action.WRITE_CUSTOMERS)
def archive_voice(shown: Voice) -> ResponseReturnValue:
    form, by, voice_id = VersionForm(), viewer().person_id, shown.id
    if attempt(form, lambda: archiving.archive(shown, form.version.data, by=by)):
        back = f"/voices/{voice_id}/restoration"
        return answer(voice_id, form, Undo(_("Archived. Nothing of it is lost."), back, {"version": shown.version}))
    return problem_of(form, f"/voices/{voice_id}")


@blueprint.post("/voices/<int:voice_id>/restoration")
@guarded(voices.voice, Action.WRITE_CUSTOMERS)
def restore_voice(shown: Voice) -> ResponseReturnValue:
    form, by, voice_id = VersionForm(), viewer().person_id, shown.id
    if attempt(form, lambda: archiving.restore(shown, form.version.data, by=by)):
        return answer(voice_id, form, say=_("Back in use."))
    return problem_of(form, f"/voices/{voice_id}")


def answer(voice_id: int, form: Form, undo: Undo | None = None, say: str = "") -> Response:
    """The voice as it stands now, in whichever list it is shown; its own page without htmx."""
    part = pages.voice(viewer(), fresh(voice_id).team, voice_id)
    return done(part, to=f"/voices/{voice_id}", form=form, undo=undo, say=say)


def fresh(voice_id: int) -> Voice:
    """The voice as it stands after a transaction ended."""
    found = voices.voice(viewer(), lock=False, voice_id=voice_id)
    if found is None:
        raise LookupError(f"voice {voice_id} went away while it was edited")
    return found


def crumb(shown: Voice) -> tuple[str, str]:
    """Where a voice's own pages lead back to."""
    return _("Voices heard by %(team)s", team=shown.team.name), f"/teams/{shown.team.slug}/voices"
