"""Handing mails over by SMTP, in the two steps that sending at most once needs.

``offer`` asks the server to take a mail, up to the moment at which its words may leave; whatever goes wrong until then,
nothing was sent. ``hand_over`` lets them leave. Only the latter can end in doubt.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Mapping
from typing import Any

#: Seconds for any one answer of the server.
PATIENCE = 60
_DOTS = re.compile(rb"(?m)^\.")


class NoServer(Exception):
    """Nobody can be talked to there, or they want no mail of ours at all: it is not about this mail."""


class Refused(Exception):
    """The server does not take this mail; ``for_good`` or only now."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Unsure(Exception):
    """Its words left, and nobody said whether they arrived."""


class Line:
    """A connection to the server, made when it is needed and used for one mail after another."""

    def __init__(self, server: Mapping[str, Any], own_name: str) -> None:
        self._server, self._own_name = server, own_name
        self._smtp: smtplib.SMTP | None = None

    def offer(self, sender: str, recipient: str) -> None:
        """Ask until the server waits for the words. Raises ``NoServer`` or ``Refused``; then nothing was sent."""
        try:
            self._offer(sender, recipient)
        except (smtplib.SMTPServerDisconnected, OSError):
            self.drop()  # it grew tired of waiting since the last mail: a fresh connection decides
            try:
                self._offer(sender, recipient)
            except (smtplib.SMTPException, OSError) as error:
                self.drop()
                raise NoServer(plain(error)) from None
        except smtplib.SMTPException as error:
            self.hang_up()
            raise NoServer(plain(error)) from None

    def _offer(self, sender: str, recipient: str) -> None:
        smtp = self._smtp = self._smtp or self._connected()
        options = [] if sender.isascii() and recipient.isascii() else ["SMTPUTF8"]
        if options and not smtp.has_extn("smtputf8"):
            raise Refused("The server takes plain addresses only.", for_good=True)
        code, said = smtp.mail(sender, options)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, said, sender)
        for code, said, expected in (
            (*smtp.rcpt(recipient), {250, 251}),
            (*smtp.docmd("data"), {354}),
        ):
            if code not in expected:
                self._forget()
                raise Refused(_said(code, said), for_good=code >= 500)

    def hand_over(self, words: bytes) -> None:
        """Let the words leave: they are taken, or ``Refused``, or nobody knows (``Unsure``)."""
        smtp = self._smtp
        assert smtp is not None, "it was offered before"  # noqa: S101 - for the type checker
        try:
            smtp.send(_DOTS.sub(b"..", words) + (b"" if words.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, said = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise Unsure(plain(error)) from None
        if code != 250:
            raise Refused(_said(code, said), for_good=code >= 500)

    def drop(self) -> None:
        """Break the connection off: what was begun on it is no mail, since nobody says its end."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def hang_up(self) -> None:
        """Say good-bye, as well as the connection still allows."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (smtplib.SMTPException, OSError):
                smtp.close()

    def _forget(self) -> None:
        """Let the server forget the mail that it refused, so that the next one begins anew."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.drop()

    def _connected(self) -> smtplib.SMTP:
        host, port, tls = self._server["host"], self._server["port"], self._server["tls"]
        more: Any = {"local_hostname": self._own_name, "timeout": PATIENCE}
        smtp = (
            smtplib.SMTP_SSL(host, port, context=ssl.create_default_context(), **more)
            if tls == "implicit"
            else smtplib.SMTP(host, port, **more)
        )
        try:
            smtp.ehlo()
            if tls == "required" or (tls == "offered" and smtp.has_extn("starttls")):
                smtp.starttls(context=_context(tls))  # raises where the server does not offer it
                smtp.ehlo()
            if self._server["user"]:
                smtp.login(self._server["user"], self._server["password"])
        except BaseException:
            smtp.close()
            raise
        return smtp


def _context(tls: str) -> ssl.SSLContext:
    """A server of this machine itself may show a certificate of its own making: nobody stands between."""
    context = ssl.create_default_context()
    if tls == "offered":
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def plain(error: BaseException) -> str:
    """What went wrong, in one line; what the server said, never what we told it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
