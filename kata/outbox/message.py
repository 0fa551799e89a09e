"""A letter as it travels: headers that nobody can add to, plain text, and HTML beside it. Pure.

Every header is made of one line of cleaned text, so that a line break in somebody's name ends up as a space and never
as another header. The same mail has the same Message-ID whenever it is made.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr

from kata.outbox.kinds import Letter
from kata.web.prose import clean

#: Marks that turn the direction of a text around; a plain text has no place in which they could be kept in bounds.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
LONGEST_SUBJECT = 150


class Unaddressable(ValueError):
    """No mail can be sent to this address."""


def compose(letter: Letter, *, key: str, to: str, sender: str, host: str, at: datetime) -> EmailMessage:
    """The whole message; raises ``Unaddressable`` where the address is none that mail knows."""
    recipient = _address("", to)
    policy: EmailPolicy[EmailMessage] = SMTP if recipient.addr_spec.isascii() else SMTP.clone(utf8=True)
    message = EmailMessage(policy=policy)
    name, mailbox = parseaddr(sender)
    message["From"] = _address(name, mailbox)
    message["To"] = recipient
    message["Subject"] = one_line(letter.subject)[:LONGEST_SUBJECT]
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    for header, value in letter.headers.items():
        message[header] = one_line(value)
    message.set_content(plain_text(letter.text), cte="quoted-printable")
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


def one_line(text: str) -> str:
    """Somebody's words as a header holds them."""
    return " ".join(_TURNS.sub("", clean(text)).split())


def plain_text(text: str) -> str:
    """Somebody's words in a plain text, which reads from its first sign to its last."""
    return _TURNS.sub("", clean(text))


def _address(name: str, mailbox: str) -> Address:
    user, _, domain = mailbox.rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode()
        return Address(one_line(name), addr_spec=f"{user}@{ascii_domain}")
    except (ValueError, IndexError, HeaderParseError, UnicodeError):
        raise Unaddressable("This is no address that mail can be sent to.") from None
