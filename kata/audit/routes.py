"""The audit log on a page, and the same lines as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kata.access.guard import Installation, guarded, installation, viewer
from kata.access.policy import Action
from kata.audit import export, pages, queries
from kata.audit.forms import LookForm
from kata.audit.queries import Filters
from kata.audit.words import KINDS
from kata.extensions import db
from kata.web import csv
from kata.web.language import reader
from kata.web.render import page

blueprint = Blueprint("audit", __name__)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the filter, the people that its name stands for, and what was typed."""

    form: LookForm
    people: list[Any]
    filters: Filters | None


@blueprint.get("/admin/audit")
@guarded(installation, Action.READ_AUDIT_LOG)
def log(_installation: Installation) -> ResponseReturnValue:
    asked = _asked()
    rows, more = queries.page(asked.filters, _row_id("before") or queries.NEWEST) if asked.filters else ([], False)
    lines, place = pages.lines(viewer(), rows), Place()
    return page(
        "audit/log.html",
        form=asked.form,
        people=asked.people[: queries.NAMESAKES],
        many=len(asked.people) > queries.NAMESAKES,
        days=pages.days(lines, reader().zone),
        zone=reader().zone,
        narrowed=bool(place.kept),
        start="before" not in request.args,
        older=lines[-1].id if more else None,
        address=place,
    )


@blueprint.get("/admin/audit.csv")
@guarded(installation, Action.READ_AUDIT_LOG)
def log_csv(_installation: Installation) -> ResponseReturnValue:
    return csv.stream(_("Audit log"), export.LOG, _told(_asked().filters))


def _told(filters: Filters | None) -> Iterator[list[pages.Line]]:
    """The lines of the file, some thousands at a time; between them nothing is held in the database."""
    who = viewer()
    for rows in queries.batches(filters) if filters else ():
        yield pages.lines(who, rows)
        db.session.rollback()


#: What the address may narrow the log to.
NAMES = ("who", "person", "kind", "since", "until", "address")


def _asked() -> Asked:
    form, person = LookForm(formdata=request.args), _row_id("person")
    if not form.validate():
        return Asked(form, [], None)
    people = queries.person_by_id(person) if person else queries.people_called(form.who.data) if form.who.data else []
    if person and people and not form.who.data:
        form.who.data = people[0].name
    named = tuple(each.id for each in people[: queries.NAMESAKES]) if person or form.who.data else None
    since, until = _midnight(form.since.data), _midnight(form.until.data, after=1)
    kind = form.kind.data if form.kind.data in KINDS else None
    return Asked(form, people, Filters(named, kind, since, until, form.address.data))


def _midnight(day: date | None, *, after: int = 0) -> datetime | None:
    """When the day begins where the reader is, or so many days later."""
    return datetime.combine(day + timedelta(days=after), time(), reader().zone) if day else None


class Place:
    """Addresses of the log as it is narrowed now, without their place in the pages."""

    def __init__(self) -> None:
        self.kept = {name: request.args[name][:120] for name in NAMES if request.args.get(name)}

    def __call__(self, path: str = "/admin/audit", **changes: Any) -> str:
        """With some of it changed; ``None`` takes a part away."""
        return self._address(path, {**self.kept, **changes})

    def before(self, name: str, *without: str) -> str:
        """What stands before the value of a part that each line has its own of: made once, not once a line."""
        rest = self._address("/admin/audit", {**self.kept, **dict.fromkeys((name, *without))})
        return f"{rest}{'&' if '?' in rest else '?'}{name}="

    @staticmethod
    def _address(path: str, values: Mapping[str, Any]) -> str:
        said = {name: value for name, value in values.items() if value not in (None, "")}
        return f"{path}?{urlencode(said, errors='replace')}" if said else path


def _row_id(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
