"""Who looks at the figures, and enough people who practise to be told of."""

from __future__ import annotations

import pytest
from flask import Flask

from kata.extensions import writing
from tests.alignment.conftest import answer, barrier
from tests.cast import Cast
from tests.cast_leadership import Crowd, practise
from tests.client import Client
from tests.conftest import SignIn

__all__ = ["answer", "barrier"]


@pytest.fixture
def crowd(app: Flask, cast: Cast) -> Crowd:
    with app.app_context():
        token = writing.set(True)
        made = practise(cast)
        writing.reset(token)
    return made


@pytest.fixture
def dev(as_: SignIn) -> Client:
    """Leads the top area, and so all below it."""
    return as_("dev")
