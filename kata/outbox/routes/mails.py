"""The list of mails: to whom, of which kind, when, and what came of each; never what it says."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import Installation, guarded, installation
from kata.access.policy import Action
from kata.extensions import fetch
from kata.outbox import export, kinds, queries
from kata.outbox.routes import blueprint
from kata.outbox.sending import is_set_up
from kata.outbox.words import LISTS, STATES
from kata.web import csv
from kata.web.render import page


@blueprint.get("/admin/mail")
@guarded(installation, Action.MANAGE_PEOPLE)
def mails(_installation: Installation) -> ResponseReturnValue:
    show = _show()
    rows, more = queries.page(show, _row_id(request.args.get("before")))
    context: dict[str, Any] = {"mails": rows, "more": more, "show": show, "start": "before" not in request.args}
    words: dict[str, Any] = {"lists": LISTS, "states": STATES, "kind": kinds.label}
    return page("outbox/mails.html", counts=queries.counts(), sends=is_set_up(), **context, **words)


@blueprint.get("/admin/mail.csv")
@guarded(installation, Action.MANAGE_PEOPLE)
def mails_csv(_installation: Installation) -> ResponseReturnValue:
    return csv.answer(_("Mails"), export.MAILS, fetch(queries.listing(_show())))


def _show() -> str:
    asked = request.args.get("show", "waiting")
    return asked if asked in queries.SHOWN else "waiting"


def _row_id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
