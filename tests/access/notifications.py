"""How the addresses of mails are asked: the link that ends somebody's digests, and a choice of when they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask

from kata.notifications.links import off_token
from tests.cast import Cast

if TYPE_CHECKING:
    from tests.access.matrix import Row

#: Answers that only these addresses give, in the columns of ``matrix.ANSWERS``; the tests have no mail server.
ANSWERS = """
without-mail        --      --   --   --   --   --    --   --   --
address:owner       in      --   ok   --   --   --    --   --   --
"""

TABLE = """
GET   /forgotten                                      -         without-mail
POST  /forgotten                                      -         without-mail
GET   /settings/email/<token>                         -         address:owner
POST  /settings/email/<token>                         -         address:owner
GET   /settings/mail                                  -         signed-in
POST  /settings/mail                                  -         signed-in
GET   /settings/mail/next                             -         signed-in
GET   /mail/off/<token>                               -         anyone
POST  /mail/off/<token>                               -         anyone
GET   /admin/mail                                     -         administrators
GET   /admin/mail.csv                                 -         administrators
"""

Body = dict[str, Any]
BODIES: dict[str, Callable[[Row, Cast], Body]] = {
    "/settings/mail": lambda _row, _cast: {"rhythm": "weekly", "weekday": "4", "hour": "16"},
}


def token(cast: Cast, secret: str) -> str:
    """What stands in the link of ana's mails."""
    app = Flask("a secret and nothing else")
    app.config["SECRET_KEY"] = secret
    with app.app_context():
        return off_token(cast["ana"].id)
