"""The small language in which a board's story is told, and the walk that acts it out day by day.

A story only says who does what on which practice day. Nothing is written while it is told: every line becomes an event
of the timeline, and the timeline runs all teams' events in the order of time, standing at each one's moment and using
the same actions as people's clicks do. So the demo's record and history are real.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path

from kata import clock
from kata.access.policy import Viewer
from kata.demo.days import Days
from kata.identity.models import Person
from kata.identity.queries import Account
from kata.measures.models import Measure
from kata.storyboards import photos
from kata.storyboards.actions import boards, conditions, experiments, obstacles
from kata.storyboards.models import Challenge, Experiment, Obstacle, Storyboard, TargetCondition
from kata.teams.models import Team
from kata.teams.queries import viewer_of

Act = Callable[[], object]
When = int | date


class Timeline:
    """Everything that will happen, run in the order of time."""

    def __init__(self) -> None:
        self._events: list[tuple[datetime, Act]] = []

    def at(self, moment: datetime, act: Act) -> None:
        self._events.append((moment, act))

    def run(self) -> None:
        for moment, act in sorted(self._events, key=itemgetter(0)):
            with clock.standing_at(moment):
                act()
        self._events.clear()


@dataclass
class Stage:
    """What the stories share: the people, the teams with their days and measures, and the areas' challenges."""

    timeline: Timeline
    photo_folder: Path
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    days: dict[str, Days] = field(default_factory=dict)
    measures: dict[tuple[str, str], Measure] = field(default_factory=dict)
    directions: dict[str, Challenge] = field(default_factory=dict)
    boards: dict[str, Storyboard] = field(default_factory=dict)

    def id(self, who: str) -> int:
        return self.people[who].id

    def viewer(self, who: str) -> Viewer:
        """Somebody with the roles that they hold at this moment of the story."""
        me = self.people[who]
        account = Account("", 0, me.id, me.name, me.language, me.time_zone, me.theme, me.is_administrator)
        return viewer_of(account)

    def at(self, team: str, day: int, time: str, act: Act) -> None:
        self.timeline.at(self.days[team].moment(day, time), act)


class Trial:
    """One experiment of a story."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.made: Experiment

    def saw(self, day: int, who: str, happened: str, value: float | None = None, *, at: str = "16:05") -> Trial:
        """What was seen and counted that day."""

        def act() -> None:
            now = self.made
            experiments.conclude(
                now,
                now.version,
                happened=happened,
                happened_on=self._story.days.day(day),
                value=value,
                learned="",
                by=self._story.stage.id(who),
            )

        self._story.do(day, at, act)
        return self

    def learned(self, day: int, who: str, learned: str, *, at: str = "09:15") -> Trial:
        """What the team makes of it; this concludes the experiment."""

        def act() -> None:
            now = self.made
            experiments.conclude(
                now,
                now.version,
                happened=now.happened,
                happened_on=now.happened_on or self._story.days.day(day),
                value=now.happened_value,
                learned=learned,
                by=self._story.stage.id(who),
            )

        self._story.do(day, at, act)
        return self

    def set_aside(self, day: int, who: str, reason: str, *, at: str = "09:15") -> Trial:
        self._story.do(
            day, at, lambda: experiments.set_aside(self.made, self.made.version, reason, by=self._story.stage.id(who))
        )
        return self

    def amended(self, day: int, who: str, part: str, words: str, *, at: str = "11:20") -> Trial:
        """A correction of a locked text; what it said before stays."""
        self._story.do(
            day,
            at,
            lambda: experiments.amend(self.made, self.made.version, part, words, by=self._story.stage.id(who)),
        )
        return self

    def photo(self, day: int, who: str, picture: bytes, caption: str, *, at: str = "16:20") -> Trial:
        def act() -> None:
            stored = photos.store(picture, self._story.stage.photo_folder)
            experiments.add_photo(self.made, stored, caption, by=self._story.stage.id(who))

        self._story.do(day, at, act)
        return self


class Hurdle:
    """One obstacle of a story."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.made: Obstacle

    def focus(self, day: int, who: str, *, at: str = "09:55") -> Hurdle:
        self._story.do(day, at, lambda: obstacles.focus(self.made, by=self._story.stage.id(who)))
        return self

    def removed(self, day: int, who: str, note: str, *, at: str = "09:25") -> Hurdle:
        self._end(day, who, "removed", note, at)
        return self

    def set_aside(self, day: int, who: str, note: str, *, at: str = "09:25") -> Hurdle:
        self._end(day, who, "set aside", note, at)
        return self

    def _end(self, day: int, who: str, status: str, note: str, at: str) -> None:
        self._story.do(day, at, lambda: obstacles.end(self.made, status, note, by=self._story.stage.id(who)))


