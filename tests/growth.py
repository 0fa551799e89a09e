"""Many rows of everything around the cast, to see that pages cost the same with them; written in bulk, unrecorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from kata.activity.models import Activity
from kata.customers.models import (
    Conversation,
    ConversationHeld,
    Customer,
    MomentMeasure,
    MomentOfTruth,
    Voice,
    VoiceWording,
)
from kata.extensions import db
from kata.identity.models import Person, SignInSession
from kata.measures.models import Measure, Reading
from kata.storyboards.models import (
    Amendment,
    Challenge,
    CurrentCondition,
    Experiment,
    Obstacle,
    Photo,
    Storyboard,
    TargetCondition,
)
from kata.teams.models import Area, AreaLeader, Invitation, Membership, Team
from tests.cast import NOW, TODAY, Board, Cast

Rows = list[dict[str, Any]]


def grow(cast: Cast, count: int) -> None:
    """Add ``count`` of everything that a page might list; the caller commits."""
    people = _add(Person, [{"name": f"Person {n}", "email": f"p{n}@demo.example"} for n in range(count)])
    _organisation(cast, people, count)
    _practice(cast, count)
    experiments(cast.board, cast, count)
    _around_the_board(cast, people, count)
    _heard(cast, count)


def experiments(board: Board, cast: Cast, count: int) -> list[int]:
    """Add ``count`` concluded experiments to a storyboard, numbered after the others."""
    last = db.session.scalar(select(func.max(Experiment.number)).where(Experiment.board_id == board.id)) or 0
    rows = [
        {
            "board_id": board.id,
            "target_id": board.target,
            "obstacle_id": board.in_focus,
            "number": last + 1 + n,
            "step": f"Step {n}: ask at noon, and write down who answers",
            "expectation": "Half of the requests are decided before the evening.",
            "check_on": TODAY,
            "started_at": NOW - timedelta(days=2),
            "happened": "Two of five came back within the hour.",
            "happened_on": TODAY,
            "learned": "Noon is when they eat.",
            "ended_at": NOW,
            "planned_by_id": cast["ana"].id,
        }
        for n in range(count)
    ]
    # The one that runs stays the newest.
    moved = update(Experiment).where(Experiment.id == board.running).values(number=last + count + 1)
    db.session.execute(moved, execution_options={"synchronize_session": False})
    rows = [{**row, "number": row["number"] - (1 if board.running else 0)} for row in rows]
    return _add(Experiment, rows)


def _add(model: Any, rows: Rows) -> list[int]:
    return list(db.session.scalars(insert(model).returning(model.id), rows))


def _organisation(cast: Cast, people: list[int], count: int) -> None:
    team, later, ana = cast.teams["access"], NOW + timedelta(days=9000), cast["ana"].id
    areas = _add(
        Area, [{"name": f"Area {n}", "slug": f"area-{n}", "parent_id": cast.areas["services"]} for n in range(count)]
    )
    teams = _add(Team, [{"name": f"Team {n}", "slug": f"team-{n}", "area_id": area} for n, area in enumerate(areas)])
    _add(AreaLeader, [{"area_id": cast.areas["desk"], "person_id": person} for person in people])
    _add(Membership, [{"team_id": team, "person_id": person, "role": "member"} for person in people])
    _add(Membership, [{"team_id": other, "person_id": ana, "role": "member"} for other in teams])
    _add(
        Invitation,
        [
            {
                "token_hash": f"grown {n}",
                "team_id": team,
                "created_by_id": ana,
                "expires_at": later,
                "email": f"i{n}@x.example",
            }
            for n in range(count)
        ],
    )
    for name in ("ana", "root", "fay"):
        sessions = [
            {"token_hash": f"{name} {n}", "person_id": cast[name].id, "expires_at": later, "device": "Phone"}
            for n in range(count)
        ]
        _add(SignInSession, sessions)


def _practice(cast: Cast, count: int) -> None:
    """As many storyboards of ana's, coached by ben, each with something due; and a team with as many measures."""
    team, ana, ben = cast.teams["access"], cast["ana"].id, cast["ben"].id
    common = {"team_id": team, "learner_id": ana, "coach_id": ben, "second_coach_id": cast["cleo"].id}
    boards = _add(Storyboard, [{**common, "focus_process": f"Process {n}"} for n in range(count)])
    _add(Challenge, [{"board_id": board, "statement": "Nobody waits."} for board in boards])
    _add(CurrentCondition, [_condition(board, 1) for board in boards])
    targets = _add(
        TargetCondition,
        [
            {"board_id": board, "number": 1, "achieve_by": TODAY + timedelta(days=9), "pattern": "At once."}
            for board in boards
        ],
    )
    pairs = list(zip(boards, targets, strict=True))
    focus = _add(
        Obstacle,
        [
            {"board_id": board, "target_id": target, "text": "Two systems", "position": 0, "status": "focus"}
            for board, target in pairs
        ],
    )
    running = [
        {
            "board_id": board,
            "target_id": target,
            "obstacle_id": obstacle,
            "number": 1,
            "step": "Go and see",
            "expectation": "Nobody asks twice.",
            "check_on": TODAY,
            "started_at": NOW,
        }
        for (board, target), obstacle in zip(pairs, focus, strict=True)
    ]
    _add(Experiment, running)
    _add(
        Measure,
        [{"team_id": team, "name": f"Measure {n}", "kind": "process", "better": "up"} for n in range(count)],
    )
    days = range(100, 100 + count)
    _add(
        Reading,
        [
            {"measure_id": cast.measures["outcome"], "day": TODAY - timedelta(days=n), "value": float(n), "version": 1}
            for n in days
        ],
    )


