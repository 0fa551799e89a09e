"""When one is told what changed, and what the next digest would say."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata import clock
from kata.access.guard import signed_in, viewer
from kata.notifications import actions
from kata.notifications.forms import DigestForm
from kata.notifications.models import HOUR, WEEKDAY
from kata.notifications.pages.digest import digest
from kata.notifications.queries import readers
from kata.notifications.queries.happenings import Span
from kata.notifications.rounds import span_until
from kata.notifications.routes import blueprint
from kata.notifications.schedule import FIRST, Wish, next_due
from kata.notifications.words import when
from kata.outbox.sending import is_set_up
from kata.web import sections
from kata.web.forms import attempt
from kata.web.htmx import Partial
from kata.web.render import done, page, refused

PAGE = "notifications/settings.html"


@blueprint.get("/settings/mail")
@signed_in
def mail() -> ResponseReturnValue:
    found = _reader()
    form = DigestForm(formdata=None, obj=found["reader"] or found["wish"], draft="mail")
    return page(PAGE, form=form, **found)


@blueprint.post("/settings/mail")
@signed_in
def choose_mail() -> ResponseReturnValue:
    form, me = DigestForm(draft="mail"), viewer().person_id
    values = {"rhythm": form.rhythm.data, "weekday": form.weekday.data, "hour": form.hour.data}
    if attempt(form, lambda: actions.choose(me, form.version.data, **values)):
        return done(to="/settings#mail", form=form, say=_("Saved."))
    return refused(PAGE, form, **_reader())


@blueprint.get("/settings/mail/next")
@signed_in
def next_mail() -> ResponseReturnValue:
    """What a digest that is sent now would say, for the same eyes; one that waits to be sent is not sent yet."""
    found, now = _reader(readers.LEFT), clock.now()
    row = found["reader"]
    span = span_until(now, row) if row else Span(now - FIRST["weekly"], now)
    made = digest(viewer(), span, (row.told if row else None) or {})
    return page("notifications/next.html", digest=made, due=next_due(found["wish"], now), **found)


def _reader(told: tuple[str, ...] = readers.TOLD) -> dict[str, Any]:
    """The viewer as somebody who is told: ``None`` as ``reader`` where no mail reaches them. When, in words."""
    row = readers.reader(viewer().person_id, told)
    wish = readers.wish_of(row) if row else Wish("weekly", WEEKDAY, HOUR, viewer().time_zone)
    return {"reader": row, "wish": wish, "when": when(wish), "sends": is_set_up()}


def of_settings(_person: Any) -> Partial:
    """The line among one's settings."""
    return Partial("mail", "notifications/_settings.html", _reader())


sections.add("settings", of_settings)
