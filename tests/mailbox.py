"""A real mail server for the tests, on this machine: it keeps what it is given, and can be told to refuse."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """``with Mailbox() as box: … box.messages``. Sending to it is set up by ``box.settings``.

    ``refuse_recipient`` and ``refuse_words`` are answers such as ``"550 No such user"``; ``before_recipient`` is called
    when a mail is offered, ``before_answer`` when its words have come and before the server says that it has them.
    """

    def __init__(self, port: int = 0, password: str = "") -> None:
        self.messages: list[EmailMessage] = []
        self.envelopes: list[Any] = []
        self.refuse_recipient = self.refuse_words = ""
        self.before_recipient: Callable[[], object] = lambda: None
        self.before_answer: Callable[[], object] = lambda: None
        self.port = port or _free_port()
        asks = {"authenticator": _knows(password), "auth_require_tls": False} if password else {}
        self._controller = Controller(_Handler(self), hostname="127.0.0.1", port=self.port, ready_timeout=20, **asks)

    def __enter__(self) -> Mailbox:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def settings(self) -> dict[str, object]:
        """What the app needs to send here."""
        server = {"host": "127.0.0.1", "port": self.port, "user": "", "password": "", "tls": "offered"}
        return {"MAIL_SERVER": server, "MAIL_FROM": "Kata <kata@example.org>"}

    @property
    def url(self) -> str:
        """The same as the environment says it."""
        return f"smtp://127.0.0.1:{self.port}"


def _knows(password: str) -> Any:
    """Lets in who knows the password, whoever they say they are."""
    from aiosmtpd.smtp import AuthResult

    return lambda _server, _session, _envelope, _how, said: AuthResult(
        success=said.password == password.encode(), handled=False
    )


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


class _Handler:
    def __init__(self, box: Mailbox) -> None:
        self._box = box

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self._box.before_recipient()
        if self._box.refuse_recipient:
            return self._box.refuse_recipient
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - likewise
        if self._box.refuse_words:
            return self._box.refuse_words
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self._box.messages.append(message)
        self._box.envelopes.append(envelope)
        self._box.before_answer()
        return "250 OK"
