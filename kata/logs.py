"""What the processes write down for whoever runs them: one line an event, that a machine can read and nobody can forge.

A line is a JSON object (plain text for a person at a terminal). It says which code failed and where, never what people
typed or who they are: mail addresses, the secret part of an address, query strings and quoted values are left out of
every sentence and every traceback, because a log is copied to places that no policy of ours guards. Names of people,
texts and values are in no line to begin with; a person is a number, an address its rule.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("json", "text")
#: What whole requests are written to; a line of its own kind, made of facts alone.
requests = logging.getLogger("kata.requests")

_MAIL = re.compile(r"[^\s<>\"'(),:;@]+@[\w-]+(?:\.[\w-]+)+")
_QUERY = re.compile(r"(/[\w/.-]*)\?[^\s'\"<>]+")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
#: Their messages name code, not values.
_ABOUT_CODE = (AttributeError, NameError, ImportError, TypeError, OSError, RuntimeError, NotImplementedError)

#: Facts about the request in hand, for events that happen in one; set by the room that knows requests.
Facts = Callable[[], Mapping[str, object]]
_facts: Facts = dict
_secret = re.compile(r"(?!)")


def configure(*, form: str = "", level: str = "", at_hand: bool = False, stream: TextIO | None = None) -> None:
    """Send every event of this process to ``stream`` (stderr), and nowhere else.

    Without a ``form`` or a ``level``: where what a person has ``at_hand`` (the demo, a command) runs at a terminal,
    text for warnings alone, so that the names to sign in with stay in sight; else JSON from *info* on.
    """
    out = stream or sys.stderr
    at_terminal = at_hand and out.isatty()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Text() if (form or ("text" if at_terminal else "json")) == "text" else Json())
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel((level or ("warning" if at_terminal else "info")).upper())
    logging.captureWarnings(True)
    # Libraries tell at *info* what nobody who runs this needs: each migration, each address that was looked up.
    for library in ("alembic", "asyncio", "PIL", "werkzeug"):
        logging.getLogger(library).setLevel("WARNING")


def know(facts: Facts, secrets: Iterator[str]) -> None:
    """Learn how to ask about the request in hand, and below which paths (``/link/``) an address is a secret."""
    global _facts, _secret  # logging is the process’s own, as its handlers are
    _facts = facts
    places = "|".join(sorted({re.escape(place) for place in secrets}))
    _secret = re.compile(rf"((?:{places}))[^\s/?#'\"<>]+") if places else _secret


_written = json.JSONEncoder(separators=(",", ":"), default=str).encode


class Json(logging.Formatter):
    """One line an event, as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        return _written(facts_of(record))


class Text(logging.Formatter):
    """The same for a person at a terminal; a traceback follows, indented, so that no text in it passes for a line."""

    def format(self, record: logging.LogRecord) -> str:
        facts = facts_of(record)
        trace = str(facts.pop("traceback", ""))
        time, level, event = str(facts.pop("time")), facts.pop("level"), _one_line(str(facts.pop("event")))
        facts.pop("logger", None)
        if event == "request":
            event = "{method} {route} {status} in {ms} ms, {statements} statements".format_map(facts)
            facts = {name: facts[name] for name in ("person", "request")}
        rest = " ".join(f"{name}={_one_line(str(value))}" for name, value in facts.items() if value is not None)
        line = f"{time[11:19]} {level:7} {event}  {rest}".rstrip()
        return line + "".join(f"\n    | {_one_line(each)}" for each in trace.splitlines())


def facts_of(record: logging.LogRecord) -> dict[str, object]:
    """What a line tells of an event."""
    facts: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        "level": record.levelname.lower(),
    }
    of_request: Mapping[str, object] | None = getattr(record, "facts", None)
    if of_request is not None:
        return {**facts, "event": "request", **of_request}
    facts |= {"event": discreet(record.getMessage()), "logger": record.name, **_facts()}
    if record.exc_info and record.exc_info[1] is not None:
        facts |= {"error": type(record.exc_info[1]).__name__, "traceback": told(record.exc_info[1])}
    return facts


def discreet(text: str) -> str:
    """The text without mail addresses, secret addresses and query strings."""
    return _MAIL.sub("<mail address>", _secret.sub(r"\1<secret>", _QUERY.sub(r"\1?<query>", text)))


def said(error: BaseException) -> str:
    """An exception in one line: its kind and, as far as that names no value, its message."""
    kind = type(error).__name__
    if isinstance(error, DBAPIError):
        return f"{kind}: {said(error.orig)}" if error.orig is not None else kind
    text = str(error).partition("\n")[0]  # PostgreSQL tells the row in the lines below, SQLAlchemy the statement
    if str(getattr(error, "sqlstate", None) or "").startswith("22"):
        return kind  # a wrong value, which the first line repeats
    about_code = isinstance(error, (*_ABOUT_CODE, SQLAlchemyError)) or hasattr(error, "sqlite_errorcode")
    if not about_code and not hasattr(error, "sqlstate"):
        text = _QUOTED.sub("'…'", str(error))
    return f"{kind}: {_one_line(discreet(text))}" if text else kind


def told(error: BaseException) -> str:
    """An exception with where it came from and what led to it: the code's own lines, no values."""
    pieces: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        pieces.append("".join(traceback.format_tb(current.__traceback__)) + said(current))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nwhich led to:\n".join(reversed(pieces))


def _one_line(text: str) -> str:
    """Whatever would begin a line, move the cursor or turn the direction of reading, as what it is written as."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def request(level: int, facts: Mapping[str, Any]) -> None:
    """Write a request down; ``facts`` hold nothing that has to be left out."""
    record = requests.makeRecord(requests.name, level, "", 0, "request", (), None, extra={"facts": facts})
    requests.handle(record)
