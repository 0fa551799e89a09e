"""The app of ``wsgi`` by a clock that a proof can set while it serves: a file says by how many seconds it is wrong.

Exists for the tests only. What the app asks for the time is replaced at its two sources: ``kata.clock``, and
``time.time``, by which the libraries sign and read cookies.
"""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from kata import clock

WRONG_BY = Path(os.environ["KATA_TEST_CLOCK"])
_true = time.time  # noqa: TID251 - the source that is replaced


def wrong_by() -> float:
    """Seconds; negative when the clock was set back."""
    return float(WRONG_BY.read_text())


class Shifted(datetime):
    """What ``kata.clock`` asks."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Shifted:
        return super().now(tz) + timedelta(seconds=wrong_by())


clock.datetime = Shifted  # type: ignore[misc]  # the point of it
time.time = lambda: _true() + wrong_by()  # noqa: TID251 - likewise

from wsgi import app  # noqa: E402 - what is imported from here on has the wrong clock

__all__ = ["app"]
