"""What the tests of this room look at: rows, and what the record says of them."""

from __future__ import annotations

import pytest

from tests.client import Client
from tests.conftest import SignIn

TEAM = "/teams/access-requests"
VOICE = {"words": "It took all day.", "says": "needs to change", "source": "letter", "heard_on": "2026-06-02"}


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")
