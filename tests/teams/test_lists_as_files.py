"""Teams, members, measures and accounts as files."""

from __future__ import annotations

from flask import Flask

from kata.extensions import db
from kata.teams import actions
from kata.teams.models import Membership
from tests import growth
from tests.cast import Cast
from tests.client import csv_rows
from tests.conftest import SignIn

DESK = "Northfield › IT services › Service desk"


def test_the_organisation_has_a_line_for_each_team_and_each_area_without(as_: SignIn) -> None:
    rows = csv_rows(as_("fay").get("/teams.csv"))
    assert [(row["Area"].split(" › ")[-1], row["Team"]) for row in rows] == [
        ("Northfield", ""),
        ("Finance", "Invoices"),
        ("IT services", ""),
        ("Service desk", "Access requests"),
    ]
    assert rows[0]["Led by"] == "Dev Rao"
    assert rows[-1]["Area"] == DESK


def test_it_goes_by_the_pages_filter(cast: Cast, as_: SignIn) -> None:
    fay = as_("fay")
    assert [row["Team"] for row in csv_rows(fay.get("/teams.csv?q=inv"))] == ["Invoices"]
    assert [row["Area"] for row in csv_rows(fay.get("/teams.csv?area=service-desk"))] == [DESK]
    assert 'href="/teams.csv?area=service-desk"' in fay.get("/teams?area=service-desk").text
    assert 'href="/teams.csv?q=inv%20%26"' in fay.get("/teams?q=inv+%26").text


def test_it_holds_every_team_also_where_the_page_shows_one_area_at_a_time(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        growth.grow(cast, 200)
        db.session.commit()
    assert sum(bool(row["Team"]) for row in csv_rows(as_("fay").get("/teams.csv"))) > 200


def test_a_team_has_its_members_and_after_them_those_who_left(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        actions.end_membership(db.session.get_one(Membership, cast.membership), by=cast["dev"].id)
        db.session.commit()
    rows = csv_rows(as_("fay").get("/teams/access-requests/members.csv"))
    assert [(row["Name"], row["Role"], row["Until"]) for row in rows] == [
        ("Ben Okafor", "coach", ""),
        ("Ana Novak", "member", ""),
        ("Gus Hale", "member", "2026-06-03 10:31"),
    ]


def test_a_teams_measures_come_with_their_newest_values(as_: SignIn) -> None:
    rows = csv_rows(as_("fay").get("/teams/access-requests/measures.csv"))
    assert [(row["Name"], row["Kind"], row["Newest value"], row["Day"]) for row in rows][1] == (
        "Hours waiting for approval",
        "process measure",
        "19.5",
        "2026-05-27",
    )


def test_accounts_are_for_administrators_and_go_by_the_search(as_: SignIn) -> None:
    root = as_("root")
    everyone, found = csv_rows(root.get("/admin/people.csv")), csv_rows(root.get("/admin/people.csv?q=ana+nov"))
    assert len(everyone) > len(found) == 1
    assert (found[0]["E-mail"], found[0]["Administrator"]) == ("ana@demo.example", "no")
    assert as_("dev").get("/admin/people.csv").status_code == 403
