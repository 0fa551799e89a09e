"""The policy, row by row: who may do what to something in the team *access-requests* of the area *desk*."""

from __future__ import annotations

import pytest

from kata.access.policy import TABLE, Action, Scope, Viewer, allows

SCOPE = Scope(team_id=1, area_id=10)
PEOPLE = {
    "stranger": Viewer(1, "Fay"),
    "member": Viewer(2, "Ana", member_of=frozenset({1})),
    "coach": Viewer(3, "Ben", coach_of=frozenset({1})),
    "member elsewhere": Viewer(4, "Eve", member_of=frozenset({2}), coach_of=frozenset({3})),
    "leader": Viewer(5, "Dev", areas_led=frozenset({10})),
    "leader elsewhere": Viewer(6, "Ida", areas_led=frozenset({11})),
    "administrator": Viewer(7, "Root", is_administrator=True),
}
MAY = {
    Action.READ: set(PEOPLE),
    Action.START_BOARD: {"member", "coach"},
    Action.WRITE_BOARD: {"member", "coach"},
    Action.RUN_BOARD: {"coach"},
    Action.ADD_READING: {"member", "coach"},
    Action.INVITE: {"member", "coach", "leader", "administrator"},
    Action.INVITE_COACH: {"coach", "leader", "administrator"},
    Action.MANAGE_TEAM: {"leader", "administrator"},
    Action.MANAGE_AREA: {"administrator"},
    Action.SET_AREA_CHALLENGE: {"leader"},
    Action.MANAGE_PEOPLE: {"administrator"},
    Action.OPEN_CLOSED_BOARD: {"administrator"},
}


def test_every_action_stands_in_the_table_and_here() -> None:
    assert set(TABLE) == set(MAY) == set(Action)


@pytest.mark.parametrize("action", Action, ids=lambda action: action.name)
def test_an_action_is_for_those_it_is_for_and_nobody_else(action: Action) -> None:
    assert {name for name, viewer in PEOPLE.items() if allows(viewer, action, SCOPE)} == MAY[action]


def test_a_learner_writes_and_runs_their_own_board_in_whatever_team() -> None:
    own = Scope(team_id=1, area_id=10, learner_id=1)
    assert allows(PEOPLE["stranger"], Action.WRITE_BOARD, own)
    assert allows(PEOPLE["stranger"], Action.RUN_BOARD, own)
    assert not allows(PEOPLE["stranger"], Action.START_BOARD, own)


def test_the_coach_of_a_board_writes_on_it_without_belonging_to_the_team() -> None:
    assert allows(PEOPLE["stranger"], Action.WRITE_BOARD, Scope(team_id=1, area_id=10, coach_ids=frozenset({1, None})))


def test_nobody_gains_anything_from_a_scope_without_a_place() -> None:
    nowhere = Scope()
    for name in ("stranger", "member", "coach", "leader"):
        allowed = {action for action in Action if allows(PEOPLE[name], action, nowhere)}
        assert allowed == {Action.READ}
