"""A storyboard from its first day on: target conditions one after the other, their obstacles, their experiments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from kata.storyboards.models import (
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Storyboard,
    TargetCondition,
    TargetMeasure,
)
from kata.synth import words
from kata.synth.places import Crew
from kata.synth.rows import Row
from kata.synth.serving import Service
from kata.synth.telling import Telling, at, days, working

#: How long somebody learns at one storyboard, and how long it takes until the next one is begun.
A_BOARD, BETWEEN = 300, 10
KINDS = ("go and see", "exploratory", "test a hypothesis", "test a hypothesis")


@dataclass(frozen=True, slots=True)
class Practised:
    """A storyboard with the days between which it was practised at, and the obstacles that still wait."""

    board: Row
    began: date
    until: date
    waiting: tuple[Row, ...]
    live: bool


def practise(story: Telling, crew: Crew, service: Service) -> Iterator[Practised]:
    """All storyboards of a team: one after the other, and in every third team two at a time."""
    lanes = [crew.began] if crew.number % 3 else [crew.began, working(crew.began + (story.today - crew.began) / 2)]
    for lane, first in enumerate(lanes):
        began, turn = working(first + days(1)), lane * 8
        while (story.today - began).days >= 14:
            ends = working(began + days(A_BOARD))
            yield _Board(story, crew, service, turn, began, ends if ends < story.today else None).tell()
            began, turn = working(ends + days(BETWEEN)), turn + 1


class _Board:
    """One storyboard while it is told; ``turn`` says whose it is."""

    def __init__(self, story: Telling, crew: Crew, service: Service, turn: int, began: date, ends: date | None) -> None:
        self._story, self._crew, self._service = story, crew, service
        self._chance: Random = story.chance(f"board {crew.number} {turn}")
        self._began, self._ends = began, ends
        self._until = ends or story.today
        self._learner = crew.members[turn % len(crew.members)]
        self._coaches = crew.coaches if turn % 2 == 0 else crew.coaches[::-1]
        self._numbers = dict[Any, int]()
        self._waiting: list[Row] = []
        self._closed = self._chance.random() < 0.05

    def tell(self) -> Practised:
        self._start()
        day = self._began
        while day < self._until:
            day = self._towards(day)
        if self._ends:
            self._end(self._ends)
        waiting = () if self._ends else tuple(self._waiting)
        return Practised(self._board, self._began, self._until, waiting, self._ends is None)

    def _start(self) -> None:
        moment, (coach, second) = at(self._began, 9), self._coaches
        self._board = self._story.rows.add(
            Storyboard,
            team_id=self._crew.id,
            focus_process=words.process(self._chance),
            learner_id=self._learner,
            coach_id=coach,
            second_coach_id=second,
            closed=self._closed,
            started_at=moment,
        )
        self._note("started", Storyboard, self._board, self._began, 9)
        measure = self._service.outcome
        aim = {"measure_id": measure, "from_value": 70.0, "to_value": 90.0, "moment_id": self._service.moments[0]}
        self._tell(
            Challenge,
            self._began,
            9,
            5,
            "stated the challenge",
            statement=f"{words.pattern(self._chance)} Nobody has to ask for it twice.",
            by_date=self._began + days(A_BOARD),
            serves_id=self._crew.place.challenge,
            created_at=at(self._began, 9, 5),
            **aim,
        )

    def _towards(self, day: date) -> date:
        """From looking afresh over one target condition to its end; the day after it, or the last one of the story."""
        self._describe(day)
        target = self._aim(day)
        self._waiting = [self._park(target, day, place) for place in range(self._chance.randint(3, 5))]
        focus = self._focus(day, 10, 50)
        last = min(target["achieve_by"], self._until - days(1))
        next_on, count = working(day + days(1)), 0
        while next_on < last:
            check = working(next_on + days(self._chance.randint(1, 4)))
            if check > last and (self._ends or target["achieve_by"] < self._story.today):
                break
            if not self._experiment(target, focus, next_on, check):
                return self._until
            count += 1
            if count % 3 == 0:
                self._remove(focus, check)
                if not self._waiting:
                    self._waiting.append(self._park(target, check, 5 + count))
                focus = self._focus(check, 9, 45)
            next_on = working(check + days(self._chance.choice((0, 1, 2, 4))))
        ended = working(max(last, next_on))
        if ended >= self._until:
            if self._ends:
                self._reflect(target, focus, self._ends, "left")
            return self._until
        self._reflect(target, focus, ended, self._chance.choice(("achieved", "achieved", "not achieved")))
        return ended + days(1) if ended.weekday() < 4 else working(ended + days(1))

    def _describe(self, day: date) -> None:
        drawn = [{"name": f"Look for the {words.THINGS[n]}", "time": f"{5 + n} min", "note": ""} for n in range(4)]
        self._tell(
            CurrentCondition,
            day,
            10,
            0,
            "described the current condition",
            number=self._next(CurrentCondition),
            as_of=day,
            facts=words.facts(self._chance),
            steps=drawn,
            by_id=self._learner,
            created_at=at(day, 10),
        )

    def _aim(self, day: date) -> Row:
        target = self._tell(
            TargetCondition,
            day,
            10,
            15,
            "set the target condition",
            number=self._next(TargetCondition),
            achieve_by=day + days(self._chance.choice((28, 42, 56))),
            pattern=words.pattern(self._chance),
            created_at=at(day, 10, 15),
        )
        for measure, start, goal in ((self._service.outcome, 70.0, 80.0), (self._service.process, 30.0, 20.0)):
            said = {"target_id": target["id"], "measure_id": measure, "from_value": start, "to_value": goal}
            self._tell(TargetMeasure, day, 10, 16, "aimed at", **said)
        return target

    def _park(self, target: Row, day: date, place: int) -> Row:
        moment = at(day, 9, 42) if place >= 5 else at(day, 10, 20 + place)
        row = self._story.rows.add(
            Obstacle,
            board_id=self._board["id"],
            target_id=target["id"],
            text=words.obstacle(self._chance),
            position=place,
            created_at=moment,
        )
        self._story.record.note(moment, self._learner, "parked", Obstacle, row)
        return row

    def _focus(self, day: date, hour: int, minute: int) -> Row:
        row = self._waiting.pop(0)
        row["status"], row["focused_at"] = "focus", at(day, hour, minute)
        self._note("put in focus", Obstacle, row, day, hour, minute)
        return row

    def _remove(self, focus: Row, day: date) -> None:
        focus |= {"status": "removed", "note": words.learned(self._chance), "ended_at": at(day, 9, 40)}
        self._note("removed", Obstacle, focus, day, 9, 40)

    def _experiment(self, target: Row, focus: Row, day: date, check: date) -> bool:
        """One experiment; false where its check lies ahead, so that it is the one that is open."""
        chance = self._chance
        counted = {"measure_id": self._service.process, "expected_value": 25.0} if chance.random() < 0.3 else {}
        row = self._tell(
            Experiment,
            day,
            13,
            0,
            "planned",
            target_id=target["id"],
            obstacle_id=focus["id"],
            number=self._next(Experiment),
            kind=chance.choice(KINDS),
            step=words.step(chance),
            expectation=words.expectation(chance),
            check_on=check,
            planned_by_id=self._learner,
            created_at=at(day, 13),
            started_at=at(day, 13),
            **counted,
        )
        if check >= self._story.today:
            return False
        if chance.random() < 0.04:
            row |= {"set_aside_reason": words.learned(chance), "ended_at": at(check, 9, 30)}
            self._note("set aside", Experiment, row, check, 9, 30)
            return True
        row |= {"happened": words.happened(chance), "happened_on": check}
        if counted:
            row["happened_value"] = round(chance.gauss(27, 3), 1)
        self._note("saw what happened", Experiment, row, check, 9, 20)
        row |= {"learned": words.learned(chance), "ended_at": at(check, 9, 30)}
        self._note("concluded", Experiment, row, check, 9, 30)
        return True

    def _reflect(self, target: Row, focus: Row, day: date, status: str) -> None:
        target |= {"status": status, "reflection": words.reflection(self._chance), "ended_at": at(day, 15)}
        self._note(f"ended the target condition as {status}", TargetCondition, target, day, 15)
        focus["status"] = "waiting"
        self._note("left behind", Obstacle, focus, day, 15)

    def _end(self, day: date) -> None:
        self._board |= {"ended_on": day, "reflection": words.reflection(self._chance)}
        self._note("ended", Storyboard, self._board, day, 16)

    def _next(self, model: Any) -> int:
        self._numbers[model] = self._numbers.get(model, 0) + 1
        return self._numbers[model]

    def _tell(self, model: Any, day: date, hour: int, minute: int, verb: str, **columns: Any) -> Row:
        return self._story.tell(
            model, at(day, hour, minute), self._learner, verb, board_id=self._board["id"], **columns
        )

    def _note(self, verb: str, model: Any, row: Row, day: date, hour: int, minute: int = 0) -> None:
        self._story.record.note(at(day, hour, minute), self._learner, verb, model, row, board=self._board["id"])
