"""The page of coaching, and saying that what it tells has been read."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import signed_in, viewer
from kata.coaching import levels
from kata.coaching.actions import visits
from kata.coaching.forms.visits import ReadForm
from kata.coaching.pages import overview as pages
from kata.coaching.routes import blueprint
from kata.web.forms import attempt
from kata.web.render import done, page


@blueprint.get("/coaching")
@signed_in
def coaching() -> ResponseReturnValue:
    overview = pages.overview(viewer())
    form = ReadForm(formdata=None, until=overview.until)
    return page("coaching/overview.html", overview=overview, form=form, levels=levels.names())


@blueprint.post("/coaching/read")
@signed_in
def mark_read() -> ResponseReturnValue:
    """Up to the moment that the page was made: what came after it stays news."""
    form = ReadForm()
    read = attempt(form, lambda: visits.read_up_to(viewer().person_id, form.until.data))
    return done(to="/coaching", say=_("Read.") if read else _("That page is too old; here is the newest."))
