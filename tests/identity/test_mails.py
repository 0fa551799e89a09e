"""The mails of the door: forgotten passwords, new addresses, invitations; through a real server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from flask import Flask

from kata.extensions import db
from kata.identity.models import AddressChange, Person, SignInLink
from kata.outbox import sending
from kata.outbox.models import Mail
from tests.cast import ADDRESS_TOKEN, PASSWORD, Cast
from tests.client import Client
from tests.conftest import Counting, Frozen, SignIn, browser
from tests.mailbox import Mailbox

pytestmark = pytest.mark.database
Send = Callable[[], list[EmailMessage]]
NEW = "ana.novak@elsewhere.example"


@pytest.fixture
def mailbox(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with Mailbox() as made:
        for name, value in made.settings.items():
            monkeypatch.setitem(app.config, name, value)
        yield made


@pytest.fixture
def send(app: Flask, mailbox: Mailbox) -> Send:
    """Sends what waits, and answers what has come since."""

    def do() -> list[EmailMessage]:
        before = len(mailbox.messages)
        with app.app_context():
            sending.send_waiting()
        return mailbox.messages[before:]

    return do


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link(message: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://localhost(/\S+)", text(message))
    assert found is not None
    return found[1]


# A forgotten password -------------------------------------------------------------------------------------------------


def test_a_mailed_link_signs_in_once_and_lets_one_set_a_password(client: Client, send: Send, cast: Cast) -> None:
    assert "/forgotten" in client.get("/sign-in").text
    client.fill_in("/forgotten", email=" ANA@demo.example")
    (message,) = send()
    assert message["To"] == cast["ana"].email
    assert client.get(link(message)).status_code == 200
    assert client.fill_in(link(message)).location == "/welcome"
    assert client.fill_in("/welcome", password="seven tall oaks").location == "/"
    assert browser(client.application).get(link(message)).status_code == 404


def test_known_and_unknown_are_answered_alike(
    app: Flask, client: Client, send: Send, cast: Cast, statements: Counting
) -> None:
    said, asked = {}, {}
    for email in (cast["ana"].email, "nobody@demo.example"):
        token = client.csrf_token()
        with statements() as heard:
            answer = client.post("/forgotten", {"email": email, "csrf_token": token})
        said[email] = (answer.status_code, re.sub(r'value="[^"]*"', "", answer.text).replace(email, "…"))
        asked[email] = [re.sub(r"\s+", " ", statement) for statement in heard]
    first, second = said.values()
    assert first == second
    first_asked, second_asked = asked.values()
    assert first_asked == second_asked, "the same is done for both, so that it takes the same time"
    assert [message["To"] for message in send()] == [cast["ana"].email]


def test_a_closed_account_gets_no_link(app: Flask, client: Client, send: Send, cast: Cast, frozen: Frozen) -> None:
    with app.app_context():
        db.session.get_one(Person, cast["ana"].id).disabled_at = frozen.forward()
        db.session.commit()
    client.fill_in("/forgotten", email=cast["ana"].email)
    assert send() == []


def test_asking_again_and_again_is_slowed_down(client: Client, mailbox: Mailbox, cast: Cast) -> None:
    answers = [client.fill_in("/forgotten", email=cast["ana"].email).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_mailed_link_spoils_no_other_and_ends_soon(app: Flask, client: Client, send: Send, frozen: Frozen) -> None:
    client.fill_in("/forgotten", email="fay@demo.example")
    (message,) = send()
    assert client.get("/link/a-one-time-link-of-the-cast").status_code == 200
    frozen.forward(hours=3)
    assert client.get(link(message)).status_code == 404
    assert client.get("/link/a-one-time-link-of-the-cast").status_code == 200


def test_no_secret_of_a_link_lies_in_the_database(app: Flask, client: Client, send: Send) -> None:
    client.fill_in("/forgotten", email="ana@demo.example")
    with app.app_context():
        (mail,) = db.session.query(Mail)
        before = f"{mail.key} {mail.about} {mail.reason}"
    (message,) = send()
    secret = link(message).removeprefix("/link/")
    with app.app_context():
        kept = [each.token_hash for each in db.session.query(SignInLink)]
    assert secret not in before
    assert secret not in " ".join(kept)


def test_without_a_mail_server_nobody_is_offered_a_link(client: Client, cast: Cast) -> None:
    assert "/forgotten" not in client.get("/sign-in").text
    assert client.get("/forgotten").status_code == 404


# Another address ------------------------------------------------------------------------------------------------------


def _ask(client: Client, email: str = NEW) -> str:
    answer = client.post("/settings/email", {"email": email, "email_password": PASSWORD}, htmx=True)
    assert answer.status_code == 200
    return answer.text


def _email(app: Flask, person_id: int) -> str | None:
    with app.app_context():
        return db.session.get_one(Person, person_id).email


def test_a_new_address_holds_once_it_is_proved(app: Flask, as_: SignIn, send: Send, cast: Cast) -> None:
    ana = as_("ana")
    assert "A link is on its way to the new address" in _ask(ana)
    assert _email(app, cast["ana"].id) == "ana@demo.example"
    proof, notice = sorted(send(), key=lambda message: message["To"] != NEW)
    assert (proof["To"], notice["To"]) == (NEW, "ana@demo.example")
    assert f"wants to sign in with {NEW}" in text(notice)
    assert link(proof) not in text(notice)
    assert ana.get(link(proof)).status_code == 200
    assert _email(app, cast["ana"].id) == "ana@demo.example", "reading the page changes nothing"
    assert ana.fill_in(link(proof)).status_code == 303
    assert _email(app, cast["ana"].id) == NEW
    assert ana.get(link(proof)).status_code == 404, "it works once"


def test_only_who_asked_can_open_it(app: Flask, as_: SignIn, client: Client, send: Send, cast: Cast) -> None:
    _ask(as_("ana"))
    proof = next(message for message in send() if message["To"] == NEW)
    assert as_("eve").get(link(proof)).status_code == 404
    assert as_("eve").post(link(proof)).status_code == 404
    assert client.get(link(proof)).status_code == 303
    assert _email(app, cast["eve"].id) == "eve@demo.example"


def test_whether_somebody_has_the_address_is_told_to_its_owner_alone(
    app: Flask, as_: SignIn, send: Send, cast: Cast
) -> None:
    ana = as_("ana")
    toast = re.compile(r'<div id="toast".*?</div>', re.DOTALL)
    taken, free = (toast.findall(_ask(ana, email)) for email in ("eve@demo.example", NEW))
    assert taken == free
    told = {message["To"]: text(message) for message in send()}
    assert NEW in told
    assert "eve@demo.example" not in told, "the newer wish took its place"
    _ask(ana, "eve@demo.example")
    (owner,) = [message for message in send() if message["To"] == "eve@demo.example"]
    assert "Nothing was changed" in text(owner)
    assert "/settings/email/" not in text(owner)
    assert "Ana" not in text(owner)


def test_an_address_that_somebody_took_meanwhile_is_not_taken_twice(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(Person, cast["eve"].id).email = "ana.novak@demo.example"
        db.session.commit()
    answer = as_("ana").fill_in(f"/settings/email/{ADDRESS_TOKEN}")
    assert answer.status_code == 422
    assert "This address cannot be used here." in answer.text
    assert _email(app, cast["ana"].id) == "ana@demo.example"


def test_a_newer_wish_takes_the_place_of_an_older_one(as_: SignIn, mailbox: Mailbox) -> None:
    ana = as_("ana")
    _ask(ana)
    assert ana.get(f"/settings/email/{ADDRESS_TOKEN}").status_code == 404


def test_the_link_ends_after_a_day(as_: SignIn, send: Send, frozen: Frozen) -> None:
    _ask(as_("ana"))
    proof = next(message for message in send() if message["To"] == NEW)
    frozen.forward(hours=25)
    assert as_("ana").get(link(proof)).status_code == 404


def test_it_takes_the_password_and_an_address(as_: SignIn, app: Flask, mailbox: Mailbox) -> None:
    ana = as_("ana")
    assert ana.post("/settings/email", {"email": NEW, "email_password": "another one"}).status_code == 422
    assert ana.post("/settings/email", {"email": "x", "email_password": PASSWORD}).status_code == 422
    with app.app_context():
        assert db.session.query(Mail).count() == 0
        assert db.session.query(AddressChange).count() == 1


def test_what_somebody_types_as_their_address_adds_nothing_to_a_mail(as_: SignIn, send: Send) -> None:
    as_("ana").post("/settings/email", {"email": "a@b.example\r\nBcc: c@d.example", "email_password": PASSWORD})
    assert send() == []


# Invitations ----------------------------------------------------------------------------------------------------------


def test_an_invitation_that_names_an_address_is_mailed_there(as_: SignIn, client: Client, send: Send) -> None:
    page = as_("ben").fill_in("/teams/access-requests/invitations", email="Hal@demo.example")
    assert "It is on its way there by mail, too." in page.text
    (message,) = send()
    assert message["To"] == "hal@demo.example"
    assert "Ben Okafor invites you to practise with Access requests" in text(message)
    assert f"http://localhost{link(message)}" in page.text
    assert client.get(link(message)).status_code == 200


def test_one_that_names_nobody_or_was_taken_back_is_not(app: Flask, as_: SignIn, send: Send) -> None:
    ben = as_("ben")
    ben.fill_in("/teams/access-requests/invitations")
    assert send() == []
    ben.fill_in("/teams/access-requests/invitations", email="hal@demo.example")
    with app.app_context():
        from kata.teams.models import Invitation

        (made,) = db.session.query(Invitation).filter_by(email="hal@demo.example")
    ben.post(f"/invitations/{made.id}/withdrawal")
    assert send() == []


def test_the_same_invitation_sent_twice_is_one_mail(as_: SignIn, send: Send) -> None:
    ben = as_("ben")
    from tests.client import form_fields

    form = form_fields(ben.get("/teams/access-requests/invitations").text, "/teams/access-requests/invitations")
    for _ in range(2):
        ben.post("/teams/access-requests/invitations", {**form, "email": "hal@demo.example"})
    assert len(send()) == 1
