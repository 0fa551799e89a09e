"""What administrators do with accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.identity import queries
from kata.identity.models import Person
from tests.cast import PASSWORD, Cast
from tests.client import form_fields
from tests.conftest import Counting, SignIn, browser


def person(app: Flask, person_id: int) -> Person:
    with app.app_context():
        return db.session.get_one(Person, person_id)


def many(app: Flask, count: int) -> None:
    with app.app_context():
        rows = [{"name": f"Person {n:05}", "email": f"person{n:05}@many.example"} for n in range(count)]
        db.session.execute(sa.insert(Person), rows)
        db.session.commit()


@pytest.mark.parametrize("name", ["ana", "ben", "dev", "fay"])
def test_only_administrators_see_accounts(as_: SignIn, cast: Cast, name: str) -> None:
    for address in ("/admin/people", "/admin/people/new", f"/admin/people/{cast['ana'].id}"):
        assert as_(name).get(address).status_code == 403


def test_people_are_found_by_part_of_their_name_or_address(as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    assert "Ana Novak" in root.get("/admin/people?q=nov").text
    assert "Ana Novak" in root.get("/admin/people?q=novak+ana").text
    assert "Ana Novak" in root.get("/admin/people?q=ana@demo").text
    assert "Ana Novak" not in root.get("/admin/people?q=ben").text
    assert "Nobody is called that" in root.get("/admin/people?q=%25").text


def test_the_list_goes_on_where_it_stopped_and_misses_nobody(app: Flask, as_: SignIn, cast: Cast) -> None:
    many(app, 120)
    with app.app_context():
        seen, after, more = [], None, True
        while more:
            rows, more = queries.people_page("", after=after)
            seen += [row.id for row in rows]
            after = rows[-1].id
        assert sorted(seen) == sorted(db.session.scalars(sa.select(Person.id)))
        assert len(set(seen)) == len(seen)
    assert "To the start" in as_("root").get(f"/admin/people?after={seen[49]}").text


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "", "0"])
def test_a_place_in_the_list_that_does_not_exist_is_no_error(as_: SignIn, cast: Cast, after: str) -> None:
    assert as_("root").get(f"/admin/people?after={after}").status_code == 200


def test_a_page_of_people_costs_the_same_for_forty_thousand(
    app: Flask, as_: SignIn, cast: Cast, statements: Counting
) -> None:
    root = as_("root")
    with statements() as few:
        root.get("/admin/people")
    many(app, 40_000)
    with statements() as asked:
        root.get("/admin/people")
    assert len(asked) == len(few) <= 12


@pytest.mark.parametrize("address", ["/settings", "/admin/people/new", "/admin/people/1", "/admin/people?q=a"])
def test_a_page_about_accounts_stays_in_its_budget(as_: SignIn, cast: Cast, statements: Counting, address: str) -> None:
    root = as_("root")
    with statements() as asked:
        root.get(address)
    assert len(asked) <= 6


def test_an_account_is_made_once_however_often_it_is_sent(app: Flask, as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    fields = form_fields(root.get("/admin/people/new").text, "/admin/people/new")
    typed = {**fields, "name": "Hana Sato", "email": "Hana@Demo.example"}
    first, second = root.post("/admin/people/new", typed), root.post("/admin/people/new", typed)
    assert first.status_code == second.status_code == 303
    with app.app_context():
        assert [each.email for each in db.session.query(Person).filter_by(name="Hana Sato")] == ["hana@demo.example"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Type a name."),
        ("name", "y" * 121, "longer than 120 characters"),
        ("email", "ben@demo.example", "Somebody already has this address."),
        ("email", "nonsense", "This address cannot be used here."),
    ],
)
def test_a_bad_account_is_refused_at_its_field(as_: SignIn, cast: Cast, field: str, value: str, sentence: str) -> None:
    typed = {"name": "Hana Sato", "email": "", field: value}
    answer = as_("root").fill_in("/admin/people/new", **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert value in answer.text


def test_an_account_changed_meanwhile_shows_both_texts(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, address = as_("root"), f"/admin/people/{cast['ana'].id}"
    fields = form_fields(root.get(address).text, address)
    root.post(address, {**fields, "name": "Ana Nova"})
    answer = root.post(address, {**fields, "name": "Ana Novakova"})
    assert answer.status_code == 409
    assert "Ana Novakova" in answer.text
    assert person(app, cast["ana"].id).name == "Ana Nova"


def test_fields_that_the_form_does_not_have_change_nothing(app: Flask, as_: SignIn, cast: Cast) -> None:
    address = f"/admin/people/{cast['ana'].id}"
    as_("root").fill_in(address, id="99", password_hash="x", disabled_at="2026-01-01")
    kept = person(app, cast["ana"].id)
    assert kept.disabled_at is None
    assert kept.password_hash != "x"


def test_an_administrator_makes_another(app: Flask, as_: SignIn, cast: Cast) -> None:
    as_("root").fill_in(f"/admin/people/{cast['ben'].id}", is_administrator="y")
    assert as_("ben").get("/admin/people").status_code == 200


def test_the_last_administrator_stays_one(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, address = as_("root"), f"/admin/people/{cast['root'].id}"
    fields = form_fields(root.get(address).text, address)
    fields.pop("is_administrator")
    answer = root.post(address, fields)
    assert answer.status_code == 422
    assert "This is the last administrator." in answer.text
    assert root.get("/admin/people").status_code == 200


def test_administrating_ends_at_the_next_request(app: Flask, as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    root.fill_in(f"/admin/people/{cast['ben'].id}", is_administrator="y")
    ben, address = as_("ben"), f"/admin/people/{cast['root'].id}"
    fields = form_fields(ben.get(address).text, address)
    fields.pop("is_administrator")
    assert ben.post(address, fields).status_code == 303
    assert root.get("/admin/people").status_code == 403


def test_nobody_closes_their_own_account(as_: SignIn, cast: Cast) -> None:
    answer = as_("root").post(f"/admin/people/{cast['root'].id}/closing", {"closed": "1"})
    assert answer.status_code == 422
    assert "This is your own account." in answer.text


def test_a_closed_account_lets_nobody_in_until_it_is_open_again(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, form = as_("root"), {"email": cast["ana"].email, "password": PASSWORD}
    root.post(f"/admin/people/{cast['ana'].id}/closing", {"closed": "1"})
    refused = browser(app).post("/sign-in", form)
    assert refused.status_code == 422
    assert "do not match an account" in refused.text
    root.post(f"/admin/people/{cast['ana'].id}/closing", {"closed": "0"})
    assert browser(app).post("/sign-in", form).status_code == 303


def test_memberships_outlive_a_closed_account(app: Flask, as_: SignIn, cast: Cast) -> None:
    root = as_("root")
    root.post(f"/admin/people/{cast['gus'].id}/closing", {"closed": "1"})
    assert "Gus Hale" not in root.get("/teams/access-requests").text
    root.post(f"/admin/people/{cast['gus'].id}/closing", {"closed": "0"})
    assert "Gus Hale" in root.get("/teams/access-requests").text


def test_a_sign_in_link_is_shown_once_and_to_the_same_submission_again(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, page = as_("root"), f"/admin/people/{cast['ana'].id}"
    fields = form_fields(root.get(page).text, f"{page}/link")
    first, second = root.post(f"{page}/link", fields), root.post(f"{page}/link", fields)
    address = first.text.split('id="address" href="')[1].split('"')[0]
    assert address.startswith("http://localhost/link/")
    assert address in second.text
    assert address.rsplit("/", 1)[1] not in root.get(page).text
    assert browser(app).post(address.removeprefix("http://localhost")).location == "/welcome"


def test_a_new_link_spoils_the_last(app: Flask, as_: SignIn, cast: Cast) -> None:
    root, page = as_("root"), f"/admin/people/{cast['ana'].id}"
    links = []
    for _ in range(2):
        answer = root.fill_in(page, f"{page}/link")
        links.append("/link/" + answer.text.split('id="address" href="')[1].split('"')[0].rsplit("/", 1)[1])
    assert [browser(app).get(link).status_code for link in links] == [404, 200]


def test_a_closed_account_gets_no_link(as_: SignIn, cast: Cast) -> None:
    root, page = as_("root"), f"/admin/people/{cast['ana'].id}"
    root.post(f"{page}/closing", {"closed": "1"})
    answer = root.post(f"{page}/link", {"once": "a"})
    assert answer.status_code == 422
    assert "This account is closed." in answer.text


def test_a_forged_host_never_reaches_a_link(as_: SignIn, cast: Cast) -> None:
    page = f"/admin/people/{cast['ana'].id}/link"
    answer = as_("root").post(page, {"once": "b"}, headers={"X-Forwarded-Host": "evil.test"})
    assert "evil.test" not in answer.text


def test_an_unknown_person_is_not_there(as_: SignIn, cast: Cast) -> None:
    assert as_("root").get("/admin/people/999999").status_code == 404
    assert as_("root").post("/admin/people/999999/closing", {"closed": "1"}).status_code == 404
    assert as_("ana").get("/people/999999").status_code == 404


def test_a_number_too_large_for_the_database_is_not_there(as_: SignIn, cast: Cast) -> None:
    assert as_("root").get("/admin/people/99999999999999999999999").status_code == 404


def test_an_administrator_signs_somebody_out_everywhere_and_leaves_the_account_open(
    as_: SignIn, cast: Cast, verbs: Callable[[str], list[str]]
) -> None:
    phone, desk, root = as_("ana"), as_("ana"), as_("root")
    answer = root.fill_in(f"/admin/people/{cast['ana'].id}", f"/admin/people/{cast['ana'].id}/sessions/end")
    assert answer.status_code == 303
    for device in (phone, desk):
        assert device.get("/").location.startswith("/sign-in")
    assert root.get("/").status_code == 200
    assert verbs("person")[-1] == "was signed out everywhere"
    form = {"email": cast["ana"].email, "password": PASSWORD}
    assert phone.post("/sign-in", form).location == "/"
