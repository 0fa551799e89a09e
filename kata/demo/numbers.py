"""What the demo's people measure: their measures, the readings they write down, the why behind some, new phases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kata.demo.script import Stage
from kata.measures import actions as measures
from kata.measures.queries import on_day


class Numbers:
    """A team's measures and what its people write into them."""

    def __init__(self, stage: Stage, team: str) -> None:
        self._stage, self._team = stage, team

    def follow(
        self,
        key: str,
        day: int,
        who: str,
        name: str,
        unit: str,
        better: str,
        kind: str,
        definition: str,
        *,
        source: str = "",
        share: bool = False,
        low: float | None = None,
        high: float | None = None,
        target: float | None = None,
        cadence: str = "",
        owner: str = "",
    ) -> None:
        """From that day on the team follows this measure; a share in per cent is kept as two counts."""

        def act() -> None:
            self._stage.measures[self._team, key] = measures.create(
                self._stage.teams[self._team].id,
                name=name,
                unit=unit,
                better=better,
                kind=kind,
                definition=definition,
                source=source,
                per=100 if share else None,
                low=0 if share else low,
                high=100 if share else high,
                target=target,
                cadence=cadence,
                owner_id=self._stage.id(owner) if owner else None,
                by=self._stage.id(who),
            )

        self._stage.at(self._team, day, "10:01", act)

    def new_phase(self, key: str, day: int, who: str, since: int, reason: str) -> None:
        """The limits are drawn anew from an earlier day on, which somebody sees and says that day."""

        def act() -> None:
            measure, on = self._stage.measures[self._team, key], self._stage.days[self._team].day(since)
            measures.start_phase(measure, starts_on=on, reason=reason, by=self._stage.id(who))

        self._stage.at(self._team, day, "10:20", act)

    def noted(self, key: str, day: int, who: str, on: date, words: str) -> None:
        """The why behind a number that came with others."""

        def act() -> None:
            reading = on_day(self._stage.measures[self._team, key].id, on)
            if reading is not None:  # a day without requests has none
                measures.annotate(reading, reading.version, note=words, by=self._stage.id(who))

        self._stage.at(self._team, day, "17:05", act)

    def entered(
        self,
        key: str,
        by: Sequence[str],
        first: int,
        values: Sequence[float | None],
        notes: dict[int, str] | None = None,
        *,
        every: int = 1,
        at: str = "16:15",
    ) -> None:
        """One value each ``every`` practice days from ``first`` on, by these people in turn; ``None`` is a gap."""
        for turn, value in enumerate(values):
            day = first + turn * every
            if value is not None:
                self._enter(key, by[turn % len(by)], day, value, (notes or {}).get(day, ""), at)

    def _enter(self, key: str, who: str, day: int, value: float, note: str, at: str) -> None:
        def act() -> None:
            measure = self._stage.measures[self._team, key]
            on = self._stage.days[self._team].day(day)
            measures.add_reading(measure, day=on, value=value, note=note, by=self._stage.id(who))

        self._stage.at(self._team, day, at, act)

    def pasted(self, key: str, day: int, who: str, given: Sequence[measures.Given], *, at: str = "16:50") -> None:
        """Several readings at once, pasted from a spreadsheet."""
        if not given:
            return

        def act() -> None:
            measure = self._stage.measures[self._team, key]
            seen = measures.compare(measure, given).fingerprint
            measures.save(measure, given, seen=seen, by=self._stage.id(who))

        self._stage.at(self._team, day, at, act)
