"""What coaching adds to the pages of rooms below."""

from __future__ import annotations

from typing import Any

from flask import request

from kata.access.guard import viewer
from kata.coaching.pages import practice
from kata.coaching.paging import Key
from kata.coaching.queries.people import practitioner
from kata.web import sections
from kata.web.htmx import Partial


def of_person(person: Any) -> Partial | None:
    """The person's practice, for themselves and whoever coaches them now; for anyone else there is no such section."""
    found = practitioner(viewer(), person_id=person.id)
    if found is None:
        return None
    before, predicted = (request.args.get(name, type=Key.read) for name in ("before", "predicted"))
    return practice.whole(viewer(), found, before, predicted)


sections.add("practice", of_person)
