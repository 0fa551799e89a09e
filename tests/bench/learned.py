"""Two hundred thousand experiments to search in: written in bulk, by every team of a large organisation."""

from __future__ import annotations

import random
from datetime import timedelta

from sqlalchemy import insert, select, text

from kata.extensions import db
from kata.learning import actions
from kata.storyboards.models import Experiment, Obstacle, Storyboard, TargetCondition
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast

TEAMS, BOARDS, EACH = 400, 2, 250
#: Words by how often they come: each sentence takes some of the common ones and some of the rare ones.
COMMON = "ask approver request noon count wait form list morning team call answer half day check mail".split()
RARE = [f"{first}{second}" for first in ("bolt", "crate", "valve", "ledger", "badge") for second in "abcdefghijkl"]
ROWS_AT_ONCE = 20_000


def two_hundred_thousand(cast: Cast) -> int:
    """Boards with their experiments, one in ten of them closed; how many experiments. The caller commits."""
    chance = random.Random(7)  # noqa: S311 - texts to measure with
    areas = {"area_id": cast.areas["desk"]}
    db.session.execute(insert(Team), [{"name": f"Many {n}", "slug": f"many-{n}", **areas} for n in range(TEAMS)])
    teams = db.session.scalars(select(Team.id).where(Team.slug.like("many-%"))).all()
    boards = _add(
        Storyboard,
        [
            {
                "team_id": team,
                "learner_id": cast["ana"].id,
                "focus_process": f"Process {n}",
                "closed": (team + n) % 10 == 0,
            }
            for team in teams
            for n in range(BOARDS)
        ],
    )
    aim = {"number": 1, "achieve_by": TODAY, "pattern": "At once."}
    targets = _add(TargetCondition, [{"board_id": board, **aim} for board in boards])
    pairs = list(zip(boards, targets, strict=True))
    focus = [{"board_id": board, "target_id": target, "text": "Two systems", "position": 0} for board, target in pairs]
    obstacles = _add(Obstacle, focus)
    rows = [
        {
            "board_id": board,
            "target_id": target,
            "obstacle_id": obstacle,
            "number": number + 1,
            "step": _sentence(chance),
            "expectation": _sentence(chance),
            "happened": _sentence(chance),
            "learned": _sentence(chance),
            "created_at": NOW - timedelta(days=EACH - number),
            "started_at": NOW - timedelta(days=EACH - number),
            "ended_at": NOW - timedelta(days=EACH - number, hours=-3),
        }
        for (board, target), obstacle in zip(pairs, obstacles, strict=True)
        for number in range(EACH)
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        db.session.execute(insert(Experiment), rows[start : start + ROWS_AT_ONCE])
    actions.fill_missing()
    return len(rows)


def let_the_engine_count() -> None:
    """What the engine does by itself in a running installation: look how often each value comes."""
    with db.engine.begin() as connection:
        connection.execute(text("analyze"))


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.sample(COMMON, 6) + chance.sample(RARE, 2)).capitalize() + "."


def _add(model: type[Storyboard | TargetCondition | Obstacle], rows: list[dict[str, object]]) -> list[int]:
    return list(db.session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows))
