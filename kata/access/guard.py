"""The guard at every endpoint: load what the address names, authorise, hand it to the view.

An endpoint says ``@public``, ``@signed_in`` or ``@guarded(load, action)``. One that says nothing stops the app from
starting, so that forgetting is noticed before anybody is let in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from flask import Flask, abort, current_app, g
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from kata.access.policy import Action, Scope, Viewer, allows
from kata.extensions import writing
from kata.web import language

P = ParamSpec("P")
S_co = TypeVar("S_co", covariant=True)
View = Callable[..., ResponseReturnValue]


class Scoped(Protocol):
    """What the guard needs of a subject."""

    @property
    def scope(self) -> Scope: ...


class Installation:
    """The installation as a whole, for actions that belong to no team and no area."""

    scope = Scope()


def installation(viewer: Viewer, *, lock: bool) -> Installation:
    """The loader for endpoints about the installation as a whole."""
    return Installation()


def viewer() -> Viewer:
    """The viewer of this request; only for views behind the guard."""
    current: Viewer = g.viewer
    return current


def public(view: View) -> View:
    """Anyone may call this endpoint, signed in or not."""
    return _marked(view, "public")


def signed_in(view: View) -> View:
    """Anyone who is signed in may call this endpoint."""

    @wraps(view)
    def wrapper(**address: Any) -> ResponseReturnValue:
        _expect_viewer()
        return view(**address)

    return _marked(wrapper, "signed in")


def guarded(load: Callable[..., Any], action: Action) -> Callable[[View], View]:
    """Only who may do ``action`` to the subject that ``load`` finds by the address; the view gets the subject.

    ``load(viewer, lock=…, <the address's variables>)`` answers the subject if the viewer may see it, locked where the
    request writes, or ``None``.

    404 when the viewer may not even see it, 403 when they may see it but not do this; both are recorded.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(**address: Any) -> ResponseReturnValue:
            who = _expect_viewer()
            subject = load(who, lock=writing.get(), **address)
            refused = current_app.extensions["kata"].on_refusal
            if subject is None:
                refused(who.person_id, "looked for")
                abort(404)
            if not allows(who, action, subject.scope):
                refused(who.person_id, "refused", action=action.name)
                abort(403)
            return view(subject)

        return _marked(wrapper, action.name)

    return decorate


def may(action: Action, scope: Scope) -> bool:
    """Whether this request's viewer may do ``action``; what templates ask before they offer it."""
    who: Viewer | None = g.get("viewer")
    return who is not None and allows(who, action, scope)


def check_every_endpoint(app: Flask) -> None:
    """Raise at start when an endpoint does not say who may reach it."""
    unmarked = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    if unmarked:
        raise RuntimeError(f"These endpoints do not say who may reach them: {', '.join(sorted(unmarked))}")


def _expect_viewer() -> Viewer:
    account: Any = current_user._get_current_object()  # asked once: its stand-in asks the request at each attribute
    if not account.is_authenticated:
        raise Unauthorized()
    who: Viewer = current_app.extensions["kata"].viewer_of(account)
    g.viewer = who
    language.forget()
    return who


def _marked(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]  # the mark that check_every_endpoint looks for
    return view
