"""Whom the teams of the cast serve and what they heard: one keeps it open to everyone, the other to itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kata.activity.actions import record
from kata.customers.models import (
    Conversation,
    ConversationHeld,
    Customer,
    Listening,
    MomentMeasure,
    MomentOfTruth,
    Voice,
)
from kata.measures.models import Measure
from kata.teams.models import Team
from tests.cast_boards import TODAY, days_ago, keep

#: What the voice of the team that closed its voices says; nobody else may ever read it.
SECRET_WORDS = "Your people keep me waiting on purpose, I am sure."
WORDS = "Two days I sat there and could not even open my mail."


@dataclass(frozen=True)
class Heard:
    """Ids of what a team knows of its customers."""

    slug: str
    customer: int
    moment: int
    measure: int
    voice: int
    conversation: int
    held: int


def hear(team: Team, moment: MomentOfTruth | None, measure: Measure, by: int, *, closed: bool = False) -> Heard:
    """A customer with a moment of truth, a measure that tells of it, a voice, and a conversation that took place."""

    def row(made: Any, verb: str) -> Any:
        return keep(made, verb, by)

    with days_ago(60):
        customer = row(Customer(team_id=team.id, team=team, name="A new colleague", inside=True), "named")
        moment = moment or row(MomentOfTruth(team_id=team.id, team=team, name="A bill I do not understand"), "named")
        moment.customer_id = customer.id
        record("rewrote", moment, by=by)
        row(MomentMeasure(moment_id=moment.id, measure_id=measure.id), "linked a measure")
        talk = Conversation(team_id=team.id, team=team, partner="The newest in the house", rhythm="month",
                            customer_id=customer.id, next_on=TODAY - timedelta(days=3))  # fmt: skip
        talk = row(talk, "planned")
        held = row(ConversationHeld(conversation_id=talk.id, held_on=TODAY - timedelta(days=33), by_id=by), "held")
        if closed:
            row(Listening(team_id=team.id, closed=True), "closed the voices to the team")
    with days_ago(5):
        voice = Voice(
            team_id=team.id,
            team=team,
            customer_id=customer.id,
            moment_id=moment.id,
            conversation_id=held.id,
            source="customer meeting",
            heard_on=TODAY - timedelta(days=6),
            says="has not worked",
            words=SECRET_WORDS if closed else WORDS,
            why="Nobody had told them who decides.",
            by_id=by,
        )
        voice = row(voice, "heard")
    return Heard(team.slug, customer.id, moment.id, measure.id, voice.id, talk.id, held.id)
