"""A moment of truth: what it is, whose, what tells of it, who works on it, and everything heard there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kata import clock
from kata.access.policy import Viewer
from kata.customers import work
from kata.customers.forms import LinkForm
from kata.customers.models import MomentOfTruth
from kata.customers.pages import voices as lists
from kata.customers.pages.parts import WORDS, listens, measures_of
from kata.customers.queries import moments as queries
from kata.customers.queries import voices
from kata.web import sections
from kata.web.forms import Form
from kata.web.htmx import Partial


def fresh(who: Viewer, moment_id: int) -> MomentOfTruth:
    """The moment as it stands now."""
    found = queries.moment(who, lock=False, moment_id=moment_id)
    if found is None:
        raise LookupError(f"moment {moment_id} went away while it was shown")
    return found


def whole(who: Viewer, moment: MomentOfTruth, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the moment's page."""
    closed, told = voices.hearing(who, moment.team_id)
    wanted = lists.wanted_of(query, moment.id)
    today = clock.today(moment.team.time_zone)
    rows = voices.sources(who, [moment.team_id], today, moment_id=moment.id)
    return {
        "team": moment.team,
        "listens": listens(rows, closed=closed, told=told),
        "voices": lists.listed(who, moment.team, wanted, query, f"/moments/{moment.id}") if told else None,
        "sections": sections.of("moment", moment),
        "work": work.on(who, [moment.id])[moment.id],
        **about(moment).context,
        **measures(moment).context,
        **WORDS,
    }


def head(moment: MomentOfTruth) -> Partial:
    """Its name and whose it is."""
    return Partial("moment-head", "customers/_moment_head.html", _described(moment))


def about(moment: MomentOfTruth) -> Partial:
    """What it is."""
    return Partial("moment-about", "customers/_moment_about.html", _described(moment))


def _described(moment: MomentOfTruth) -> dict[str, Any]:
    rows = queries.customers(moment.team_id)
    customer = next((each for each in rows if each.id == moment.customer_id), None)
    return {"team": moment.team, "moment": moment, "customer": customer}


def measures(moment: MomentOfTruth) -> Partial:
    """What tells how it goes."""
    told = measures_of([moment.id]).get(moment.id, ())
    context = {"team": moment.team, "moment": moment, "measures": told, **WORDS}
    return Partial("moment-measures", "customers/_moment_measures.html", context)


def link(moment: MomentOfTruth, form: LinkForm) -> Partial:
    """The same place while somebody chooses a measure."""
    told = measures_of([moment.id]).get(moment.id, ())
    context = {"team": moment.team, "moment": moment, "measures": told, "form": form, **WORDS}
    return Partial("moment-measures", "customers/_moment_measures.html", context)


def editor(moment: MomentOfTruth, form: Form) -> Partial:
    """What it is, while somebody describes it better."""
    return Partial("moment-about", "customers/_moment_edit.html", {"team": moment.team, "moment": moment, "form": form})
