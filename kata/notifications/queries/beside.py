"""What else there is to tell: answers to barriers, and measures that show a signal."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, String, and_, bindparam, func, or_, select, union

from kata.access.policy import Viewer
from kata.alignment.models import Barrier, BarrierAnswer
from kata.alignment.queries.barriers import LED, told, waits_in, who
from kata.extensions import fetch
from kata.identity.models import Person
from kata.measures.models import Measure, Picture
from kata.notifications.queries.happenings import IDS, MOST, SINCE, UNTIL, Span
from kata.storyboards.models import Challenge, Storyboard, TargetCondition, TargetMeasure
from kata.storyboards.queries.boards import ME
from kata.teams.models import Team


def answers(viewer: Viewer, ids: list[int], span: Span) -> list[Any]:
    """Barriers that were answered: of these boards, raised by the viewer, or waiting in an area that they lead.

    Each with its newest answer; ``leads`` says that it waits where the viewer leads. Of a board that is closed to a
    leader only the barrier's own words are here.
    """
    values = {"ids": ids, **span.given, **who(viewer)}
    return list(fetch(_answers(viewer.is_administrator), values))


@cache
def _answers(is_administrator: bool) -> Any:
    newest = select(func.max(BarrierAnswer.id)).where(BarrierAnswer.barrier_id == Barrier.id).correlate(Barrier)
    own = or_(Barrier.raised_by_id == ME, Storyboard.id.in_(IDS))
    leads = waits_in().in_(LED)
    by = Person
    return (
        told(is_administrator)
        .add_columns(
            Storyboard.id.label("board_id"),
            BarrierAnswer.kind.label("said"),
            BarrierAnswer.words,
            BarrierAnswer.by_date,
            BarrierAnswer.by_id,
            by.name.label("by"),
            Barrier.raised_by_id,
            leads.label("leads"),
        )
        .join(BarrierAnswer, BarrierAnswer.id == newest.scalar_subquery())
        .join(by, by.id == BarrierAnswer.by_id)
        .where(Barrier.answered_at > SINCE, Barrier.answered_at <= UNTIL, or_(own, leads))
        .order_by(Barrier.answered_at.desc(), Barrier.id)
        .limit(MOST)
    )


def signals(viewer: Viewer, ids: list[int], first: date) -> list[Any]:
    """Measures that show a signal of ``first`` or later: of these boards, and the outcomes of the viewer's areas.

    Each with its picture. Which of them is news is for the reader's memory; ``own`` says that a board is about it.
    """
    values = {"ids": ids, "led": sorted(viewer.areas_led), "first": first.isoformat()}
    return list(fetch(_signals(), values))


@cache
def _signals() -> Any:
    challenged = select(Challenge.measure_id).where(
        Challenge.board_id.in_(IDS), Challenge.ended_at.is_(None), Challenge.measure_id.is_not(None)
    )
    aimed = (
        select(TargetMeasure.measure_id)
        .join(TargetCondition, TargetCondition.id == TargetMeasure.target_id)
        .where(TargetMeasure.board_id.in_(IDS), TargetMeasure.removed_at.is_(None), TargetCondition.ended_at.is_(None))
    )
    # Both are sets of a few ids, which leads to the few measures; asked of each measure it would read all of them.
    own = Measure.id.in_(union(challenged, aimed))
    teams = select(Team.id).where(Team.area_id.in_(bindparam("led", type_=Integer, expanding=True)))
    leads = and_(Measure.kind == "outcome", Measure.team_id.in_(teams))
    led = select(Measure.id).where(leads)
    newest = Picture.body[("signal", 0)].as_string()
    return (
        select(
            Measure.id,
            Measure.name,
            Team.name.label("team"),
            Picture.stamp,
            Picture.body,
            own.label("own"),
            leads.label("leads"),
        )
        .join(Picture, Picture.measure_id == Measure.id)
        .join(Team, Team.id == Measure.team_id)
        .where(
            Measure.id.in_(union(challenged, aimed, led)),
            Measure.archived_at.is_(None),
            Team.closed_at.is_(None),
            newest >= bindparam("first", type_=String),
        )
        .order_by(newest.desc(), Measure.id)
        .limit(MOST)
    )
