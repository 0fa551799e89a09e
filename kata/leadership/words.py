"""The figures in words: what each is called, what its parts are, and the sentences on top of the page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from kata.leadership import figures
from kata.leadership.figures import LEARNED_WITHIN, Figure
from kata.leadership.queries.kept import Totals
from kata.web.language import reader

Amounts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure of practice as the page shows it: columns of ``parts``, one a window of thirteen weeks.

    ``amounts`` takes them from the totals: those that stand at the end of a window where ``stands``, else those that
    came in it. ``says`` is the newest window in words. ``behind`` names the list that it opens.
    """

    key: str
    title: Any
    parts: tuple[Any, ...]
    amounts: Callable[[Totals], Amounts]
    says: Callable[[Amounts], str]
    figure: Figure
    behind: str
    stands: bool = False


def _living(of: Totals) -> Amounts:
    return of["living"], of["boards"] - of["living"]


def _weeks(of: Totals) -> Amounts:
    return of["weeks_coached"], of["weeks"] - of["weeks_coached"]


def _days(of: Totals) -> Amounts:
    within = tuple(of[f"learned_{limit}"] for limit in LEARNED_WITHIN)
    return *within, of["timed"] - sum(within)


def _surprises(of: Totals) -> Amounts:
    return of["numbered"] - of["less"] - of["more"], of["less"], of["more"]


def _targets(of: Totals) -> Amounts:
    return of["in_time"], of["late"], of["not_achieved"], of["left"]


def _coaches(of: Totals) -> Amounts:
    return (of["new_coaches"],)


def _of_all(amounts: Amounts) -> str:
    return str(_("%(some)s of %(all)s", some=amounts[0], all=sum(amounts)))


def _half_within(amounts: Amounts) -> str:
    """The shortest time within which half of them were done."""
    total, done = sum(amounts), 0
    for limit, amount in zip(LEARNED_WITHIN, amounts, strict=False):
        done += amount
        if done * 2 >= total:
            return str(ngettext("half within a day", "half within %(num)s days", limit))
    return str(_("most took longer than %(num)s days", num=LEARNED_WITHIN[-1]))


def _surprised(amounts: Amounts) -> str:
    return str(_("%(some)s of %(all)s", some=sum(amounts[1:]), all=sum(amounts)))


PRACTICE = (
    Kind(
        "living",
        _l("Storyboards that live"),
        (_l("lives"), _l("quiet")),
        _living,
        _of_all,
        figures.living,
        "storyboards",
        stands=True,
    ),
    Kind(
        "weeks",
        _l("Weeks with a coaching cycle"),
        (_l("with a cycle"), _l("without one")),
        _weeks,
        _of_all,
        figures.coached_weeks,
        "storyboards",
    ),
    Kind(
        "days",
        _l("From prediction to learning"),
        (_l("1 day"), _l("2 to 3"), _l("4 to 7"), _l("8 to 14"), _l("longer")),
        _days,
        _half_within,
        figures.learning_time,
        "experiments",
    ),
    Kind(
        "surprises",
        _l("Reality surprised us"),
        (_l("as expected"), _l("less"), _l("more")),
        _surprises,
        _surprised,
        figures.surprises,
        "experiments",
    ),
    Kind(
        "targets",
        _l("Target conditions reached by their date"),
        (_l("by their date"), _l("later"), _l("not achieved"), _l("left")),
        _targets,
        _of_all,
        figures.targets,
        "targets",
    ),
    Kind(
        "coaches",
        _l("New coaches"),
        (_l("held their first cycle"),),
        _coaches,
        lambda amounts: str(amounts[0]),
        figures.new_coaches,
        "coaches",
    ),
)

#: What every definition is called, in the order in which they are told.
DEFINED: tuple[tuple[Any, Figure], ...] = (
    (_l("Teams"), figures.teams),
    (_l("Teams that practise"), figures.practising),
    (_l("Storyboards"), figures.storyboards),
    *((kind.title, kind.figure) for kind in PRACTICE),
    (_l("Barriers that wait"), figures.barriers),
    (_l("Moments of truth that somebody works on"), figures.moments),
    (_l("Outcomes"), figures.outcomes),
)


def quarter(first_day: date) -> str:
    """The name of the quarter that begins on a day."""
    return str(_("Q%(quarter)s %(year)s", quarter=(first_day.month + 2) // 3, year=first_day.year))


def definition(figure: Figure) -> str:
    """What the figure is: the words of the code that counts it, in the reader's language where they are translated."""
    text = " ".join((inspect.getdoc(figure) or "").split())
    return str(reader().catalogue.ugettext(text))


def customers_feel(better: int, worse: int, alike: int) -> str:
    """The sentence about outcomes; ``alike`` show routine variation."""
    said = []
    if better:
        said.append(ngettext("one outcome changed for the better", "%(num)s outcomes changed for the better", better))
    if worse:
        said.append(ngettext("one changed for the worse", "%(num)s changed for the worse", worse))
    if alike:
        said.append(ngettext("one shows routine variation only", "%(num)s show routine variation only", alike))
    return _sentence(said, _("since the teams began to practise")) if said else ""


def _sentence(parts: Sequence[str], when: str) -> str:
    first = f"{parts[0][:1].upper()}{parts[0][1:]} {when}"
    return f"{'; '.join((first, *parts[1:]))}."


def ability_grows(more: int, told: int, *, whole_year: bool) -> str:
    """The sentence about skills: in how many of those ``told`` more people can do it than a year before, or, where no
    ``whole_year`` is told yet, than in the first quarter that is.
    """
    if not told:
        return ""
    than = _("than a year before") if whole_year else _("than when it was first told")
    if told == 1:
        who = _("more people") if more else _("no more people")
        return str(_("In the one skill told of, %(who)s are competent or better %(than)s.", who=who, than=than))
    if more == told:
        text = _("In all %(told)s skills told of, more people are competent or better %(than)s.", told=told, than=than)
    elif more:
        text = _(
            "In %(more)s of the %(told)s skills told of, more people are competent or better %(than)s.",
            more=more,
            told=told,
            than=than,
        )
    else:
        text = _(
            "In none of the %(told)s skills told of are more people competent or better %(than)s.", told=told, than=than
        )
    return str(text)


def ability_seen(told: int) -> str:
    """The sentence about skills while there is one quarter only that can be told of."""
    if not told:
        return ""
    return str(
        ngettext(
            "In one skill enough people were observed to be told of; the next quarter shows whether it grows.",
            "In %(num)s skills enough people were observed to be told of; the next quarter shows whether they grow.",
            told,
        )
    )


def barriers_wait(waiting: int, months: int) -> str:
    """The sentence about barriers of the area's teams; ``months`` of them have waited longer than four weeks."""
    if not waiting:
        return str(_("No team waits for an answer to a barrier."))
    said = ngettext("One barrier waits for an answer", "%(num)s barriers wait for an answer", waiting)
    longer = ngettext("one for more than four weeks", "%(num)s for more than four weeks", months) if months else ""
    return f"{said}, {longer}." if longer else f"{said}."
