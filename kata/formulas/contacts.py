"""First-contact resolution: the share of contacts that settled the matter at once.

The denominator is contacts, not customers. What customers say in a survey about it is a different measure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kata.formulas.figure import Figure
from kata.formulas.intervals import ShareInterval, wilson
from kata.formulas.shares import share

A_WEEK = timedelta(days=7)


def gross_fcr(resolved: int, contacts: int, *, confidence: float = 0.95, interval: ShareInterval = wilson) -> Figure:
    """Resolved on the first contact, of all contacts."""
    return share(resolved, contacts, confidence=confidence, interval=interval)


def net_fcr(
    resolved: int, contacts: int, unresolvable: int, *, confidence: float = 0.95, interval: ShareInterval = wilson
) -> Figure:
    """Resolved on the first contact, of those that can be: ``unresolvable`` ones leave the denominator."""
    return share(resolved, contacts - unresolvable, confidence=confidence, interval=interval)


@dataclass(frozen=True, slots=True)
class Contact:
    customer: Hashable
    issue: Hashable
    at: datetime


@dataclass(frozen=True, slots=True)
class Repeats:
    """``figure`` counts the contacts that stood alone. The ``immature`` ones may still be followed by another."""

    figure: Figure
    immature: int

    @property
    def is_provisional(self) -> bool:
        return self.immature > 0


def fcr_by_repeats(
    contacts: Iterable[Contact],
    *,
    until: datetime,
    window: timedelta = A_WEEK,
    confidence: float = 0.95,
    interval: ShareInterval = wilson,
) -> Repeats:
    """Contacts without another of the same customer about the same issue within ``window`` before or after.

    A contact that is repeated does not count as resolved, nor does its repetition: of Tom once, John twice and Betty
    once, 2 of 4 are. ``until`` is how far the records reach; a lone contact whose window is open then is immature.
    The moments must be all aware or all naive, ``until`` too.
    """
    moments: defaultdict[tuple[Hashable, Hashable], list[datetime]] = defaultdict(list)
    for contact in contacts:
        moments[contact.customer, contact.issue].append(contact.at)
    alone = [moment for times in moments.values() for moment in _alone(sorted(times), window)]
    n = sum(map(len, moments.values()))
    figure = share(len(alone), n, confidence=confidence, interval=interval)
    return Repeats(figure, sum(moment + window > until for moment in alone))


def _alone(moments: list[datetime], window: timedelta) -> Iterable[datetime]:
    for before, moment, after in zip([None, *moments], moments, [*moments[1:], None], strict=False):
        if (before is None or moment - before > window) and (after is None or after - moment > window):
            yield moment
