"""What people are told when something cannot be done: what happened, what was kept, what to do next."""

from __future__ import annotations

import errno
from urllib.parse import quote

from flask import Flask, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError, TimeoutError
from werkzeug.exceptions import HTTPException, ServiceUnavailable, Unauthorized

from kata import logs
from kata.extensions import db
from kata.web import htmx
from kata.web.render import here, problem
from kata.web.unsaved import unsaved

#: What the system says when a file has no room to grow, or may not be written for now.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}


def register(app: Flask) -> None:
    """Answer every error in words."""
    app.register_error_handler(401, _unauthorized)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(DBAPIError, _no_database)
    app.register_error_handler(TimeoutError, _no_database)
    app.register_error_handler(OSError, _no_room)
    app.register_error_handler(HTTPException, in_words)


def _unauthorized(error: HTTPException) -> ResponseReturnValue:
    address = url_for("identity.sign_in", next=here() if request.method == "GET" else None)
    if request.method in {"GET", "HEAD"} and not htmx.asked():
        return redirect(address, 303)
    return problem(
        error,
        _("You are signed out"),
        _("What you typed is kept on this device. Sign in again and send it once more."),
        link=url_for("identity.sign_in", next=_page_before()),
        link_text=_("Sign in"),
    )


def _page_before() -> str | None:
    """The page that the form stood on, so that signing in leads back to the draft."""
    referrer, root = request.referrer or "", request.host_url
    return quote("/" + referrer.removeprefix(root), safe="/?=&") if referrer.startswith(root) else None


def _forged(error: HTTPException) -> ResponseReturnValue:
    """The token lives in the session, so it also fails when the session has ended: then signing in is the way on."""
    if not current_user.is_authenticated:
        if not htmx.asked():
            return redirect(url_for("identity.sign_in", next=_page_before()), 303)
        return _unauthorized(Unauthorized())
    current_app.extensions["kata"].on_refusal(current_user.person_id, "sent no token")
    return problem(
        error,
        _("This form is too old, or came from elsewhere"),
        _("Nothing was changed, and what you typed is kept on this device. Reload the page and send it again."),
    )


def _no_database(error: DBAPIError | TimeoutError) -> ResponseReturnValue:
    """The database is gone, held or full. What is our own mistake (a broken statement or promise) is one, and 500."""
    if isinstance(error, IntegrityError | DataError | ProgrammingError | NotSupportedError) and not _is_lost(error):
        raise error
    db.session.rollback()
    return _not_now(logs.said(error), _("The database does not answer. What you typed is kept; try again in a moment."))


def _is_lost(error: DBAPIError) -> bool:
    return error.connection_invalidated


def _no_room(error: OSError) -> ResponseReturnValue:
    """A file could not be written for want of room. Any other trouble with files is our own mistake."""
    if error.errno not in FULL:
        raise error
    db.session.rollback()
    return _not_now(str(error.strerror), _("There is no room to save it. What you typed is kept; try again later."))


def _not_now(reason: str, text: str) -> ResponseReturnValue:
    current_app.logger.error("Nothing can be saved: %s", reason)
    kept = unsaved()
    again = {"link": here(), "link_text": _("Try again")} if request.method == "GET" else {}
    response = make_response(problem(ServiceUnavailable(), _("We cannot save right now"), text, unsaved=kept, **again))
    response.headers["Retry-After"] = "5"
    return response


def in_words(error: HTTPException) -> ResponseReturnValue:
    """The answer to an error of which nobody knows more than its status."""
    if error.code is None or error.code < 400:
        return error
    if error.code < 500 and g.get("viewer") is None and current_user.is_authenticated:
        g.viewer = current_app.extensions["kata"].viewer_of(current_user)  # so that the rooms stay around the words
    title, text = _words(error.code)
    return problem(error, title, text)


def _words(status: int) -> tuple[str, str]:
    known = {
        403: (
            _("This is not yours to change"),
            _("You may read it, but changing it is for others. Nothing was changed."),
        ),
        404: (
            _("There is nothing here"),
            _("It may have been closed to its team, or the address is mistyped."),
        ),
        405: (_("That cannot be done here"), _("Go back and use the buttons of the page.")),
        413: (
            _("That is too large"),
            _("Nothing was saved, and what you typed is kept on this device. Send fewer or smaller files."),
        ),
        429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
    }
    fallback = (
        _("Something went wrong here"),
        _("It is our fault, not yours. What you typed is kept on this device; try again in a moment."),
    )
    return known.get(status, fallback if status >= 500 else (_("That did not work"), _("Nothing was changed.")))
