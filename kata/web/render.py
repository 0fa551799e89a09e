"""Answers: a page, the pieces of it that changed, or the form again with what was typed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from flask import Response, flash, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from kata import clock
from kata.web import htmx, requests
from kata.web.forms import Form
from kata.web.htmx import Partial
from kata.web.language import reader
from kata.web.templates import rendered


@dataclass(frozen=True)
class Undo:
    """How to take back what was just done: a form that posts ``fields`` to ``action``."""

    message: str
    action: str
    fields: dict[str, object] = field(default_factory=dict)


def page(template: str, *, status: int = 200, partial: Partial | None = None, **context: Any) -> Response:
    """A whole page; to htmx only ``partial``, where the address also names a piece of another page."""
    if partial is not None and htmx.asked():
        return htmx.pieces((partial,), status)
    response = make_response(rendered(template, **context), status)
    response.headers["Vary"] = "HX-Request"
    return response


def done(*partials: Partial, to: str, form: Form | None = None, undo: Undo | None = None, say: str = "") -> Response:
    """The answer to a write that is committed: the changed pieces to htmx, a redirect to ``to`` for everyone else.

    ``form`` names the draft that the browser may now forget; ``say`` is a sentence to show, ``undo`` the way back.
    """
    draft = form.draft if form else None
    if not htmx.asked():
        return _redirected(to, draft, say, undo)
    if not partials:
        _remember(draft, say, undo)
        return htmx.go_to(to)
    moment = clock.now()
    extra = [Partial("saved", "web/_saved.html", {"at": moment})]
    if say or undo:
        extra.append(Partial("toast", "web/_toast.html", {"say": say, "undo": undo}))
    response = htmx.pieces((*partials, *extra))
    htmx.tell(response, "kata:saved", {"draft": draft, "at": moment.isoformat(timespec="minutes")})
    return response


def refused(template: str, form: Form, *, partial: Partial | None = None, **context: Any) -> Response:
    """The form again, with its errors or the other person's text: 422, or 409 for a conflict."""
    if partial is not None and htmx.asked():
        return htmx.pieces((partial,), form.http_status)
    return page(template, status=form.http_status, form=form, **context)


def show(address: str, *partials: Partial) -> Response:
    """The pieces that an edit was cancelled in, or the page that they belong to."""
    return htmx.pieces(partials) if htmx.asked() else make_response(redirect(address, 303))


def problem(error: HTTPException, title: str, text: str, **context: Any) -> ResponseReturnValue:
    """An error page in plain words; to htmx the same words beside what the person was doing."""
    status = error.code or 500
    if status >= 500:
        context["request_number"] = requests.number()
    if htmx.asked():
        piece = Partial("problem", "web/_problem.html", {"title": title, "text": text, **context})
        return htmx.pieces((piece,), status)
    return make_response(rendered("web/problem.html", title=title, text=text, **context), status)


def _redirected(to: str, draft: str | None, say: str, undo: Undo | None) -> Response:
    _remember(draft, say, undo)
    return make_response(redirect(to, 303))


def _remember(draft: str | None, say: str, undo: Undo | None) -> None:
    if draft:
        flash(draft, "saved-draft")
    if undo:
        flash(asdict(undo), "undo")  # type: ignore[arg-type]  # what JSON holds travels, and the page makes a form of it
    elif say:
        flash(say, "done")


def here() -> str:
    """This request's path with its query, for a way back."""
    return request.full_path if request.query_string else request.path


def language() -> str:
    """The language tag of the page for ``<html lang>``."""
    return reader().locale.replace("_", "-")


def problem_of(form: Form, to: str) -> Response:
    """The refusal of a form that has no place of its own any more: said beside the page it stood on.

    Without scripts that page is left, so what was typed is shown with the refusal.
    """
    sentence = " ".join(text for errors in form.errors.values() for text in errors)
    if not htmx.asked():
        if form.typed:
            context = {
                "title": _("Not saved"),
                "text": sentence,
                "kept": form.typed,
                "link": to,
                "link_text": _("Go on"),
            }
            return make_response(rendered("web/problem.html", **context), form.http_status)
        flash(sentence, "problem")
        return make_response(redirect(to, 303))
    piece = Partial("problem", "web/_problem.html", {"title": "", "text": sentence})
    return htmx.pieces((piece,), form.http_status)
