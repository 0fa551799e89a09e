"""Ending the mails by the link that stands in each of them (RFC 8058).

Reading the page ends nothing, since programs open links to look at them; its button does. A mail program that its
reader tells to unsubscribe posts here by itself: without a session and without a token of a form, so the signed address
is what it is let in by, and this is the one endpoint that no form protects.
"""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from kata.access.guard import public
from kata.extensions import csrf, db
from kata.notifications import actions, links
from kata.notifications.routes import blueprint
from kata.web.forms import Form
from kata.web.render import page


@blueprint.get("/mail/off/<token>")
@public
def mail_off(token: str) -> ResponseReturnValue:
    if links.person_of(token) is None:
        return page("notifications/off_gone.html", status=404)
    return page("notifications/off.html", form=Form(), token=token)


@blueprint.post("/mail/off/<token>")
@public
def mail_off_submit(token: str) -> ResponseReturnValue:
    person_id = links.person_of(token)
    if person_id is None or not actions.end(person_id):
        return page("notifications/off_gone.html", status=404)
    db.session.commit()
    return page("notifications/off_done.html")


csrf.exempt(mail_off_submit)
