"""Who belongs to a team, and what ends with that."""

from __future__ import annotations

import pytest
from flask import Flask

from kata.extensions import db
from kata.identity.models import Person
from kata.teams import finding, queries
from tests.cast import Cast
from tests.conftest import SignIn
from tests.teams.joining import INVITATIONS, TEAM, membership_of, memberships

# Members ----------------------------------------------------------------------------------------------------------


def test_a_leader_finds_somebody_and_adds_them(app: Flask, as_: SignIn, cast: Cast) -> None:
    dev = as_("dev")
    page = dev.get(f"{TEAM}/members/new?q=fay").text
    assert "Fay Quist" in page
    assert "demo.example" not in page
    answer = dev.post(f"{TEAM}/members", {"person_id": cast["fay"].id, "role": "coach"})
    assert answer.status_code == 303
    assert memberships(app, cast, "fay") == [("coach", True)]
    assert "Fay Quist" in dev.get(TEAM).text


def test_adding_somebody_twice_adds_them_once(app: Flask, as_: SignIn, cast: Cast) -> None:
    for _ in range(2):
        as_("dev").post(f"{TEAM}/members", {"person_id": cast["fay"].id, "role": "member"})
    assert memberships(app, cast, "fay") == [("member", True)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"person_id": "999999", "role": "member"}, "There is no open account"),
        ({"person_id": "x", "role": "member"}, "There is no open account"),
        ({"role": "member"}, "There is no open account"),
        ({"person_id": "1", "role": "owner"}, "Pick one of the roles shown."),
    ],
)
def test_nobody_and_no_role_cannot_be_added(as_: SignIn, data: dict, sentence: str) -> None:
    answer = as_("dev").post(f"{TEAM}/members", data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_another_role_ends_one_membership_and_starts_another(app: Flask, as_: SignIn, cast: Cast) -> None:
    row = membership_of(app, cast, "ana")
    answer = as_("dev").post(f"/memberships/{row}/role", {"role": "coach"}, htmx=True)
    assert 'id="team-people"' in answer.text
    assert memberships(app, cast, "ana") == [("member", False), ("coach", True)]
    again = as_("dev").post(f"/memberships/{row}/role", {"role": "coach"})
    assert "This membership has ended already." in again.text


def test_a_membership_that_ends_stays_in_the_history_and_can_be_undone(app: Flask, as_: SignIn, cast: Cast) -> None:
    dev, row = as_("dev"), membership_of(app, cast, "gus")
    answer = dev.post(f"/memberships/{row}/end", htmx=True)
    assert "It stays in the team&#39;s history." in answer.text
    assert f'action="{TEAM}/members"' in answer.text
    assert "Once in the team" in dev.get(TEAM).text
    dev.post(f"{TEAM}/members", {"person_id": cast["gus"].id, "role": "member"}, htmx=True)
    assert memberships(app, cast, "gus") == [("member", False), ("member", True)]


def test_rights_end_with_the_membership_at_the_next_request(app: Flask, as_: SignIn, cast: Cast) -> None:
    ana = as_("ana")
    assert ana.get(INVITATIONS).status_code == 200
    as_("dev").post(f"/memberships/{membership_of(app, cast, 'ana')}/end")
    assert ana.get(INVITATIONS).status_code == 403


@pytest.mark.parametrize("name", ["ana", "ben", "eve", "fay"])
def test_members_and_coaches_do_not_manage_each_other(app: Flask, as_: SignIn, cast: Cast, name: str) -> None:
    person, row = as_(name), membership_of(app, cast, "gus")
    assert person.post(f"/memberships/{row}/end").status_code == 403
    assert person.post(f"/memberships/{row}/role", {"role": "coach"}).status_code == 403
    assert person.post(f"{TEAM}/members", {"person_id": cast[name].id, "role": "coach"}).status_code == 403
    assert "/memberships/" not in person.get(TEAM).text


def test_nobody_is_added_to_a_closed_team(as_: SignIn, cast: Cast) -> None:
    dev = as_("dev")
    dev.post(f"{TEAM}/closing", {"closed": "1"})
    answer = dev.post(f"{TEAM}/members", {"person_id": cast["fay"].id, "role": "member"})
    assert "This team is closed." in answer.text


def test_a_person_page_shows_teams_and_areas(as_: SignIn, cast: Cast) -> None:
    fay = as_("fay")
    assert "Access requests" in fay.get(f"/people/{cast['ana'].id}").text
    assert "Northfield" in fay.get(f"/people/{cast['dev'].id}").text
    page = fay.get(f"/people/{cast['ana'].id}").text
    assert "ana@demo.example" not in page
    assert "/admin/people" not in page


# For others -------------------------------------------------------------------------------------------------------


def test_the_command_box_finds_people_and_teams(cast: Cast, in_app: Flask) -> None:
    assert finding.find_people("nov", 5) == [("Ana Novak", f"/people/{cast['ana'].id}", "Access requests")]
    assert finding.find_people("demo.example", 5) == []
    assert finding.find_people("100%", 5) == []
    assert finding.find_teams("acc", 5) == [("Access requests", TEAM, "Service desk")]
    assert len(finding.find_people("", 3)) == 3


def test_closed_accounts_are_not_found(cast: Cast, in_app: Flask) -> None:
    from kata.identity.actions import close_account

    close_account(db.session.get_one(Person, cast["gus"].id), by=cast["root"].id)
    assert finding.find_people("Gus", 5) == []
    assert "Gus Hale" not in {row.name for row in queries.people_of_team(cast.teams["access"])}
