"""Whom a team serves, what it measures of that, and what it hears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from kata.customers.models import (
    SAYINGS,
    SOURCES,
    Conversation,
    ConversationHeld,
    Customer,
    MomentMeasure,
    MomentOfTruth,
    Voice,
)
from kata.measures.models import Measure, Reading
from kata.synth import words
from kata.synth.places import Crew
from kata.synth.rows import Row
from kata.synth.telling import Telling, at, days, working

A_MONTH = 28


@dataclass(frozen=True, slots=True)
class Service:
    """The moments of truth of a team, and the ids of its two measures."""

    moments: tuple[int, ...]
    outcome: int
    process: int


def serve(story: Telling, crew: Crew) -> Service:
    """Tell whom a team serves, from its first day on."""
    chance, by, made = story.chance(f"service {crew.number}"), crew.members[0], at(crew.began, 9)
    base = {"team_id": crew.id, "created_at": made}
    outcome = _measure(story, crew, "Done on the day it came", "outcome", "up", "%")
    process = _measure(story, crew, "Time that a request waits", "process", "down", "h")
    moments = []
    for n, name in enumerate(chance.sample(words.CUSTOMERS, 2)):
        customer = story.tell(Customer, made, by, "named", name=name, inside=n == 1, **base)
        for place, called in enumerate(words.MOMENTS[2 * n : 2 * n + 2]):
            said = {"name": called, "customer_id": customer["id"], "place": place}
            moments.append(story.tell(MomentOfTruth, made, by, "named", **said, **base)["id"])
    story.tell(MomentMeasure, made, by, "linked a measure", moment_id=moments[0], measure_id=outcome["id"])
    _read(story, crew, chance, (outcome, process))
    _listen(story, crew, chance, moments)
    return Service(tuple(moments), outcome["id"], process["id"])


def _measure(story: Telling, crew: Crew, name: str, kind: str, better: str, unit: str) -> Row:
    made = at(crew.began, 9)
    ends = {"low": 0.0, "high": 100.0} if unit == "%" else {"low": 0.0}
    says = {"name": name, "kind": kind, "better": better, "unit": unit, "cadence": "week", "created_at": made}
    return story.tell(
        Measure, made, crew.members[0], "created", team_id=crew.id, owner_id=crew.members[0], **says, **ends
    )


def _read(story: Telling, crew: Crew, chance: Random, measures: tuple[Row, Row]) -> None:
    """A reading each Friday; in some teams both become better after a year. A month's readings are pasted at once."""
    gains = crew.number % 3 == 1
    friday, weeks = crew.began + days(4 - crew.began.weekday()) % days(7), 0
    while friday < story.today:
        better = gains and weeks > 52
        for measure, value in zip(
            measures, (chance.gauss(82 if better else 70, 3), chance.gauss(24 if better else 30, 2)), strict=True
        ):
            read = {"measure_id": measure["id"], "day": friday, "value": round(value, 1)}
            story.rows.add(Reading, **read, entered_by_id=crew.members[0])
            if weeks % 4 == 0:
                moment = at(friday, 15)
                story.record.note(moment, crew.members[0], "pasted readings", Measure, measure, added=1)
        friday, weeks = friday + days(7), weeks + 1


def _listen(story: Telling, crew: Crew, chance: Random, moments: list[int]) -> None:
    """A conversation each month, and what was heard in between."""
    by, day = crew.members[1], working(crew.began + days(chance.randrange(A_MONTH)))
    talk = story.tell(
        Conversation,
        at(crew.began, 10),
        by,
        "planned",
        team_id=crew.id,
        partner=f"The manager of {chance.choice(words.PLACES)} House",
        rhythm="month",
        next_on=day,
        created_at=at(crew.began, 10),
    )
    while day < story.today:
        held = story.rows.add(
            ConversationHeld,
            conversation_id=talk["id"],
            held_on=day,
            by_id=by,
            note=words.note(chance),
            created_at=at(day, 11),
        )
        story.record.note(at(day, 11), by, "held", ConversationHeld, held)
        talk["next_on"] = working(day + days(A_MONTH))
        story.record.note(at(day, 11), by, "moved on", Conversation, talk)
        _hear(story, crew, chance, day, moments, held["id"])
        later = working(day + days(chance.randrange(3, 20)))
        if later < story.today:
            _hear(story, crew, chance, later, moments, None)
        day = talk["next_on"]


def _hear(story: Telling, crew: Crew, chance: Random, day: date, moments: list[int], talk: int | None) -> None:
    by = chance.choice(crew.members)
    story.tell(
        Voice,
        at(day, 11, 30),
        by,
        "heard",
        team_id=crew.id,
        moment_id=chance.choice(moments),
        conversation_id=talk,
        source="customer meeting" if talk else chance.choice(SOURCES),
        heard_on=day,
        says=chance.choice(SAYINGS),
        words=words.voice(chance),
        by_id=by,
        created_at=at(day, 11, 30),
    )
