"""The whole policy on one screen: what may be done, and to whom it is allowed.

Visibility is not decided here: a query that takes the viewer leaves out what they may not see (404). What they see
but may not do is refused by this table (403). Predicates look at the viewer and at the scope of the subject only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person behind a request and the roles they hold now; built once a request.

    ``areas_led`` holds every area they lead and all areas below those.
    """

    person_id: int
    name: str
    theme: str = "system"
    language: str = "en_GB"
    time_zone: str = "Europe/London"
    is_administrator: bool = False
    member_of: frozenset[int] = frozenset()
    coach_of: frozenset[int] = frozenset()
    areas_led: frozenset[int] = frozenset()

    @property
    def teams(self) -> frozenset[int]:
        """Ids of the teams they belong to, in whichever role."""
        return self.member_of | self.coach_of


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a subject belongs, which is all that the policy needs to know of it."""

    team_id: int | None = None
    area_id: int | None = None
    learner_id: int | None = None
    coach_ids: frozenset[int | None] = frozenset()
    second_coach_id: int | None = None


class Action(Enum):
    """Everything that somebody may or may not do to something they can see."""

    READ = auto()
    START_BOARD = auto()
    WRITE_BOARD = auto()
    RUN_BOARD = auto()
    ADD_READING = auto()
    WRITE_CUSTOMERS = auto()
    STRIKE_VOICE = auto()
    CLOSE_VOICES = auto()
    OPEN_CLOSED_VOICES = auto()
    INVITE = auto()
    INVITE_COACH = auto()
    MANAGE_TEAM = auto()
    MANAGE_AREA = auto()
    SET_AREA_CHALLENGE = auto()
    MANAGE_PEOPLE = auto()
    READ_AUDIT_LOG = auto()
    OPEN_CLOSED_BOARD = auto()
    COACH = auto()
    WATCH_COACH = auto()
    REFLECT = auto()
    READ_PRACTICE = auto()
    OBSERVE_LEVEL = auto()
    MARK_HABIT = auto()
    MANAGE_SKILLS = auto()
    RAISE_BARRIER = auto()
    ANSWER_BARRIER = auto()
    READ_FIGURES = auto()
    SHARE_STORY = auto()
    STOP_STORY = auto()


Predicate = Callable[[Viewer, Scope], bool]


def anyone(_viewer: Viewer, _scope: Scope) -> bool:
    return True


def member(viewer: Viewer, scope: Scope) -> bool:
    return scope.team_id in viewer.member_of


def coach(viewer: Viewer, scope: Scope) -> bool:
    return scope.team_id in viewer.coach_of or viewer.person_id in scope.coach_ids


def learner(viewer: Viewer, scope: Scope) -> bool:
    """Whose board it is, as long as they belong to its team: rights end with the membership."""
    return viewer.person_id == scope.learner_id and scope.team_id in viewer.teams


def oneself(viewer: Viewer, scope: Scope) -> bool:
    """Whom it is about, whatever team they belong to now."""
    return viewer.person_id == scope.learner_id


def second_coach(viewer: Viewer, scope: Scope) -> bool:
    return viewer.person_id == scope.second_coach_id


def leader(viewer: Viewer, scope: Scope) -> bool:
    return scope.area_id in viewer.areas_led


def administrator(viewer: Viewer, _scope: Scope) -> bool:
    return viewer.is_administrator


TABLE: dict[Action, tuple[Predicate, ...]] = {
    Action.READ: (anyone,),
    Action.START_BOARD: (member, coach),
    Action.WRITE_BOARD: (member, coach, learner),
    Action.RUN_BOARD: (learner, coach),
    Action.ADD_READING: (member, coach),
    Action.WRITE_CUSTOMERS: (member, coach),
    Action.STRIKE_VOICE: (member, coach),
    Action.CLOSE_VOICES: (member, coach),
    Action.OPEN_CLOSED_VOICES: (administrator,),
    Action.INVITE: (member, coach, leader, administrator),
    Action.INVITE_COACH: (coach, leader, administrator),
    Action.MANAGE_TEAM: (leader, administrator),
    Action.MANAGE_AREA: (administrator,),
    Action.SET_AREA_CHALLENGE: (leader,),
    Action.MANAGE_PEOPLE: (administrator,),
    Action.READ_AUDIT_LOG: (administrator,),
    Action.OPEN_CLOSED_BOARD: (administrator,),
    Action.COACH: (coach,),
    Action.WATCH_COACH: (second_coach,),
    Action.REFLECT: (oneself,),
    Action.READ_PRACTICE: (oneself, coach),
    Action.OBSERVE_LEVEL: (coach,),
    Action.MARK_HABIT: (oneself,),
    Action.MANAGE_SKILLS: (administrator,),
    Action.RAISE_BARRIER: (member, coach, learner, leader),
    Action.ANSWER_BARRIER: (leader,),
    Action.READ_FIGURES: (leader,),
    Action.SHARE_STORY: (learner, coach),
    Action.STOP_STORY: (member, coach, learner, administrator),
}


def allows(viewer: Viewer, action: Action, scope: Scope) -> bool:
    """Whether ``viewer`` may do ``action`` to what belongs to ``scope``."""
    return any(predicate(viewer, scope) for predicate in TABLE[action])
