"""Telling the levels of a quarter once it has ended."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import insert, select

from kata import clock
from kata.extensions import db, fetch
from kata.leadership import levels
from kata.leadership.models import FiguresState, LevelsTold
from kata.leadership.queries import observed

COLUMNS = ("novice", "beginner", "competent", "proficient", "expert")


def refresh(state: FiguresState) -> None:
    """Tell the levels of every quarter that has ended and was not told yet; the caller commits.

    A quarter is decided by what was told of those before it, so all are worked out, and those that stand are left.
    """
    today = clock.now().astimezone(UTC).date()
    newest = levels.quarter_of(levels.quarter_of(today) - timedelta(days=1))
    if state.levels_until == newest:
        return
    seen = observed.observations()
    quarters = levels.ended_quarters(min((each.written for each in seen), default=today), today)
    there = {(row.area_id, row.skill_id, row.quarter) for row in fetch(_there())}
    rows = [
        {"area_id": each.area_id, "skill_id": each.skill_id, "quarter": each.quarter}
        | dict(zip(COLUMNS, each.people, strict=True))
        for each in levels.told(seen, observed.organisations(quarters))
        if (each.area_id, each.skill_id, each.quarter) not in there
        and (state.levels_until is None or each.quarter > state.levels_until)
    ]
    if rows:
        db.session.execute(insert(LevelsTold), rows)
    state.levels_until = newest


def _there() -> Any:
    return select(LevelsTold.area_id, LevelsTold.skill_id, LevelsTold.quarter)
