"""Areas, teams and who manages them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.identity.models import Person
from kata.teams import actions, pages, queries, words
from kata.teams.models import Area, Membership, Team
from kata.teams.slugs import free, slug_of
from tests.cast import Cast
from tests.client import form_fields
from tests.conftest import Counting, SignIn

EDIT = "/teams/access-requests/edit"


def team(app: Flask, slug: str = "access-requests") -> Team:
    with app.app_context():
        return db.session.scalars(sa.select(Team).where(Team.slug == slug)).one()


def new_team(cast: Cast, area: str) -> str:
    return f"/areas/{cast.areas[area]}/teams/new"


# The organisation -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ana", "eve", "fay", "dev", "root"])
def test_anyone_signed_in_reads_the_organisation(as_: SignIn, name: str) -> None:
    person = as_(name)
    page = person.get("/teams").text
    assert "Northfield" in page
    assert "Access requests" in page
    assert person.get("/teams/access-requests").status_code == 200


def test_the_tree_shows_areas_in_their_areas_with_leaders_and_teams(app: Flask, cast: Cast, in_app: Flask) -> None:
    roots = pages.tree(queries.area_rows(), queries.teams_by_area())
    pages.hang(roots, queries.team_rows(), queries.leaders_by_area())
    assert [(node.name, depth, node.count) for node, depth in pages.walk(roots)] == [
        ("Northfield", 0, 2),
        ("Finance", 1, 1),
        ("IT services", 1, 1),
        ("Service desk", 2, 1),
    ]
    assert [each.name for each in roots[0].leaders] == ["Dev Rao"]
    assert [each.people for each in roots[0].children[0].teams] == [1]


def test_a_team_is_found_by_part_of_its_name(as_: SignIn) -> None:
    ana = as_("ana")
    assert "Access requests" in ana.get("/teams?q=QUEST").text
    assert "No open team is called that" in ana.get("/teams?q=zzz").text


def test_your_own_teams_stand_first_and_are_marked(as_: SignIn) -> None:
    page = as_("ana").get("/teams").text
    assert page.index("Your teams") < page.index("Northfield")
    assert "Your teams" not in as_("fay").get("/teams").text


def test_a_large_organisation_is_shown_one_area_at_a_time(app: Flask, as_: SignIn, cast: Cast) -> None:
    fill(app, cast.areas["finance"], pages.TEAMS_AT_ONCE + 1)
    page = as_("fay").get("/teams").text
    assert "Team 0001" not in page
    assert "/teams?area=service-desk" in page
    assert "Access requests" in as_("fay").get("/teams?area=service-desk").text
    assert "Team 0001" in as_("fay").get("/teams?area=finance").text


def test_of_many_areas_the_upper_ones_are_shown_and_the_others_one_step_down(
    app: Flask, as_: SignIn, cast: Cast
) -> None:
    fill(app, cast.areas["finance"], pages.TEAMS_AT_ONCE + 1)
    with app.app_context():
        below = {"parent_id": cast.areas["finance"]}
        rows = [{"name": f"Office {n}", "slug": f"office-{n}", **below} for n in range(pages.AREAS_AT_ONCE)]
        db.session.execute(sa.insert(Area), rows)
        db.session.commit()
    fay = as_("fay")
    whole = fay.get("/teams").text
    assert "/teams?area=finance" in whole
    assert "office-7" not in whole
    assert "/teams?area=office-7" in fay.get("/teams?area=finance").text


def test_an_area_that_does_not_exist_shows_all(as_: SignIn) -> None:
    assert "Northfield" in as_("fay").get("/teams?area=atlantis").text


def test_an_empty_installation_offers_the_first_step(app: Flask, as_: SignIn, cast: Cast) -> None:
    assert pages.tree([], {}) == []


def fill(app: Flask, area_id: int, count: int) -> None:
    with app.app_context():
        rows = [{"name": f"Team {n:04}", "slug": f"team-{n}", "area_id": area_id} for n in range(count)]
        db.session.execute(sa.insert(Team), rows)
        db.session.commit()


def crowd(app: Flask, team_id: int, count: int) -> None:
    with app.app_context():
        people = [{"name": f"Member {n:04}"} for n in range(count)]
        ids = db.session.scalars(sa.insert(Person).returning(Person.id), people).all()
        rows = [{"team_id": team_id, "person_id": each, "role": "member"} for each in ids]
        db.session.execute(sa.insert(Membership), rows)
        db.session.commit()


@pytest.mark.parametrize(
    "address",
    [
        "/teams",
        "/teams?q=team",
        "/teams?area=finance",
        "/teams/access-requests",
        "/teams/access-requests/edit",
        "/teams/access-requests/members/new?q=member",
        "/teams/access-requests/invitations",
        "/admin/areas",
        "/people/1",
    ],
)
def test_a_page_asks_the_database_as_often_at_one_row_as_at_two_hundred(
    app: Flask, as_: SignIn, cast: Cast, statements: Counting, address: str
) -> None:
    root = as_("root")
    with statements() as few:
        root.get(address)
    crowd(app, cast.teams["access"], 200)
    fill(app, cast.areas["finance"], 100)
    with app.app_context():
        rows = [{"name": f"Area {n}", "slug": f"area-{n}", "parent_id": cast.areas["house"]} for n in range(200)]
        db.session.execute(sa.insert(Area), rows)
        made = queries.team(cast.teams["access"])
        for n in range(60):
            actions.invite(made, role="member", email=None, once=str(n), by=cast["root"].id)
        db.session.commit()
    with statements() as many:
        root.get(address)
    assert len(many) <= 12
    assert len(many) <= len(few) + (1 if "q=" in address else 0)


# Teams ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "status"), [("ana", 403), ("ben", 403), ("eve", 403), ("dev", 200), ("root", 200)])
def test_leaders_and_administrators_change_a_team(as_: SignIn, cast: Cast, name: str, status: int) -> None:
    person = as_(name)
    assert person.get(EDIT).status_code == status
    assert person.get(new_team(cast, "desk")).status_code == status
    assert person.get("/teams/access-requests/members/new").status_code == status
    offered = EDIT in person.get("/teams/access-requests").text
    assert offered == (status == 200)


def test_a_leader_makes_a_team_below_what_they_lead_and_nowhere_else(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        elsewhere = actions.create_area(name="Southfield", parent=None, by=cast["root"].id).id
        db.session.commit()
    dev, typed = as_("dev"), {"name": "Night shift"}
    assert dev.fill_in(new_team(cast, "desk"), **typed).location == "/teams/night-shift"
    assert dev.post(f"/areas/{elsewhere}/teams/new", {**typed, "practice_days": "0"}).status_code == 403


def test_a_team_sent_twice_is_made_once(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, address = as_("root"), new_team(cast, "desk")
    fields = {**form_fields(root.get(address).text, address), "name": "Night shift"}
    assert [root.post(address, fields).status_code for _ in range(2)] == [303, 303]
    with app.app_context():
        assert db.session.query(Team).filter_by(name="Night shift").count() == 1


def test_two_teams_of_one_name_have_two_addresses(as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    places = [root.fill_in(new_team(cast, "desk"), name="Night  Shift").location for _ in range(2)]
    assert places == ["/teams/night-shift", "/teams/night-shift-2"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Type the team"),
        ({"name": "n" * 121}, "longer than 120 characters"),
        ({"practice_days": []}, "Pick at least one day."),
        ({"practice_days": ["9"]}, "Pick at least one day."),
        ({"time_zone": "Europe/Atlantis"}, "Pick one of the places in the list."),
    ],
)
def test_a_bad_team_is_refused_at_its_field(as_: SignIn, cast: Cast, typed: dict, sentence: str) -> None:
    answer = as_("root").fill_in(new_team(cast, "desk"), **{"name": "Kept as typed", **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept as typed" in answer.text or "name" in typed


def test_a_renamed_team_keeps_its_address(app: Flask, as_: SignIn) -> None:
    as_("dev").fill_in(EDIT, name="Access and leavers", practice_days=["0", "2", "4"], time_zone="Asia/Kolkata")
    kept = team(app)
    assert (kept.name, kept.practice_days, kept.time_zone) == ("Access and leavers", 0b0010101, "Asia/Kolkata")
    page = as_("fay").get("/teams/access-requests").text
    assert "Monday, Wednesday and Friday" in page
    assert "Asia, Kolkata" in page


def test_a_team_changed_meanwhile_shows_both_texts_and_keeps_the_first(app: Flask, as_: SignIn) -> None:
    dev = as_("dev")
    fields = form_fields(dev.get(EDIT).text, EDIT)
    dev.post(EDIT, {**fields, "name": "Theirs"})
    answer = dev.post(EDIT, {**fields, "name": "Mine"})
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    assert team(app).name == "Theirs"


def test_a_leader_moves_a_team_only_between_areas_they_lead(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        elsewhere = actions.create_area(name="Southfield", parent=None, by=cast["root"].id).id
        db.session.commit()
    dev = as_("dev")
    assert dev.fill_in(EDIT, area_id=str(cast.areas["finance"])).status_code == 303
    answer = dev.fill_in(EDIT, area_id=str(elsewhere))
    assert answer.status_code == 422
    assert "Pick one of the areas in the list." in answer.text
    assert "Southfield" not in answer.text
    assert as_("root").fill_in(EDIT, area_id=str(elsewhere)).status_code == 303
    assert dev.get(EDIT).status_code == 403


def test_extra_fields_change_nothing(app: Flask, as_: SignIn, cast: Cast) -> None:
    as_("dev").fill_in(EDIT, slug="mine", closed_at="2020-01-01", id="2")
    assert team(app).closed_at is None


def test_a_closed_team_stays_readable_and_opens_again(app: Flask, as_: SignIn) -> None:
    dev = as_("dev")
    dev.post("/teams/access-requests/closing", {"closed": "1"})
    assert "Access requests" not in as_("fay").get("/teams").text
    assert "Closed teams" in dev.get("/teams").text
    assert as_("fay").get("/teams/access-requests").status_code == 200
    dev.post("/teams/access-requests/closing", {"closed": "0"})
    assert team(app).closed_at is None


def test_an_unknown_team_is_not_there(as_: SignIn) -> None:
    root = as_("root")
    assert root.get("/teams/atlantis").status_code == 404
    assert root.get("/teams/atlantis/edit").status_code == 404
    assert root.post("/teams/atlantis/closing", {"closed": "1"}).status_code == 404
    assert root.get("/areas/999999/teams/new").status_code == 404


def test_what_is_typed_is_shown_as_text_only(as_: SignIn, cast: Cast) -> None:
    name = '<script>alert(1)</script> & "co"'
    answer = as_("root").fill_in(new_team(cast, "desk"), name=name)
    page = as_("ana").get(answer.location).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page


# Areas ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ana", "ben", "dev"])
def test_only_administrators_manage_areas(as_: SignIn, cast: Cast, name: str) -> None:
    person = as_(name)
    assert person.get("/admin/areas").status_code == 403
    assert person.get(f"/admin/areas/{cast.areas['desk']}").status_code == 403
    assert person.post("/admin/areas/new", {"name": "X"}).status_code == 403


def test_an_area_is_made_below_another(as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    root.fill_in(f"/admin/areas/new?parent={cast.areas['desk']}", "/admin/areas/new", name="Night desk")
    page = root.get("/admin/areas").text
    assert page.index("Service desk") < page.index("Night desk")


def test_an_area_moves_anywhere_but_below_itself(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, address = as_("root"), f"/admin/areas/{cast.areas['services']}"
    for inside in ("services", "desk"):
        answer = root.fill_in(address, parent_id=str(cast.areas[inside]))
        assert answer.status_code == 422
        assert "An area cannot be moved below itself." in answer.text
    assert root.fill_in(address, parent_id=str(cast.areas["finance"])).status_code == 303
    with app.app_context():
        ids = [cast.areas[name] for name in ("desk", "services", "finance", "house")]
        assert queries.areas_above(cast.areas["desk"]) == ids


@pytest.mark.parametrize("parent", ["999999", "x", "-1"])
def test_an_area_that_is_not_there_is_no_place_to_move_to(as_: SignIn, cast: Cast, parent: str) -> None:
    answer = as_("root").fill_in(f"/admin/areas/{cast.areas['desk']}", parent_id=parent)
    assert answer.status_code == 422
    assert "Pick one of the areas in the list." in answer.text


def test_an_area_closes_only_when_it_is_empty(as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    teams = root.post(f"/admin/areas/{cast.areas['desk']}/closing", {"closed": "1"})
    assert "There are open teams in this area." in teams.text
    areas = root.post(f"/admin/areas/{cast.areas['house']}/closing", {"closed": "1"})
    assert "There are open areas below this one." in areas.text
    root.post("/teams/invoices/closing", {"closed": "1"})
    assert root.post(f"/admin/areas/{cast.areas['finance']}/closing", {"closed": "1"}).status_code == 303
    assert "Closed areas" in root.get("/admin/areas").text
    refused = root.post("/teams/invoices/closing", {"closed": "0"})
    assert "Finance is closed." in refused.text
    root.post(f"/admin/areas/{cast.areas['finance']}/closing", {"closed": "0"})
    assert root.post("/teams/invoices/closing", {"closed": "0"}).status_code == 303


def test_a_leader_begins_and_ends_at_the_next_request(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, fay, desk = as_("root"), as_("fay"), cast.areas["desk"]
    assert fay.get(EDIT).status_code == 403
    for _ in range(2):
        assert root.post(f"/admin/areas/{desk}/leaders", {"person_id": cast["fay"].id}).status_code == 303
    assert fay.get(EDIT).status_code == 200
    with app.app_context():
        (office,) = queries.leaders_by_area([desk])[desk]
    root.post(f"/admin/leaders/{office.id}/end")
    assert fay.get(EDIT).status_code == 403


def test_somebody_to_lead_is_found_by_name(as_: SignIn, cast: Cast) -> None:
    page = as_("root").get(f"/admin/areas/{cast.areas['desk']}?q=fay").text
    assert "Fay Quist" in page
    assert "Ana Novak" not in page


@pytest.mark.parametrize("person", ["999999", "", "x", "99999999999999999999"])
def test_somebody_without_an_account_leads_nothing(as_: SignIn, cast: Cast, person: str) -> None:
    answer = as_("root").post(f"/admin/areas/{cast.areas['desk']}/leaders", {"person_id": person})
    assert answer.status_code == 422
    assert "There is no open account for this person any more." in answer.text


# Pure -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Access requests", "access-requests"), ("Straße & Ölwerk", "strasse-olwerk"), ("日本", ""), ("a" * 99, "a" * 60)],
)
def test_a_slug_is_made_from_the_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_taken_slug_gets_the_next_number() -> None:
    assert free("desk", {"desk", "desk-2"}) == "desk-3"


def test_practice_days_are_said_in_words(app: Flask) -> None:
    with app.test_request_context():
        assert words.days_in_words(0b0011111) == "Monday to Friday"
        assert words.days_in_words(0b1100000) == "Saturday and Sunday"
        assert words.days_in_words(0b1111111) == "every day"
        assert words.days_in_words(0b0000100) == "Wednesday"


def test_an_area_whose_parent_is_out_of_sight_is_not_lost(app: Flask, cast: Cast, in_app: Flask) -> None:
    rows = [row for row in queries.area_rows() if row.id != cast.areas["services"]]
    assert "Service desk" in {node.name for node in pages.tree(rows, {})}
