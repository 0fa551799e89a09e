"""What the tests of this room look at: the record, and somebody to be."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.client import Client
from tests.conftest import SignIn


@pytest.fixture
def root(as_: SignIn) -> Client:
    return as_("root")


@pytest.fixture
def ana_path(cast: Cast) -> str:
    return f"/people/{cast['ana'].id}"
