"""Who coaches whom now: the one answer on which everything that is private in this room is built.

A coach of a team coaches its members, a board's coach its learner, a second coach the coach of the board. All three
end with the role, at the next request; the person themselves always reads what was written about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, literal, or_, select, union
from sqlalchemy.orm import aliased

from kata.access.policy import Scope, Viewer
from kata.coaching.models import CoachingCycle
from kata.coaching.models.skills import KATAS
from kata.extensions import fetch
from kata.identity.models import Person
from kata.storyboards.models import Storyboard
from kata.storyboards.queries.boards import ME
from kata.teams.models import Membership

COACHED = bindparam("coached_teams", type_=Integer, expanding=True)
HELD_AT, MINE, SEEN_MEMBER = aliased(Storyboard), aliased(Storyboard), aliased(Membership)


def who(viewer: Viewer) -> dict[str, Any]:
    """The values that the conditions here leave open."""
    return {"me": viewer.person_id, "coached_teams": sorted(viewer.coach_of)}


def coaches_person(person: Any) -> ColumnElement[bool]:
    """Whether the viewer coaches the person (a column): their board, or the team in which they are a member."""
    at_a_board = exists().where(
        MINE.learner_id == person, MINE.coach_id == ME, MINE.ended_on.is_(None), MINE.archived_at.is_(None)
    )
    in_a_team = exists().where(
        SEEN_MEMBER.person_id == person,
        SEEN_MEMBER.role == "member",
        SEEN_MEMBER.ended_at.is_(None),
        SEEN_MEMBER.team_id.in_(COACHED),
    )
    return or_(at_a_board, in_a_team)


@cache
def reads_cycle() -> ColumnElement[bool]:
    """Whether the viewer reads what was said at a cycle: its learner, their coaches, and who watches its coach.

    The board's own visibility comes on top of it.
    """
    watches = exists().where(
        HELD_AT.id == CoachingCycle.board_id,
        HELD_AT.second_coach_id == ME,
        CoachingCycle.coach_id == HELD_AT.coach_id,
    )
    person: Any = CoachingCycle.learner_id
    return or_(CoachingCycle.learner_id == ME, coaches_person(person), watches)


@dataclass(frozen=True, slots=True)
class Practitioner:
    """A person as somebody who practises, for the guard of what is written about them.

    ``second_coach_ids`` are those among their coaches who coach their coaching, ``learner_coach_ids`` those who coach
    them as a learner; somebody may be both.
    """

    id: int
    name: str
    learner_coach_ids: frozenset[int | None]
    second_coach_ids: frozenset[int | None]

    @property
    def coach_ids(self) -> frozenset[int | None]:
        return self.learner_coach_ids | self.second_coach_ids

    @property
    def scope(self) -> Scope:
        return Scope(learner_id=self.id, coach_ids=self.coach_ids)

    def scope_in(self, kata: str) -> Scope:
        """The scope of what is written about them in one kata.

        A second coach reads and observes the coaching alone, never the learner that this coach is elsewhere.
        """
        coaches = self.second_coach_ids if kata == "coaching" else self.learner_coach_ids
        return Scope(learner_id=self.id, coach_ids=coaches)


def practitioner(viewer: Viewer, *, lock: bool = False, person_id: int) -> Practitioner | None:
    """The person with everybody who coaches them now, if the viewer is one of these; else as if they did not exist.

    Whom they observe as second coach is among the coaches: they coach the coaching.
    """
    rows = list(fetch(_coaches_of(), {"person": person_id}))
    if not rows:
        return None
    coaches = {kata: frozenset(row.coach_id for row in rows if row.kata == kata) for kata in KATAS}
    found = Practitioner(person_id, rows[0].name, coaches["improvement"], coaches["coaching"])
    mine = viewer.person_id == person_id or viewer.person_id in found.coach_ids
    return found if mine else None


@cache
def _coaches_of() -> Select[*tuple[Any, ...]]:
    person = bindparam("person", type_=Integer)
    live = (Storyboard.ended_on.is_(None), Storyboard.archived_at.is_(None))
    learning, coaching = (literal(kata).label("kata") for kata in KATAS)
    member, coach = aliased(Membership), aliased(Membership)
    coaches = union(
        select(Storyboard.coach_id.label("coach_id"), learning).where(Storyboard.learner_id == person, *live),
        select(Storyboard.second_coach_id, coaching).where(Storyboard.coach_id == person, *live),
        select(coach.person_id, learning)
        .join(member, member.team_id == coach.team_id)
        .where(
            member.person_id == person,
            member.role == "member",
            member.ended_at.is_(None),
            coach.role == "coach",
            coach.ended_at.is_(None),
            coach.person_id != person,
        ),
    ).subquery()
    return (
        select(Person.name, coaches.c.coach_id, coaches.c.kata)
        .outerjoin(coaches, coaches.c.coach_id != person)
        .where(Person.id == person)
    )
