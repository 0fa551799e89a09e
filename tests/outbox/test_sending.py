"""A mail leaves the outbox once: through a real server, whatever that says, and however often somebody tries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.extensions import db
from kata.outbox import actions, sending
from kata.outbox.models import Mail
from tests.conftest import Frozen
from tests.mailbox import Mailbox
from tests.outbox.conftest import TO, Rows, Write

pytestmark = pytest.mark.database
Send = Callable[[], int]


def test_a_mail_goes_through_the_wire_whole(
    write: Write, send: Send, mails: Rows, set_up: Mailbox, frozen: Frozen
) -> None:
    write("one", subject="Grüße – “quoted”", text="First line.\n.\n..dots\nÄ last line, " + "long " * 60)
    assert send() == 1
    (message,) = set_up.messages
    (envelope,) = set_up.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("kata@example.org", [TO])
    assert (message["To"], message["From"]) == (TO, "Kata <kata@example.org>")
    assert message["Subject"] == "Grüße – “quoted”"
    assert message["Date"].datetime == frozen.forward()
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n").startswith("First line.\n.\n..dots\nÄ last line, long long")
    assert html.get_content().strip() == "<p>Good morning.</p>"
    (mail,) = mails()
    assert (mail.state, mail.tries, mail.reason, mail.claim) == ("sent", 1, "", None)


def test_what_is_sent_is_not_sent_again(write: Write, send: Send, set_up: Mailbox) -> None:
    write("one")
    assert [send(), send()] == [1, 0]
    assert len(set_up.messages) == 1


def test_a_mail_written_twice_is_one(write: Write, send: Send, mails: Rows, set_up: Mailbox) -> None:
    write("one", subject="The first")
    write("one", subject="The second")
    send()
    assert [message["Subject"] for message in set_up.messages] == ["The first"]
    assert len(mails()) == 1


def test_several_mails_go_over_one_connection(write: Write, send: Send, set_up: Mailbox) -> None:
    for key in "abc":
        write(key)
    assert send() == 3
    assert len({message["Message-ID"] for message in set_up.messages}) == 3


def test_nothing_is_sent_and_nothing_breaks_without_a_server(write: Write, send: Send, mails: Rows) -> None:
    write("one")
    assert send() == 0
    assert mails()[0].state == "waiting"


def test_a_server_that_is_down_and_comes_up_again(
    write: Write, send: Send, mails: Rows, app: Flask, frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Mailbox() as gone:
        settings, port = gone.settings, gone.port
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    write("one")
    write("two")
    assert send() == 0
    first, second = mails()
    assert (first.state, first.reason, first.tries) == ("waiting", "Connection refused", 1)
    assert second.tries == 0, "where nobody answers, the others are not tried"
    with Mailbox(port) as back:
        send()
        assert len(back.messages) == 1, "the first rests, the second goes"
        frozen.forward(minutes=2)
        send()
        assert len(back.messages) == 2
    assert [mail.state for mail in mails()] == ["sent", "sent"]


def test_pauses_grow_until_the_mail_comes_too_late(
    write: Write, send: Send, mails: Rows, set_up: Mailbox, frozen: Frozen
) -> None:
    set_up.refuse_recipient = "451 Try again later"
    write("one")
    pauses = []
    for _ in range(12):
        send()
        (mail,) = mails()
        if mail.state != "waiting":
            break
        pauses.append(mail.due_at - frozen.forward())
        frozen.at(mail.due_at)
    assert pauses == sorted(pauses)
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15)]
    assert (mail.state, mail.reason) == ("expired", "451 Try again later")
    assert not set_up.messages


@pytest.mark.parametrize("when", ["refuse_recipient", "refuse_words"])
def test_what_is_refused_for_good_is_not_tried_again(
    when: str, write: Write, send: Send, mails: Rows, set_up: Mailbox, frozen: Frozen
) -> None:
    setattr(set_up, when, "550 5.1.1 No such user")
    write("one", to="nobody@demo.example")
    send()
    setattr(set_up, when, "")
    write("two")
    frozen.forward(hours=1)
    assert send() == 1, "a mail that is refused holds up no other"
    assert [(mail.state, mail.reason) for mail in mails()] == [("failed", "550 5.1.1 No such user"), ("sent", "")]


def test_what_is_refused_for_now_after_its_words_is_tried_again(
    write: Write, send: Send, mails: Rows, set_up: Mailbox, frozen: Frozen
) -> None:
    set_up.refuse_words = "452 Mailbox full"
    write("one")
    send()
    assert (mails()[0].state, mails()[0].reason) == ("waiting", "452 Mailbox full")
    set_up.refuse_words = ""
    frozen.forward(minutes=2)
    assert send() == 1


@pytest.mark.parametrize("address", ["nobody", "a b@c.d", "@", "x@", "“a”@b\ud800.example"])
def test_an_address_that_mail_does_not_know_fails_alone(
    address: str, write: Write, send: Send, mails: Rows, set_up: Mailbox
) -> None:
    write("odd", to=address.encode("utf-8", "replace").decode()[:254])
    write("plain")
    assert send() == 1
    assert [mail.state for mail in mails()] == ["failed", "sent"]


def test_a_domain_of_another_script_is_written_as_mail_writes_it(write: Write, send: Send, set_up: Mailbox) -> None:
    write("one", to="ana@bücher.example")
    send()
    assert set_up.envelopes[0].rcpt_tos == ["ana@xn--bcher-kva.example"]


def test_words_that_cannot_be_found_hold_up_no_other_mail(
    write: Write, send: Send, mails: Rows, set_up: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    write("broken", fails=True)
    write("plain")
    assert send() == 1
    assert [mail.state for mail in mails()] == ["waiting", "sent"]
    assert "The words of mail" in caplog.text


def test_a_mail_that_has_nothing_left_to_say_is_dropped(write: Write, send: Send, mails: Rows, set_up: Mailbox) -> None:
    write("empty", nothing=True)
    assert send() == 0
    assert mails()[0].state == "dropped"


def test_a_worker_that_was_too_slow_cannot_send(app: Flask, write: Write, mails: Rows, frozen: Frozen) -> None:
    write("one")
    with app.app_context():
        (mail_id,) = [mail.id for mail in mails()]
        slow = actions.claim(mail_id)
        assert actions.claim(mail_id) is None, "it is taken"
        frozen.forward(minutes=11)
        quick = actions.claim(mail_id)
        assert slow
        assert quick
        assert not actions.begin_sending(mail_id, slow, {})
        assert actions.begin_sending(mail_id, quick, {})


def test_a_worker_that_lost_its_claim_while_the_server_thought_sends_nothing(
    app: Flask, write: Write, send: Send, mails: Rows, set_up: Mailbox
) -> None:
    write("lost", subject="Lost")
    write("next", subject="Next")
    (lost, _next) = mails()

    def somebody_takes_it() -> None:
        set_up.before_recipient = lambda: None
        with app.app_context():
            db.session.execute(sa.update(Mail).where(Mail.id == lost.id).values(claim="f" * 32))
            db.session.commit()

    set_up.before_recipient = somebody_takes_it
    assert send() == 1
    assert [message["Subject"] for message in set_up.messages] == ["Next"]
    assert [mail.state for mail in mails()] == ["claimed", "sent"]


def test_a_server_that_offers_no_encryption_gets_nothing_where_it_is_required(
    app: Flask, write: Write, send: Send, mails: Rows, set_up: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = {**app.config["MAIL_SERVER"], "tls": "required", "user": "kata", "password": "hidden"}
    monkeypatch.setitem(app.config, "MAIL_SERVER", server)
    write("one")
    assert send() == 0
    assert mails()[0].state == "waiting"
    assert "STARTTLS" in mails()[0].reason
    assert not set_up.messages


def test_a_password_that_the_server_refuses_is_told_to_nobody(
    app: Flask, write: Write, send: Send, mails: Rows, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Mailbox(password="right") as box:
        for name, value in box.settings.items():
            monkeypatch.setitem(app.config, name, value)
        monkeypatch.setitem(
            app.config, "MAIL_SERVER", {**app.config["MAIL_SERVER"], "user": "kata", "password": "hidden"}
        )
        write("one")
        write("two")
        assert send() == 0
        assert [mail.state for mail in mails()] == ["waiting", "waiting"], "it is not the fault of the mail"
        assert "535" in mails()[0].reason
        assert "hidden" not in caplog.text + mails()[0].reason
        monkeypatch.setitem(app.config, "MAIL_SERVER", {**app.config["MAIL_SERVER"], "password": "right"})
        assert send() == 1


def test_a_mail_whose_words_may_have_left_is_never_sent_again(
    app: Flask, write: Write, send: Send, mails: Rows, set_up: Mailbox, frozen: Frozen
) -> None:
    write("one")
    with app.app_context():
        (mail_id,) = [mail.id for mail in mails()]
        claim = actions.claim(mail_id)
        assert claim
        assert actions.begin_sending(mail_id, claim, {})
    for minutes in (1, 15, 600):
        frozen.forward(minutes=minutes)
        assert send() == 0
    assert mails()[0].state == "uncertain"
    with app.app_context():
        actions.end(mail_id, claim, "sent")
    assert mails()[0].state == "sent", "its worker was only slow, and knows better"


def test_what_ended_long_ago_leaves_the_outbox(
    app: Flask, write: Write, send: Send, mails: Rows, set_up: Mailbox, frozen: Frozen
) -> None:
    write("old")
    send()
    frozen.forward(days=60)
    write("newer")
    send()
    frozen.forward(days=31)
    with app.app_context():
        sending.tidy()
    assert [mail.key for mail in mails()] == ["letter:newer"]
