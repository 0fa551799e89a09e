"""The calendar: its secret address among one's settings, and the file that calendars read there."""

from __future__ import annotations

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import public, signed_in, viewer
from kata.coaching.actions import calendars as actions
from kata.coaching.forms.calendars import CalendarForm
from kata.coaching.pages.calendars import calendar_of
from kata.coaching.queries import calendars as queries
from kata.coaching.routes import blueprint
from kata.identity import throttle
from kata.identity.secrets import hashed, token_of_submission
from kata.web.forms import Form, attempt
from kata.web.render import done, page, problem_of


@blueprint.get("/calendar/<token>.ics")
@public
def calendar(token: str) -> ResponseReturnValue:
    """Who knows the address reads; no session is asked for and none is made.

    The same few words, by the same one look-up, whether the address was revoked, its account closed, or never was.
    Wrong guesses are counted by the place they come from, where refusals are; what is known is read uncounted.
    """
    place = request.remote_addr or ""
    if throttle.is_guessing("calendar", place):
        return _plain("Too many wrong addresses were asked for. Wait a quarter of an hour.\n", 429)
    who = queries.reader_of(token)
    if who is None:
        throttle.count_guess("calendar", place)
        return _plain("There is no calendar at this address.\n", 404)
    written = calendar_of(who, str(current_app.config["PUBLIC_URL"]).rstrip("/"))
    answer = Response(written, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="coaching.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _plain(sentence: str, status: int) -> Response:
    return Response(sentence, status, content_type="text/plain; charset=utf-8")


@blueprint.post("/settings/calendar")
@signed_in
def make_calendar() -> ResponseReturnValue:
    """The address is in the answer itself and nowhere else; the same submission again is shown the same address."""
    form, me = CalendarForm(), viewer().person_id
    token = token_of_submission("calendar", me, form.once.data)
    if not attempt(form, lambda: actions.make(me, token)):
        return problem_of(form, "/settings#calendar")
    address = f"{current_app.config['PUBLIC_URL']}/calendar/{token}.ics"
    return page("coaching/calendar_made.html", address=address if queries.is_live(hashed(token)) else "")


@blueprint.post("/settings/calendar/revocation")
@signed_in
def revoke_calendar() -> ResponseReturnValue:
    form = Form()
    if not attempt(form, lambda: actions.revoke(viewer().person_id)):
        return problem_of(form, "/settings#calendar")
    return done(
        to="/settings#calendar", form=form, say=_("The address works no more. Calendars that read it forget it.")
    )
