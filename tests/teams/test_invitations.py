"""Invitations to a team, and joining by them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from kata.activity.models import Activity
from kata.extensions import db
from kata.identity.models import Person
from kata.teams import actions, queries
from kata.teams.models import Membership
from tests.cast import PASSWORD, Cast
from tests.client import Client, form_fields
from tests.conftest import Frozen, SignIn, browser
from tests.teams.joining import (
    INVITATIONS,
    NEWCOMER,
    TEAM,
    count_of_invitations,
    first_invitation,
    invited,
    link_in,
    memberships,
)

# Making invitations -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"), [("ana", 200), ("ben", 200), ("dev", 200), ("root", 200), ("eve", 403), ("fay", 403)]
)
def test_who_may_invite(as_: SignIn, name: str, status: int) -> None:
    person = as_(name)
    assert person.get(INVITATIONS).status_code == status
    assert (INVITATIONS in person.get(TEAM).text) == (status == 200) or status == 403


def test_those_who_may_not_invite_are_told_nothing_of_invitations(as_: SignIn, cast: Cast) -> None:
    invited(as_, email="secret@demo.example")
    assert "secret@demo.example" in as_("ana").get(TEAM).text
    assert "secret@demo.example" not in as_("fay").get(TEAM).text


def test_a_member_invites_members_only(app: Flask, as_: SignIn) -> None:
    ana, before = as_("ana"), count_of_invitations(app)
    assert 'value="coach"' not in ana.get(INVITATIONS).text
    answer = ana.fill_in(INVITATIONS, role="coach")
    assert answer.status_code == 422
    assert "Pick one of the roles shown." in answer.text
    assert count_of_invitations(app) == before
    invited(as_, "ben", role="coach")
    assert first_invitation(app).role == "coach"


def test_only_the_hash_of_an_invitation_is_kept(app: Flask, as_: SignIn) -> None:
    token = invited(as_).removeprefix("/join/")
    with app.app_context():
        for table in ("invitation", "activity"):
            rows = db.session.execute(db.text(f"select * from {table}")).all()  # noqa: S608 - two words of ours
            assert token not in str(rows)
    assert token not in as_("ben").get(TEAM).text


def test_an_invitation_sent_twice_is_one_and_shows_the_same_link(app: Flask, as_: SignIn) -> None:
    ben, before = as_("ben"), count_of_invitations(app)
    fields = form_fields(ben.get(INVITATIONS).text, INVITATIONS)
    assert link_in(ben.post(INVITATIONS, fields)) == link_in(ben.post(INVITATIONS, fields))
    assert count_of_invitations(app) == before + 1


def test_two_people_never_make_the_same_link(as_: SignIn) -> None:
    assert invited(as_, "ben", once="the-same-key") != invited(as_, "dev", once="another-key")
    again = as_("dev").fill_in(INVITATIONS, once="the-same-key")
    assert "This invitation could not be made." in again.text


@pytest.mark.parametrize("email", ["no at sign", "x" * 250 + "@a.example"])
def test_a_bad_address_is_refused_at_its_field_and_kept(as_: SignIn, email: str) -> None:
    answer = as_("ben").fill_in(INVITATIONS, email=email)
    assert answer.status_code == 422
    assert email in answer.text


def test_inviting_somebody_who_has_an_account_reads_like_inviting_anyone(as_: SignIn, cast: Cast) -> None:
    pages = []
    for email in (cast["eve"].email, "nobody@demo.example"):
        link = invited(as_, email=email)
        pages.append(browser(as_("ben").application).get(link).text.replace(link, "").replace(link[6:], ""))
    assert _without_tokens(pages[0]) == _without_tokens(pages[1])


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


# Joining ----------------------------------------------------------------------------------------------------------


def test_reading_an_invitation_does_not_spend_it(app: Flask, as_: SignIn, client: Client) -> None:
    link = invited(as_)
    for _ in range(3):
        assert "Join Access requests" in client.get(link).text
    assert first_invitation(app).used_at is None


def test_somebody_signed_in_joins(app: Flask, as_: SignIn, cast: Cast) -> None:
    answer = as_("fay").fill_in(invited(as_, role="coach"))
    assert answer.location == TEAM
    assert memberships(app, cast, "fay") == [("coach", True)]


def test_somebody_new_joins_with_an_account_and_is_signed_in(app: Flask, as_: SignIn, client: Client) -> None:
    answer = client.fill_in(invited(as_), **NEWCOMER)
    assert answer.location == TEAM
    page = client.get(TEAM).text
    assert "Hana Sato" in page
    assert INVITATIONS in page
    signed_in = browser(app).post("/sign-in", {key: NEWCOMER[key] for key in ("email", "password")})
    assert signed_in.status_code == 303


def test_somebody_with_an_account_signs_in_first_and_comes_back(as_: SignIn, client: Client, cast: Cast) -> None:
    link = invited(as_)
    assert f'href="/sign-in?next={link}"' in client.get(link).text
    form = {"email": cast["fay"].email, "password": PASSWORD, "next": link}
    assert client.post("/sign-in", form).location == link
    assert client.fill_in(link).location == TEAM


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Type your name."),
        ("name", "z" * 121, "longer than 120 characters"),
        ("email", "", "Type an e-mail address."),
        ("email", "nonsense", "This address cannot be used here."),
        ("password", "short", "Use at least 12 characters."),
        ("password", "", "Type a new password."),
        ("password", "Hana Sato hana", "made of your own name"),
    ],
)
def test_a_bad_account_is_refused_at_its_field_and_the_invitation_stays_good(
    app: Flask, as_: SignIn, client: Client, field: str, value: str, sentence: str
) -> None:
    link = invited(as_)
    answer = client.fill_in(link, **{**NEWCOMER, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert NEWCOMER["email" if field == "name" else "name"] in answer.text
    assert NEWCOMER["password"] not in answer.text
    with app.app_context():
        assert db.session.query(Person).filter_by(name="Hana Sato").count() == 0
    assert client.fill_in(link, **NEWCOMER).status_code == 303


def test_an_address_with_an_account_gets_no_second_one_and_is_asked_to_sign_in(
    app: Flask, as_: SignIn, client: Client, cast: Cast
) -> None:
    link = invited(as_)
    answer = client.fill_in(link, **{**NEWCOMER, "email": cast["eve"].email.upper()})
    assert answer.status_code == 422
    assert "No account can be made with this address. If you have one, sign in first" in answer.text
    assert first_invitation(app).used_at is None


NOT_FOR = "This invitation is for another address."


def test_an_invitation_tells_about_one_address_at_most(
    app: Flask, as_: SignIn, client: Client, cast: Cast, frozen: Frozen
) -> None:
    link = invited(as_)
    client.fill_in(link, **{**NEWCOMER, "email": cast["eve"].email})
    told = set()
    for email in (cast["ben"].email, cast["fay"].email, "nobody@demo.example", NEWCOMER["email"]):
        frozen.forward(minutes=16)  # past what slows the tries down
        answer = client.fill_in(link, **{**NEWCOMER, "email": email})
        assert NOT_FOR in answer.text
        told.add((answer.status_code, _without_tokens(answer.text).replace(email, "")))
    assert len(told) == 1
    with app.app_context():
        assert queries.waiting_invitations(cast.teams["access"])[0].email == cast["eve"].email
        verbs = db.session.scalars(db.select(Activity.verb).where(Activity.subject_type == "invitation"))
        assert list(verbs)[-1] == "kept for one address"


def test_the_owner_of_that_address_still_joins_and_nobody_else(app: Flask, as_: SignIn, cast: Cast) -> None:
    link = invited(as_)
    browser(app).fill_in(link, **{**NEWCOMER, "email": cast["fay"].email.upper()})
    assert as_("eve").fill_in(link).status_code == 422
    assert as_("fay").fill_in(link).location == TEAM
    assert memberships(app, cast, "fay") == [("member", True)]


def test_a_mistyped_address_or_a_weak_password_binds_nothing(app: Flask, as_: SignIn, client: Client) -> None:
    link = invited(as_)
    client.fill_in(link, **{**NEWCOMER, "email": "hana at demo"})
    client.fill_in(link, **{**NEWCOMER, "password": "short"})
    assert first_invitation(app).email is None
    assert client.fill_in(link, **NEWCOMER).location == TEAM


@pytest.mark.database
def test_of_many_addresses_tried_at_once_it_tells_about_one(app: Flask, as_: SignIn, cast: Cast) -> None:
    link, owners = invited(as_), ("ana", "ben", "eve", "fay")
    people = [(browser(app), {**NEWCOMER, "email": cast[name].email}) for name in owners]
    for person, _form in people:
        person.get(link)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda each: each[0].post(link, each[1]), people))
    assert [answer.status_code for answer in answers] == [422] * 4
    assert sum("No account can be made with this address." in answer.text for answer in answers) == 1
    assert sum(NOT_FOR in answer.text for answer in answers) == 3


def test_trying_addresses_by_an_invitation_is_slowed_down(as_: SignIn, client: Client, cast: Cast) -> None:
    link = invited(as_)
    answers = [client.fill_in(link, **{**NEWCOMER, "email": cast["eve"].email}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


def test_an_invitation_is_used_once(app: Flask, as_: SignIn, cast: Cast) -> None:
    link = invited(as_)
    assert as_("fay").fill_in(link).status_code == 303
    late = as_("eve").post(link)
    assert late.status_code == 404
    assert "This invitation does not work" in late.text
    assert memberships(app, cast, "eve") == [("member", True)]


@pytest.mark.database
def test_of_two_at_once_one_joins(app: Flask, as_: SignIn, cast: Cast) -> None:
    link, people = invited(as_), [as_(name) for name in ("fay", "cleo", "dev", "root")]
    for person in people:
        person.get(link)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda person: person.post(link), people))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]
    with app.app_context():
        joined = db.session.query(Membership).filter(Membership.person_id.in_([cast[n].id for n in ("fay", "cleo")]))
        assert joined.count() <= 1
        assert len(queries.people_of_team(cast.teams["access"])) == 4


def test_used_withdrawn_expired_and_unknown_invitations_and_those_of_closed_teams_read_the_same(
    app: Flask, as_: SignIn, cast: Cast, frozen: Frozen
) -> None:
    expired = invited(as_)
    frozen.forward(days=14, seconds=1)
    used, withdrawn = invited(as_), invited(as_)
    as_("ben").post(f"/invitations/{first_invitation(app).id}/withdrawal")
    as_("fay").fill_in(used)
    closed = link_in(as_("root").fill_in("/teams/invoices/invitations"))
    as_("root").post("/teams/invoices/closing", {"closed": "1"})
    links = (expired, used, withdrawn, closed, "/join/never-was", "/join/%00é")
    answers = [browser(app).get(link) for link in links]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert {browser(app).post(link, NEWCOMER).status_code for link in links} == {404}
    assert {as_("eve").post(link).status_code for link in links} == {404}


def test_an_invitation_for_one_address_refuses_every_other(app: Flask, as_: SignIn, client: Client, cast: Cast) -> None:
    link = invited(as_, email=cast["fay"].email.upper())
    eve = as_("eve").fill_in(link)
    assert eve.status_code == 422
    assert "This invitation was made for another address than yours." in eve.text
    new = client.fill_in(link, **NEWCOMER)
    assert new.status_code == 422
    assert NOT_FOR in new.text
    assert cast["fay"].email not in eve.text + new.text
    assert as_("fay").fill_in(link).status_code == 303


def test_joining_a_team_one_belongs_to_keeps_one_membership(app: Flask, as_: SignIn, cast: Cast) -> None:
    assert as_("gus").fill_in(invited(as_)).status_code == 303
    assert memberships(app, cast, "gus") == [("member", True)]


def test_a_withdrawal_can_be_taken_back_until_the_link_is_used(app: Flask, as_: SignIn, client: Client) -> None:
    link, ben = invited(as_), as_("ben")
    address = f"/invitations/{first_invitation(app).id}/withdrawal"
    answer = ben.post(address, htmx=True)
    assert f'action="{address}"' in answer.text
    assert client.get(link).status_code == 404
    ben.post(address, {"back": "1"}, htmx=True)
    assert client.get(link).status_code == 200
    client.fill_in(link, **NEWCOMER)
    assert "Somebody has joined by this invitation already." in ben.post(address).text


@pytest.mark.parametrize(("name", "status"), [("eve", 403), ("fay", 403), ("ana", 303)])
def test_who_may_withdraw(app: Flask, as_: SignIn, name: str, status: int) -> None:
    invited(as_)
    assert as_(name).post(f"/invitations/{first_invitation(app).id}/withdrawal").status_code == status


def test_a_closed_account_joins_nothing(app: Flask, as_: SignIn, cast: Cast) -> None:
    link, fay = invited(as_), as_("fay")
    fay.get(link)
    as_("root").post(f"/admin/people/{cast['fay'].id}/closing", {"closed": "1"})
    assert fay.post(link).status_code == 422
    assert memberships(app, cast, "fay") == []


def test_joining_is_in_the_record(app: Flask, as_: SignIn, client: Client) -> None:
    client.fill_in(invited(as_), **NEWCOMER)
    with app.app_context():
        verbs = db.session.execute(db.text("select subject_type, verb from activity order by id desc limit 12")).all()
    assert {("invitation", "invited"), ("invitation", "accepted"), ("membership", "joined")} <= {
        tuple(v) for v in verbs
    }


def test_an_invitation_lasts_as_long_as_the_page_says() -> None:
    assert actions.INVITATION_LIFETIME.days == 14