class Aiming:
    """One target condition of a story."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.made: TargetCondition

    def ended(self, day: int, who: str, status: str, reflection: str, *, at: str = "09:35") -> None:
        def act() -> None:
            target = self.made
            by = self._story.stage.id(who)
            conditions.end_target(target, target.version, status=status, reflection=reflection, by=by)

        self._story.do(day, at, act)


class Story:
    """One storyboard from its first day to its last."""

    def __init__(self, stage: Stage, team: str) -> None:
        self.stage, self.team = stage, team
        self.days = stage.days[team]
        self.made: Storyboard
        self._versions = 0

    def do(self, day: int, at: str, act: Act) -> None:
        self.stage.at(self.team, day, at, act)

    def on(self, when: When) -> date:
        """A practice day by its number, or a date as it is."""
        return when if isinstance(when, date) else self.days.day(when)

    def start(
        self,
        day: int,
        focus: str,
        *,
        learner: str,
        coach: str | None = None,
        second: str | None = None,
        closed: bool = False,
        practice: bool = False,
        at: str = "10:00",
    ) -> None:
        def act() -> None:
            person = self.stage.id
            self.made = self.stage.boards[focus] = boards.start(
                self.stage.teams[self.team],
                focus,
                learner_id=person(learner),
                coach_id=person(coach) if coach else None,
                second_coach_id=person(second) if second else None,
                closed=closed,
                practice=practice,
                by=person(learner),
            )

        self.do(day, at, act)

    def challenge(
        self,
        day: int,
        who: str,
        statement: str,
        *,
        by: When | None = None,
        aim: tuple[str, float, float] | None = None,
        moment: str = "",
        serves: str | None = None,
        at: str = "10:10",
    ) -> None:
        def act() -> None:
            measure, start, goal = aim if aim else ("", None, None)
            boards.state_challenge(
                self.made,
                None,
                statement=statement,
                by_date=None if by is None else self.on(by),
                serves_id=self.stage.directions[serves].id if serves else None,
                measure_id=self._measure(measure).id if aim else None,
                from_value=start,
                to_value=goal,
                moment=moment,
                by=self.stage.id(who),
            )

        self.do(day, at, act)

    def current(
        self, day: int, who: str, facts: str, steps: Sequence[tuple[str, str, str]] = (), *, at: str = "16:30"
    ) -> None:
        """The next version of the current condition; each process step is its name, its time and a note."""

        def act() -> None:
            drawn = [{"name": name, "time": time, "note": note} for name, time, note in steps]
            seen, self._versions = self._versions, self._versions + 1
            as_of = self.days.day(day)
            conditions.describe(self.made, seen, as_of=as_of, facts=facts, steps=drawn, by=self.stage.id(who))

        self.do(day, at, act)

    def target(
        self, day: int, who: str, pattern: str, *, by: When, aims: Sequence[tuple[str, float, float]], at: str = "09:40"
    ) -> Aiming:
        told = Aiming(self)

        def act() -> None:
            rows = [conditions.Aim(self._measure(key).id, start, goal) for key, start, goal in aims]
            told.made = conditions.set_target(
                self.made, achieve_by=self.on(by), pattern=pattern, aims=rows, by=self.stage.id(who)
            )

        self.do(day, at, act)
        return told

    def park(self, day: int, who: str, text: str, *, at: str = "09:45") -> Hurdle:
        told = Hurdle(self)

        def act() -> None:
            told.made = obstacles.add(self.made, text, by=self.stage.id(who))

        self.do(day, at, act)
        return told

    def plan(
        self,
        day: int,
        who: str,
        kind: str,
        step: str,
        expect: str,
        *,
        check: When,
        number: tuple[str, float] | None = None,
        at: str = "10:05",
    ) -> Trial:
        """Plan the next experiment: its step, what is expected, and perhaps the expected value of a measure."""
        told = Trial(self)

        def act() -> None:
            key, value = number if number else ("", None)
            made = experiments.Plan(
                kind, step, expect, self.on(check), self._measure(key).id if number else None, value
            )
            told.made = experiments.plan(self.made, made, by=self.stage.id(who))

        self.do(day, at, act)
        return told

    def ended(self, day: int, who: str, reflection: str, *, at: str = "16:00") -> None:
        self.do(day, at, lambda: boards.end(self.made, reflection, self.days.day(day), by=self.stage.id(who)))

    def archived(self, day: int, who: str, *, at: str = "16:10") -> None:
        self.do(day, at, lambda: boards.archive(self.made, by=self.stage.id(who)))

    def _measure(self, key: str) -> Measure:
        return self.stage.measures[self.team, key]
