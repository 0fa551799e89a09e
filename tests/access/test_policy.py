"""The policy by itself: the table of predicates, for each action and each kind of relation to what it is about."""

from __future__ import annotations

import pytest

from kata.access.policy import TABLE, Action, Scope, Viewer, allows

TEAM, AREA, ME = 7, 3, 11
HERE = Scope(team_id=TEAM, area_id=AREA, learner_id=1, coach_ids=frozenset({2}), second_coach_id=3)
NOWHERE = Scope()

PEOPLE = {
    "a stranger": Viewer(ME, "Fay"),
    "a member": Viewer(ME, "Gus", member_of=frozenset({TEAM})),
    "the team's coach": Viewer(ME, "Ben", coach_of=frozenset({TEAM})),
    "the board's coach": Viewer(2, "Ben"),
    "the learner": Viewer(1, "Ana", member_of=frozenset({TEAM})),
    "a learner who has left the team": Viewer(1, "Ana"),
    "the second coach": Viewer(3, "Cleo"),
    "a leader": Viewer(ME, "Dev", areas_led=frozenset({AREA})),
    "an administrator": Viewer(ME, "Root", is_administrator=True),
    "a member elsewhere": Viewer(
        ME, "Eve", member_of=frozenset({8}), coach_of=frozenset({9}), areas_led=frozenset({4})
    ),
}

TEAM_PEOPLE = {"a member", "the learner", "the team's coach", "the board's coach"}
COACHES = {"the team's coach", "the board's coach"}
ONESELF = {"the learner", "a learner who has left the team"}
ALLOWED = {
    Action.READ: set(PEOPLE),
    Action.START_BOARD: TEAM_PEOPLE,
    Action.WRITE_BOARD: TEAM_PEOPLE,
    Action.RUN_BOARD: {"the team's coach", "the board's coach", "the learner"},
    Action.ADD_READING: TEAM_PEOPLE,
    Action.WRITE_CUSTOMERS: TEAM_PEOPLE,
    Action.STRIKE_VOICE: TEAM_PEOPLE,
    Action.CLOSE_VOICES: TEAM_PEOPLE,
    Action.OPEN_CLOSED_VOICES: {"an administrator"},
    Action.INVITE: {*TEAM_PEOPLE, "a leader", "an administrator"},
    Action.INVITE_COACH: {"the team's coach", "the board's coach", "a leader", "an administrator"},
    Action.MANAGE_TEAM: {"a leader", "an administrator"},
    Action.MANAGE_AREA: {"an administrator"},
    Action.SET_AREA_CHALLENGE: {"a leader"},
    Action.MANAGE_PEOPLE: {"an administrator"},
    Action.READ_AUDIT_LOG: {"an administrator"},
    Action.OPEN_CLOSED_BOARD: {"an administrator"},
    Action.COACH: COACHES,
    Action.WATCH_COACH: {"the second coach"},
    Action.REFLECT: ONESELF,
    Action.READ_PRACTICE: ONESELF | COACHES,
    Action.OBSERVE_LEVEL: COACHES,
    Action.MARK_HABIT: ONESELF,
    Action.MANAGE_SKILLS: {"an administrator"},
    Action.RAISE_BARRIER: {*TEAM_PEOPLE, "a leader"},
    Action.ANSWER_BARRIER: {"a leader"},
    Action.READ_FIGURES: {"a leader"},
    Action.SHARE_STORY: {"the learner", *COACHES},
    Action.STOP_STORY: {*TEAM_PEOPLE, "an administrator"},
}


@pytest.mark.parametrize("action", Action, ids=lambda action: action.name)
def test_who_may_do_what_in_their_own_place(action: Action) -> None:
    assert {name for name, viewer in PEOPLE.items() if allows(viewer, action, HERE)} == ALLOWED[action]


@pytest.mark.parametrize("action", Action, ids=lambda action: action.name)
def test_what_belongs_nowhere_gives_nobody_a_right_by_accident(action: Action) -> None:
    """``None`` is no team and no area that somebody could belong to or lead."""
    allowed = {name for name, viewer in PEOPLE.items() if allows(viewer, action, NOWHERE)}
    assert allowed == ALLOWED[action] & {"an administrator"} | (set(PEOPLE) if action is Action.READ else set())


def test_every_action_stands_in_the_table() -> None:
    assert set(TABLE) == set(Action)


def test_the_teams_of_a_viewer_are_those_of_both_roles() -> None:
    assert PEOPLE["a member elsewhere"].teams == {8, 9}