def _condition(board: int, number: int) -> dict[str, Any]:
    return {"board_id": board, "number": number, "as_of": TODAY, "facts": "As seen.", "steps": []}


def _around_the_board(cast: Cast, people: list[int], count: int) -> None:
    board, ana = cast.board, cast["ana"].id
    _add(
        Obstacle,
        [
            {"board_id": board.id, "target_id": board.target, "text": f"Obstacle {n}", "position": 10 + n}
            for n in range(count)
        ],
    )
    _add(CurrentCondition, [_condition(board.id, 3 + n) for n in range(count)])
    _add(
        Photo,
        [
            {
                "board_id": board.id,
                "experiment_id": board.running,
                "sha256": "0" * 64,
                "width": 4,
                "height": 3,
                "by_id": ana,
            }
            for _n in range(count)
        ],
    )
    _add(
        Amendment,
        [
            {
                "board_id": board.id,
                "experiment_id": board.concluded,
                "field": "step",
                "before": "a",
                "after": "b",
                "by_id": ana,
            }
            for _n in range(count)
        ],
    )
    seen = {"verb": "reworded", "subject_type": "obstacle", "subject_id": board.waiting, "board_id": board.id}
    _add(Activity, [{**seen, "at": NOW - timedelta(hours=n), "person_id": person} for n, person in enumerate(people)])


def _heard(cast: Cast, count: int) -> None:
    """Customers with a journey each, a team that serves as many, and moments, voices and talks of the one there was."""
    team, heard, ana = cast.teams["access"], cast.heard, cast["ana"].id
    customers = _add(Customer, [{"team_id": team, "name": f"Customer {n}"} for n in range(count)])
    moments = [{"team_id": team, "name": f"Moment {n}", "customer_id": each} for n, each in enumerate(customers)]
    moments += [{"team_id": team, "name": f"Stop {n}", "customer_id": heard.customer} for n in range(count)]
    moment_ids = _add(MomentOfTruth, moments)
    _add(MomentMeasure, [{"moment_id": each, "measure_id": heard.measure} for each in moment_ids])
    measures = db.session.scalars(select(Measure.id).where(Measure.team_id == team, Measure.id != heard.measure))
    _add(MomentMeasure, [{"moment_id": heard.moment, "measure_id": each} for each in measures])
    serving = [{"team_id": team, "learner_id": ana, "focus_process": f"Serving {n}"} for n in range(count)]
    boards = _add(Storyboard, serving)
    _add(Challenge, [{"board_id": each, "statement": "At once.", "moment_id": heard.moment} for each in boards])
    talk = {"team_id": team, "partner": "Somebody", "rhythm": "week", "next_on": TODAY}
    _add(Conversation, [talk for _n in range(count)])
    held = {"conversation_id": heard.conversation, "held_on": TODAY}
    held_ids = _add(ConversationHeld, [held for _n in range(count)])
    said = {"team_id": team, "heard_on": TODAY, "source": "letter", "says": "worked well", "words": "Thank you."}
    voices = [{**said, "moment_id": each} for each in moment_ids]
    voices += [{**said, "moment_id": heard.moment, "conversation_id": each} for each in held_ids]
    voice_ids = _add(Voice, voices)
    wordings = [{"voice_id": each, "words": "Thanks.", "why": "", "by_id": ana} for each in voice_ids]
    _add(VoiceWording, [*wordings, *({**wordings[0], "voice_id": heard.voice} for _n in range(count))])
