"""What the demo tells of customers: a team that listens widely, one that hears too little, one that keeps it closed."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from kata.customers.models import Conversation, Customer, Listening, MomentOfTruth, Voice, VoiceWording
from kata.extensions import db
from kata.teams.models import Team
from tests.demo.conftest import LOADED


def test_three_teams_hear_in_different_ways(demo: Flask) -> None:
    sources: dict[str, set[str]] = defaultdict(set)
    for slug, source in db.session.execute(sa.select(Team.slug, Voice.source).join(Team, Team.id == Voice.team_id)):
        sources[slug].add(source)
    assert len(sources["access-requests"]) >= 5
    assert len(sources["baggage"]) == 2
    closed = db.session.scalars(sa.select(Team.slug).join(Listening, Listening.team_id == Team.id)).all()
    assert list(closed) == ["emergency-flow"]


def test_a_year_of_voices_with_every_kind_of_wording(demo: Flask) -> None:
    voices = db.session.scalars(sa.select(Voice)).all()
    assert len(voices) >= 25
    assert {each.says for each in voices} == {
        "has not worked",
        "needs to change",
        "someone does better",
        "worked well",
    }
    assert min(each.heard_on for each in voices) < LOADED.date() - timedelta(days=300)
    assert all(each.heard_on < LOADED.date() for each in voices)
    assert [each.struck_reason for each in voices if each.struck_at] == ["who the trainee is"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(VoiceWording)) == 1


def test_journeys_hold_the_moments_that_the_storyboards_name(demo: Flask) -> None:
    found = sa.select(MomentOfTruth.name).where(MomentOfTruth.customer_id.is_not(None))
    named = set(db.session.scalars(found))
    assert {"I can’t get in", "It does not take my password", "Did my bag make it?", "Has anybody seen me?"} <= named
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Customer)) == 6


def test_one_conversation_is_overdue_and_one_lies_ahead(demo: Flask) -> None:
    days = db.session.scalars(sa.select(Conversation.next_on).order_by(Conversation.next_on)).all()
    assert days[0] < LOADED.date() < days[-1]
