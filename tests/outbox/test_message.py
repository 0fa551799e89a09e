"""Stored text of any kind is only text in a mail: it adds no header, no recipient, no line that looks like ours."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kata.outbox.kinds import Letter
from kata.outbox.message import compose

AT = datetime(2026, 6, 3, 9, 31, tzinfo=UTC)
NAUGHTY = [
    "Ana\r\nBcc: everyone@example.org",
    "Ana\nSubject: another",
    "\x00null\x00",
    "\u202egnirts desrever",
    "\ud800 alone",
    "=?utf-8?q?encoded?=",
    "<script>alert(1)</script>",
    "x" * 5000,
    "٢٠٢٦ مرحبا",
    "",
]


def _read(letter: Letter, sender: str = "Kata <kata@example.org>") -> EmailMessage:
    made = compose(letter, key="k", to="ana@demo.example", sender=sender, host="kata.example", at=AT)
    read = email.message_from_bytes(bytes(made), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def _expect_only(read: EmailMessage) -> None:
    assert read["To"] == "ana@demo.example"
    assert read["Bcc"] is None
    assert len(read.get_all("Subject", [])) == 1
    assert set(read.keys()) <= {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    }


@pytest.mark.parametrize("words", NAUGHTY)
def test_words_in_a_header_stay_in_it(words: str) -> None:
    _expect_only(_read(Letter(words, "text", headers={"List-Unsubscribe": words or "<x>"})))


@pytest.mark.parametrize("words", NAUGHTY)
def test_words_in_a_text_stay_in_it(words: str) -> None:
    read = _read(Letter("Subject", f"Before\n{words}\nafter", "<p>html</p>"))
    _expect_only(read)
    body = read.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert text.startswith("Before")
    assert text.strip().endswith("after")
    assert "\x00" not in text
    assert "\u202e" not in text


@settings(deadline=None)  # the first example loads the library of headers
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_makes_one_message_to_one_reader(subject: str, text: str) -> None:
    _expect_only(_read(Letter(subject, text)))


def test_the_same_mail_has_the_same_id() -> None:
    assert _read(Letter("a", "b"))["Message-ID"] == _read(Letter("c", "d"))["Message-ID"]


def test_a_machine_wrote_it() -> None:
    assert _read(Letter("a", "b"))["Auto-Submitted"] == "auto-generated"
