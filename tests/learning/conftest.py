"""What the tests of this room ask: the search as somebody, and what it found."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.client import Client
from tests.conftest import SignIn

Find = Callable[..., str]


@pytest.fixture
def find(as_: SignIn) -> Find:
    """The page that the search answers somebody: ``find("ana", "noon", kind="experiment")``."""
    browsers: dict[str, Client] = {}

    def ask(name: str, words: str = "", **filters: object) -> str:
        browser = browsers.setdefault(name, as_(name))
        answer = browser.get(f"/learning?{urlencode({'q': words, **filters})}")
        assert answer.status_code == 200
        return answer.text

    return ask


def results(page: str) -> list[str]:
    """The addresses of what a page of results shows, the best first."""
    return re.findall(r'<h3><a href="([^"]*)"', page)


def marked(page: str) -> list[str]:
    """The words that are marked as what was looked for."""
    return re.findall(r"<mark>(.*?)</mark>", page)
