"""The small language in which the demo tells of coaching: cycles at a board, what a second coach made of them.

A story says what was noted at which question; the clock stands at each moment of the cycle, so that the seconds are
measured as they are when people talk. On a public holiday a cycle falls out, unless a second coach was there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import select

from kata.coaching import card
from kata.coaching.actions import cycles, instructions, levels, observations, rhythms
from kata.coaching.actions.instructions import Told
from kata.coaching.actions.levels import Seen
from kata.coaching.models import CoachingCycle, Instruction, Skill
from kata.coaching.queries import people
from kata.coaching.queries.rhythms import of_board
from kata.demo.script import Stage
from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from kata.teams import countries

#: How many seconds people talk at each question before anything is noted there.
TALK: Mapping[str, int] = {"target": 25, "actual": 65, "last": 110, "obstacles": 55, "next": 120, "see": 20}
CLOSING = timedelta(seconds=95)


class Coaching:
    """The cycles that a coach holds at one board."""

    def __init__(self, stage: Stage, team: str, focus: str, coach: str, *, at: str) -> None:
        self.stage, self.team, self.coach = stage, team, coach
        self.days = stage.days[team]
        self._focus, self._at = focus, at

    @property
    def board(self) -> Storyboard:
        return self.stage.boards[self._focus]

    def rhythm(self, day: int, *on: int, minutes: int = 20) -> None:
        """From that day on cycles are planned on the weekdays of these practice days, at the usual time."""

        def act() -> None:
            seen = of_board(self.board.id)
            rhythms.set_rhythm(
                self.board,
                seen.version if seen else None,
                days=sum({1 << self.days.day(each).weekday() for each in on}),
                at=time.fromisoformat(self._at),
                minutes=minutes,
                starts_on=self.days.day(day),
                by=self.stage.id(self.coach),
            )

        self.stage.at(self.team, day, "17:35", act)

    def held(
        self,
        day: int,
        feedback: str = "",
        practice: str = "",
        *,
        at: str = "",
        threshold: str = "",
        took: Mapping[str, int] | None = None,
        **notes: str,
    ) -> Cycle:
        """A cycle that came to its end; ``took`` are seconds where it matters how long a question took."""
        told = Cycle(self, day, self.days.moment(day, at or self._at))
        told.walk(notes, threshold, took or {})
        told.close({card.FEEDBACK: feedback, card.PRACTICE: practice})
        return told

    def broken_off(self, day: int, **notes: str) -> Cycle:
        """A cycle that ended in the middle, after the last question that was noted."""
        told = Cycle(self, day, self.days.moment(day, self._at))
        told.walk(notes, "", {}, until=max(map(card.KEYS.index, notes)) + 1)
        told.break_off()
        return told

    def on_paper(self, day: int, entered: int, **texts: str) -> None:
        """A cycle at a paper board, entered on a later day."""

        def act() -> None:
            cycles.enter_held(self.board, self.days.day(day), texts, by=self.stage.id(self.coach))

        self.stage.at(self.team, entered, "16:55", act)


class Cycle:
    """One cycle of a story. A second coach who was there keeps it from falling out."""

    def __init__(self, coaching: Coaching, day: int, begins: datetime) -> None:
        self._coaching, self._stage, self._day = coaching, coaching.stage, day
        self._now = begins
        self._asked: dict[str, datetime] = {}
        self._watched = False
        self.made: CoachingCycle | None = None
        self.told: Instruction | None = None
        self._stage.timeline.at(begins, self._begin)

    # What happens at the board ----------------------------------------------------------------------------------------

    def walk(self, notes: Mapping[str, str], threshold: str, took: Mapping[str, int], until: int | None = None) -> None:
        """From question to question; where facts end, straight to the next step."""
        left: str = card.KEYS[0]
        for _ in card.KEYS[:until]:
            here = left
            words, to = notes.get(here, ""), card.after(here)
            if here == threshold and card.KEYS.index(here) < card.KEYS.index("next"):
                to = "next"
            self._now += timedelta(seconds=took.get(here) or self._seconds(here, words))
            self._asked[here] = self._now
            self._then(self._now, self._turn(here, to, words, here == threshold))
            if to == card.CLOSING:
                return
            left = to

    def close(self, texts: Mapping[str, str]) -> None:
        self._now += CLOSING
        given = {part: (words, None) for part, words in texts.items()}
        self._then(self._now, lambda made: cycles.close(made, given, by=made.coach_id))

    def break_off(self) -> None:
        self._then(self._now, lambda made: cycles.break_off(made, by=made.coach_id))

    # What is told of it afterwards ------------------------------------------------------------------------------------

    def reflected(self, words: str, *, minutes: int = 6) -> Cycle:
        """What the learner takes from it."""
        self._later(minutes, lambda made: cycles.reflect(made, words, None, by=made.learner_id))
        return self

    def level(self, skill: str, level: int, evidence: str) -> Cycle:
        """The coach saw the learner do it so."""
        self._later(3, lambda made: self._observe(made.learner_id, self._coaching.coach, skill, level, evidence))
        return self

    def heard(self, who: str, question: str, coach: str, learner: str = "") -> Cycle:
        """The second coach was there: what the coach said at a question, and the learner."""
        self._watched = True

        def act(made: CoachingCycle) -> None:
            observations.observe(made, question, coach, learner, None, by=self._stage.id(who))

        self._then(self._asked[question], act)
        return self

    def coach_level(self, who: str, skill: str, level: int, evidence: str) -> Cycle:
        """The second coach saw the coach do it so."""
        self._watched = True
        self._later(9, lambda made: self._observe(made.coach_id, who, skill, level, evidence))
        return self

    def instructed(self, who: str, question: str, trigger: str, words: str, *, habit: int | None = None) -> Cycle:
        """The one thing to do differently; on the practice day ``habit`` the coach says that it has become one."""
        self._watched = True

        def act(made: CoachingCycle) -> None:
            self.told = instructions.instruct(made, Told(question, trigger, words), None, by=self._stage.id(who))

        self._later(12, act)
        if habit is not None:
            self._then(self._coaching.days.moment(habit, "17:10"), self._habit)
        return self

    # How --------------------------------------------------------------------------------------------------------------

    def _then(self, moment: datetime, act: Callable[[CoachingCycle], object]) -> None:
        self._stage.timeline.at(moment, lambda: act(self.made) if self.made else None)

    def _later(self, minutes: int, act: Callable[[CoachingCycle], object]) -> None:
        self._then(self._now + timedelta(minutes=minutes), act)

    def _begin(self) -> None:
        team = self._stage.teams[self._coaching.team]
        day = self._coaching.days.day(self._day)
        if self._watched or not countries.holiday(team.country, team.region, day, "en_GB"):
            self.made = cycles.begin(self._coaching.board, by=self._stage.id(self._coaching.coach))

    def _turn(self, left: str, to: str, words: str, threshold: bool) -> Callable[[CoachingCycle], None]:
        def act(made: CoachingCycle) -> None:
            db.session.flush()  # each turn is a write of its own, as with people
            # Nothing stands yet at a question to which a cycle comes for the first time, and none goes back.
            cycles.turn(made, left, to, words, None, note=None, by=made.coach_id, threshold=threshold)
            if left == "next" and self._step_is_open(made):
                cycles.keep_step(made, by=made.coach_id)

        return act

    def _step_is_open(self, made: CoachingCycle) -> bool:
        waits = select(Experiment.id).where(Experiment.board_id == made.board_id, Experiment.ended_at.is_(None))
        return db.session.scalar(waits) is not None

    def _seconds(self, question: str, words: str) -> int:
        """The more was said, the longer it took, and no two days are alike."""
        return TALK[question] + len(words) // 2 + (11 * -self._day + 17 * card.KEYS.index(question)) % 29

    def _observe(self, person_id: int, who: str, skill: str, level: int, evidence: str) -> None:
        viewer = self._stage.viewer(who)
        person = people.practitioner(viewer, person_id=person_id)
        if person is None or self.made is None:
            raise LookupError(f"{who} coaches nobody here: {evidence}")
        skill_id = db.session.scalars(select(Skill.id).where(Skill.name == skill)).one()
        seen = Seen(skill_id, level, evidence, self.made.held_on, self.made.id)
        levels.observe(person, seen, by=viewer)

    def _habit(self, _made: CoachingCycle) -> None:
        if self.told is None:
            raise LookupError("no instruction was given")
        instructions.mark_habit(self.told, by=self.told.coach_id)
