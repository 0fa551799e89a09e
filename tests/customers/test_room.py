"""The room of all moments of truth: filters, order, an empty room, paging."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.customers.models import MomentOfTruth
from kata.extensions import db
from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn, browser

pytestmark = pytest.mark.database
MINE, THEIRS = "First day at work", "A bill I do not understand"


def test_everyone_reads_the_moments_of_all_teams_their_own_first(cast: Cast, as_: SignIn) -> None:
    for name in ("ana", "eve", "fay", "dev", "root"):
        page = as_(name).get("/customers").text
        assert {MINE in page, THEIRS in page} == {True}
        assert (page.index(THEIRS) < page.index(MINE)) is (name == "eve")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("team=invoices", {THEIRS}),
        ("area=finance", {THEIRS}),
        ("area=it-services", {MINE}),
        ("area=northfield", {MINE, THEIRS}),
        ("team=nowhere&area=none", {MINE, THEIRS}),
        ("after=x", {MINE, THEIRS}),
        ("after=999999999", {MINE, THEIRS}),
    ],
)
def test_it_is_narrowed_by_team_and_area_with_all_below(ana: Client, query: str, shown: set[str]) -> None:
    page = ana.get(f"/customers?{query}").text
    assert {name for name in (MINE, THEIRS) if name in page} == shown


def test_an_empty_room_explains_itself_and_offers_the_first_step(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        db.session.execute(sa.update(MomentOfTruth).values(archived_at=sa.func.now()))
        db.session.commit()
    page = as_("ana").get("/customers").text
    assert "No moment of truth has been named yet" in page
    assert "/teams/access-requests/customers" in page
    assert "/teams" in as_("fay").get("/customers").text


def test_many_moments_are_paged_and_none_is_missed(app: Flask, cast: Cast, ana: Client) -> None:
    with app.app_context():
        for n in range(90):
            whose = cast.heard.customer if n % 3 else None
            db.session.add(
                MomentOfTruth(team_id=cast.teams["access"], name=f"Stop {n}", customer_id=whose, place=n % 7)
            )
        db.session.commit()
    seen: list[str] = []
    address = "/customers"
    for _ in range(9):
        page = ana.get(address).text
        seen += re.findall(r'<h3><a href="/moments/(\d+)"', page)
        following = re.search(r'href="(/customers\?[^"]*after=\d+)"', page)
        if not following:
            break
        address = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 92


def test_visitors_sign_in_first(app: Flask, cast: Cast) -> None:
    assert browser(app).get("/customers").location.startswith("/sign-in")


def test_the_command_box_finds_moments_and_customers(as_: SignIn, cast: Cast) -> None:
    found = as_("fay").get("/go?q=first+day", htmx=True).text
    assert f'href="/moments/{cast.moment}"' in found
    assert f"#customer-{cast.heard.customer}" in as_("fay").get("/go?q=new+coll", htmx=True).text
    assert "/voices/new" in as_("ana").get("/go?q=write", htmx=True).text
    assert "/voices/new" not in as_("fay").get("/go?q=write", htmx=True).text
