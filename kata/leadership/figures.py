"""The figures, each a function of the facts of one team whose docstring is its definition, as readers see it. Pure.

A figure answers with steps: on which day which total changes, and by how much. What stands on a day is the sum of the
steps up to it; what happened between two days is the difference of two sums. Steps of a team add up to those of its
area, and of the areas above. A step may lie ahead, where time alone brings it: nothing has to be counted anew at night.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

#: Without an event for so long a storyboard does not live any more.
QUIET_AFTER = timedelta(days=14)
WEEK, FOUR_WEEKS = timedelta(days=7), timedelta(days=28)


class Board(NamedTuple):
    """A storyboard that is open to everyone."""

    id: int
    learner_id: int
    begun: date
    ended: date | None


class Experiment(NamedTuple):
    """``expected`` and ``happened`` where a number was expected and came, in the direction in which more is better."""

    board_id: int
    predicted: date | None
    seen: date | None
    ended: date | None
    concluded: bool
    expected: float | None
    happened: float | None


class Target(NamedTuple):
    """A target condition that has ended."""

    achieve_by: date
    ended: date
    status: str


class Cycle(NamedTuple):
    """A coaching cycle that was held; ``is_first`` is the first that its coach held anywhere."""

    board_id: int
    held: date
    is_first: bool


class Span(NamedTuple):
    """From a day until the one before another, or still."""

    begun: date
    ended: date | None


class Barrier(NamedTuple):
    """A barrier: when it was raised, answered for the first time, and taken back by the team."""

    raised: date
    answered: date | None
    taken_back: date | None


class Moment(NamedTuple):
    """A moment of truth, and when storyboards worked on it."""

    kept: Span
    worked: Sequence[Span]


class Outcome(NamedTuple):
    """An outcome measure, and the days on which a change began that a rule of its chart names, by their nature."""

    followed: Span
    changes: Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the figures of a team are made of; days are the team's own."""

    team: Span
    boards: Sequence[Board] = ()
    experiments: Sequence[Experiment] = ()
    targets: Sequence[Target] = ()
    cycles: Sequence[Cycle] = ()
    moments: Sequence[Moment] = ()
    outcomes: Sequence[Outcome] = ()
    barriers: Sequence[Barrier] = ()

    @property
    def practising_since(self) -> date | None:
        """The day on which the first of its storyboards began."""
        return min((board.begun for board in self.boards), default=None)


Step = tuple[date, str, int]
Steps = dict[tuple[date, str], int]
Figure = Callable[[Facts], Iterator[Step]]


def teams(facts: Facts) -> Iterator[Step]:
    """Teams of the area, those of the areas below it included, that are not closed."""
    yield from _between("teams", facts.team)


def practising(facts: Facts) -> Iterator[Step]:
    """Teams of which at least one storyboard lives."""
    for span in _joined(_lived(facts, board) for board in facts.boards):
        yield from _between("practising", span)


def storyboards(facts: Facts) -> Iterator[Step]:
    """Storyboards that are open to everyone and were neither ended nor archived. Those that a team keeps to itself,
    and those for practice, are counted in no figure."""
    for board in facts.boards:
        yield from _between("boards", Span(board.begun, board.ended))


def living(facts: Facts) -> Iterator[Step]:
    """Storyboards on which something happened within the last 14 days: an expectation was written down, a result was
    seen, a learning was written, or a coaching cycle was held. One that is quiet for longer is a reason to go and see,
    nothing else."""
    for board in facts.boards:
        for span in _lived(facts, board):
            yield from _between("living", span)


def coached_weeks(facts: Facts) -> Iterator[Step]:
    """Of the weeks (Monday to Sunday) in which something happened on a storyboard, those in which a coaching cycle was
    held at it. A week counts from its Sunday on."""
    for board in facts.boards:
        coached = {_sunday(cycle.held) for cycle in facts.cycles if cycle.board_id == board.id}
        for sunday in {_sunday(day) for day in _events(facts, board)}:
            yield sunday, "weeks", 1
            if sunday in coached:
                yield sunday, "weeks_coached", 1


def new_coaches(facts: Facts) -> Iterator[Step]:
    """People who held the first coaching cycle of their life here, on the day on which they held it."""
    for cycle in facts.cycles:
        if cycle.is_first:
            yield cycle.held, "new_coaches", 1


def learning_time(facts: Facts) -> Iterator[Step]:
    """Days from the day on which an expectation was written down to the day on which the learning was. Experiments
    that were set aside have no learning and are not counted."""
    for each in _concluded(facts):
        if each.predicted is not None:
            days = (each.ended - each.predicted).days if each.ended else 0
            yield each.ended, "timed", 1  # type: ignore[misc]  # a concluded experiment has ended
            for limit in LEARNED_WITHIN:
                if days <= limit:
                    yield each.ended, f"learned_{limit}", 1  # type: ignore[misc]  # likewise
                    break


def surprises(facts: Facts) -> Iterator[Step]:
    """Of the experiments that were concluded and of which a number was expected, those in which another number came:
    less than expected, or more, where more is what the measure wants. Expectations in words alone are not compared."""
    for each in _concluded(facts):
        day: date = each.ended  # type: ignore[assignment]  # likewise
        yield day, "experiments", 1
        if each.expected is None or each.happened is None:
            continue
        yield day, "numbered", 1
        if each.happened != each.expected:
            yield day, "less" if each.happened < each.expected else "more", 1


def targets(facts: Facts) -> Iterator[Step]:
    """Target conditions by how they ended: achieved by their date, achieved after it, not achieved, or left. Each ended
    with a reflection; one that was not achieved may have taught the most."""
    for each in facts.targets:
        if each.status == "achieved":
            yield each.ended, "in_time" if each.ended <= each.achieve_by else "late", 1
        else:
            yield each.ended, "not_achieved" if each.status == "not achieved" else "left", 1


