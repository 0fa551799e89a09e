"""What the addresses of this room answer in common."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue

from kata.access.guard import viewer
from kata.extensions import end_writing
from kata.measures import pages
from kata.measures.glance import Glance
from kata.measures.models import Measure
from kata.measures.pages import Stand
from kata.measures.pictures import pictures_of
from kata.web import htmx
from kata.web.forms import Form
from kata.web.htmx import Partial
from kata.web.render import Undo, done, page


def stand(of: Measure) -> Stand:
    """The measure at the place of its page that the address names."""
    return Stand.now(of, request.args)


def fresh(measure_id: int) -> Stand:
    """The same, read anew: after a commit, or after a rollback that emptied what was loaded."""
    return stand(pages.measure(viewer(), measure_id))


def saved(measure_id: int, form: Form, *, at: str = "", undo: Undo | None = None, say: str = "") -> ResponseReturnValue:
    """The whole measure again: whatever is written about it may change what its chart says."""
    end_writing()
    now = fresh(measure_id)
    to = now.seen.place.address(f"/measures/{measure_id}")
    return done(*pages.whole(viewer(), now), to=to + at, form=form, undo=undo, say=say)


def glance(measure_id: int) -> Glance | None:
    """What its chart says now, to be compared with what it says after a write; only htmx is told the difference."""
    return pictures_of([measure_id]).get(measure_id) if htmx.asked() else None


def told(
    measure_id: int,
    form: Form,
    changed: Callable[[Stand], tuple[Partial, ...]],
    *,
    at: str = "",
    undo: Undo | None = None,
    say: str = "",
) -> ResponseReturnValue:
    """What ``changed`` on the measure's page by a reading; a redirect to the page for everyone but htmx."""
    now = fresh(measure_id)
    to = now.seen.place.address(f"/measures/{measure_id}") + at
    return done(*(changed(now) if htmx.asked() else ()), to=to, form=form, undo=undo, say=say)


def refused_with(measure_id: int, form: Form, part: Partial) -> ResponseReturnValue:
    """The measure's page with the part that was refused; to htmx this part alone."""
    now = fresh(measure_id)
    context = pages.page_of(now.of, *pages.whole(viewer(), now), part)
    return page("measures/measure.html", status=form.http_status, partial=part, **context)
