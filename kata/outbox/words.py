"""How the states of a mail read."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

STATES: dict[str, Any] = {
    "waiting": _l("waiting"),
    "claimed": _l("being sent"),
    "sending": _l("being sent"),
    "sent": _l("sent"),
    "uncertain": _l("perhaps sent"),
    "failed": _l("refused"),
    "expired": _l("too late"),
    "dropped": _l("not needed any more"),
}

LISTS: dict[str, Any] = {
    "waiting": _l("Waiting"),
    "trouble": _l("Not sent"),
    "sent": _l("Sent"),
    "dropped": _l("Not needed"),
}
