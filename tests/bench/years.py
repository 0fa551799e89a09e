"""Years of a team: an experiment every fourth day, a cycle a week, barriers, and an outcome that is read every day."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, update

from kata.alignment.models import Barrier, BarrierAnswer
from kata.coaching.models import CoachingCycle
from kata.extensions import db
from kata.learning import actions
from kata.measures import pictures
from kata.measures.models import Measure, Reading
from kata.storyboards.models import Experiment, Storyboard
from tests.cast import NOW, TODAY, Cast
from tests.growth import experiments


def lived(cast: Cast, years: int) -> None:
    """So many years of the team of access requests. The caller commits."""
    board, ana, ben = cast.board.id, cast["ana"].id, cast["ben"].id
    began = NOW - timedelta(days=365 * years)
    db.session.execute(update(Storyboard.__table__).where(Storyboard.id == board).values(started_at=began))
    for n, id_ in enumerate(experiments(cast.board, cast, years * 91)):
        moment = NOW - timedelta(days=4 * n)
        then = {"created_at": moment, "started_at": moment, "ended_at": moment}
        db.session.execute(update(Experiment.__table__).where(Experiment.id == id_).values(**then))
    weeks = [NOW - timedelta(weeks=n) for n in range(years * 52)]
    cycle = {"board_id": board, "learner_id": ana, "coach_id": ben, "status": "held", "version": 1}
    times = [{"held_on": at.date(), "started_at": at, "asked_at": at, "ended_at": at} for at in weeks]
    db.session.execute(insert(CoachingCycle), [{**cycle, **each} for each in times])
    barrier = {"board_id": board, "obstacle_id": cast.board.removed, "area_id": cast.areas["desk"], "kind": "policy"}
    said = {"text": "Two signatures", "text_folded": "two signatures", "cost": "Three days.", "status": "cannot"}
    raised = [{**barrier, **said, "raised_by_id": ana, "raised_at": at, "version": 1} for at in weeks[::8]]
    ids = db.session.scalars(insert(Barrier).returning(Barrier.id), raised).all()
    answer = {"kind": "cannot", "words": "The law asks for both.", "by_id": cast["dev"].id}
    db.session.execute(
        insert(BarrierAnswer),
        [{**answer, "barrier_id": id_, "at": row["raised_at"]} for id_, row in zip(ids, raised, strict=True)],
    )
    measure = cast.measures["outcome"]
    known = set(db.session.scalars(select(Reading.day).where(Reading.measure_id == measure)))
    days = [TODAY - timedelta(days=n) for n in range(years * 365)]
    rows = [
        {"measure_id": measure, "day": day, "value": 40.0 + n % 17} for n, day in enumerate(days) if day not in known
    ]
    db.session.execute(insert(Reading), [{**row, "version": 1} for row in rows])
    pictures.refresh(db.session.get_one(Measure, measure))
    actions.fill_missing()