def barriers(facts: Facts) -> Iterator[Step]:
    """Barriers that the teams raised on their storyboards and nobody has answered yet, by how long they have waited:
    less than a week, one to four weeks, longer. A promise for a day is an answer; a barrier that was passed up has
    not been answered. What a team has taken back waits no more."""
    for each in facts.barriers:
        waits = Span(each.raised, min(filter(None, (each.answered, each.taken_back)), default=None))
        yield from _between("waiting", waits)
        yield from _between("waiting_weeks", _from(waits, waits.begun + WEEK))
        yield from _between("waiting_months", _from(waits, waits.begun + FOUR_WEEKS))
        if each.answered:
            yield each.answered, "answered", 1


def moments(facts: Facts) -> Iterator[Step]:
    """Moments of truth that the teams have named, and of these the ones that at least one storyboard works on: its
    challenge names the moment, and it is neither closed nor ended."""
    for moment in facts.moments:
        yield from _between("moments", moment.kept)
        for span in _joined([[_within(moment.kept, worked) for worked in moment.worked]]):
            yield from _between("moments_worked", span)


def outcomes(facts: Facts) -> Iterator[Step]:
    """Outcome measures of the teams by the newest change, since the team's first storyboard began, that a rule of the
    measure's chart calls a signal: for the better, for the worse, or none, which is routine variation. That both
    happened in the same time does not say that one made the other."""
    since = facts.practising_since
    for outcome in facts.outcomes:
        if since is None:
            continue
        yield from _between("outcomes", _from(outcome.followed, since))
        for span, nature in _standing(outcome, since):
            if nature in ("better", "worse"):
                yield from _between(nature, span)


#: From prediction to learning within so many days; what took longer is the rest.
LEARNED_WITHIN = (1, 3, 7, 14)
FIGURES: tuple[Figure, ...] = (
    teams,
    practising,
    storyboards,
    living,
    coached_weeks,
    new_coaches,
    learning_time,
    surprises,
    targets,
    barriers,
    moments,
    outcomes,
)
#: The totals that are kept, in the order of their columns. Those of the first line stand on a day, the others grow.
TOTALS = (
    *("teams", "practising", "boards", "living", "waiting", "waiting_weeks", "waiting_months"),
    *("moments", "moments_worked", "outcomes", "better", "worse"),
    *("answered", "weeks", "weeks_coached", "new_coaches", "experiments", "numbered", "less", "more"),
    *("timed", *(f"learned_{limit}" for limit in LEARNED_WITHIN)),
    *("in_time", "late", "not_achieved", "left"),
)


def steps(facts: Facts) -> Steps:
    """What a team contributes to the figures of its areas: each day's changes of each total, none of them zero."""
    added: Counter[tuple[date, str]] = Counter()
    for figure in FIGURES:
        for day, name, amount in figure(facts):
            added[day, name] += amount
    return {place: amount for place, amount in added.items() if amount}


def learners(facts: Facts) -> list[tuple[int, Span]]:
    """Who practises in the team, and when: from the beginning of each storyboard until a quarter after its end."""
    return [
        (board.learner_id, Span(board.begun, board.ended + timedelta(days=WINDOW) if board.ended else None))
        for board in facts.boards
    ]


#: So many days are looked at where a figure tells what happened lately: thirteen weeks.
WINDOW = 91


def _concluded(facts: Facts) -> Iterable[Experiment]:
    return (each for each in facts.experiments if each.concluded)


def _events(facts: Facts, board: Board) -> set[date]:
    """The days on which something happened on a storyboard."""
    of_experiments = (
        day
        for each in facts.experiments
        if each.board_id == board.id
        for day in (each.predicted, each.seen, each.ended)
        if day is not None
    )
    return {*of_experiments, *(cycle.held for cycle in facts.cycles if cycle.board_id == board.id)}


def _lived(facts: Facts, board: Board) -> list[Span]:
    """When a storyboard lived, no longer than until it ended."""
    whole = Span(board.begun, board.ended)
    after_events = [_within(whole, Span(day, day + QUIET_AFTER)) for day in _events(facts, board)]
    return list(_joined([after_events]))


def _standing(outcome: Outcome, start: date) -> Iterator[tuple[Span, str]]:
    """What the newest change said, and how long it was the newest; those before ``start`` are not looked at."""
    begun = [(day, nature) for day, nature in sorted(outcome.changes) if day >= start]
    for at, (day, nature) in enumerate(begun, 1):
        following = begun[at][0] if at < len(begun) else None
        yield _within(outcome.followed, Span(day, following)), nature


def _between(name: str, span: Span) -> Iterator[Step]:
    """One more from a day on, and one fewer from another on."""
    if span.ended is None or span.ended > span.begun:
        yield span.begun, name, 1
        if span.ended is not None:
            yield span.ended, name, -1


def _from(span: Span, start: date) -> Span:
    return Span(max(span.begun, start), span.ended)


def _within(outer: Span, inner: Span) -> Span:
    ends = [each.ended for each in (outer, inner) if each.ended is not None]
    return Span(max(outer.begun, inner.begun), min(ends, default=None))


def _joined(groups: Iterable[Iterable[Span]]) -> Iterator[Span]:
    """The spans as one line in time: those that meet or overlap become one, and empty ones are left out."""
    spans = sorted(
        (each for group in groups for each in group if each.ended is None or each.ended > each.begun),
        key=lambda each: each.begun,
    )
    while spans:
        begun, ended = spans.pop(0)
        while spans and (ended is None or spans[0].begun <= ended):
            following = spans.pop(0).ended
            ended = None if ended is None or following is None else max(ended, following)
        yield Span(begun, ended)


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())
