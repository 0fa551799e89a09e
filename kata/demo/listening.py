"""The small language in which the demo tells whom a team serves and what it hears; the timeline acts it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kata.customers.actions import conversations, moments, voices
from kata.customers.actions.voices import Said
from kata.customers.models import Conversation, Customer, MomentOfTruth, Voice
from kata.customers.queries.moments import find
from kata.demo.script import Stage


class Listener:
    """A team that names its customers and writes down what they say."""

    def __init__(self, stage: Stage, team: str) -> None:
        self.stage, self.team, self.days = stage, team, stage.days[team]
        self._customers: dict[str, Customer] = {}
        self._talks: dict[str, Conversation] = {}

    def serves(
        self, day: int, who: str, name: str, about: str, journey: Sequence[str], *, inside: bool = False
    ) -> None:
        """A customer, and the moments of their journey in order."""

        def act() -> None:
            team, by = self.stage.teams[self.team], self.stage.id(who)
            customer = moments.create_customer(team, name=name, about=about, inside=inside, by=by)
            self._customers[name] = customer
            for moment in journey:
                moments.create_moment(team, name=moment, customer_id=customer.id, by=by)

        self.stage.at(self.team, day, "08:40", act)

    def at_stake(self, day: int, who: str, moment: str, about: str, measures: Sequence[str] = ()) -> None:
        """What a moment is about, and the measures that tell of it."""

        def act() -> None:
            found, by = self._moment(moment), self.stage.id(who)
            whose = found.customer_id
            moments.rewrite_moment(found, found.version, name=found.name, about=about, customer_id=whose, by=by)
            for key in measures:
                moments.link_measure(found, self.stage.measures[self.team, key].id, by=by)

        self.stage.at(self.team, day, "14:20", act)

    def heard(self, day: int, who: str, source: str, says: str, moment: str, words: str, why: str = "") -> Remembered:
        """One voice, at the moment of that name (none: ``""``)."""
        told = Remembered(self, Said(words, why, says, source, self.days.day(day)))

        def act() -> None:
            said = replace(told.said, moment_id=self._moment(moment).id if moment else None)
            told.said = said
            told.made = voices.hear(self.stage.teams[self.team], said, by=self.stage.id(who))

        self.stage.at(self.team, day, "14:40", act)
        return told

    def talks(self, day: int, who: str, partner: str, customer: str, rhythm: str, first: int) -> None:
        """A regular conversation, first on the practice day ``first``."""

        def act() -> None:
            self._talks[partner] = conversations.plan(
                self.stage.teams[self.team],
                partner=partner,
                customer_id=self._customers[customer].id,
                rhythm=rhythm,
                next_on=self.days.day(first),
                by=self.stage.id(who),
            )

        self.stage.at(self.team, day, "14:30", act)

    def talked(self, day: int, who: str, partner: str, note: str, *said: tuple[str, str, str]) -> None:
        """It took place, and what was heard there: what it tells, at which moment, the words."""

        def act() -> None:
            talk, by, on = self._talks[partner], self.stage.id(who), self.days.day(day)
            held = conversations.log(talk, held_on=on, note=note, by=by)
            for says, moment, words in said:
                heard = Said(words, "", says, "customer meeting", on, self._moment(moment).id if moment else None)
                voices.hear(talk.team, heard, held=held, customer_id=talk.customer_id, by=by)

        self.stage.at(self.team, day, "15:30", act)

    def close(self, day: int, who: str) -> None:
        """From then on the team keeps to itself what it hears."""

        def act() -> None:
            voices.set_closed(self.stage.teams[self.team], True, by=self.stage.id(who))

        self.stage.at(self.team, day, "14:10", act)

    def _moment(self, name: str) -> MomentOfTruth:
        found = find(self.stage.teams[self.team].id, name)
        if found is None:
            raise LookupError(name)
        return found


class Remembered:
    """One voice of the demo, and what became of its wording."""

    def __init__(self, by: Listener, said: Said) -> None:
        self._listener, self.said = by, said
        self.made: Voice

    def reworded(self, day: int, who: str, words: str) -> None:
        def act() -> None:
            better = replace(self.said, words=words)
            voices.reword(self.made, self.made.version, better, by=self._listener.stage.id(who))

        self._listener.stage.at(self._listener.team, day, "15:10", act)

    def struck(self, day: int, who: str, kept: str, kind: str) -> None:
        """Freed of personal data: what stays, and which kind left."""

        def act() -> None:
            voice, why = self.made, self.said.why
            voices.strike(voice, voice.version, words=kept, why=why, reason=kind, by=self._listener.stage.id(who))

        self._listener.stage.at(self._listener.team, day, "15:20", act)
