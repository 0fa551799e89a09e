"""What the crowd noted is told as it was: late answers from the moment they were wanted, failures by their status."""

from __future__ import annotations

from typing import Any

import pytest

from tests.load import figures
from tests.load.scripts import form_of

#: Ten calm requests, three in the burst (one without an answer), one that waited behind it, one afterwards.
NOTED = [
    *(("board", at, 0.01 * (at + 1), 200) for at in range(10)),
    ("board", 11, 1.0, 200),
    ("Today", 12, 4.0, 503),
    ("Today", 12, 2.0, 0),
    ("board", 14, 1.0, 200),
    ("wall", 17, 0.5, 204),
]


@pytest.fixture
def found() -> dict[str, Any]:
    return {"noted": NOTED, "burst": [10, 13], "ended": 20.0, "acknowledged": ["one", "two"]}


def test_each_kind_is_told_without_the_burst_and_the_burst_by_itself(found: dict[str, Any]) -> None:
    rows = {row[0]: row[1:] for row in figures.by_kind(found)}
    assert rows["board"] == ("10", "60", "100", "100", "100", "")
    assert rows["**all of these**"][0] == "11"
    assert rows["in the burst"] == ("3", "2,000", "4,000", "4,000", "4,000", "1 × no answer, 1 × 503")
    assert rows["after it, as long as anybody waited"] == ("1", "1,000", "1,000", "1,000", "1,000", "")


def test_what_failed_and_what_was_lost_is_said(found: dict[str, Any]) -> None:
    all_in_all, burst, writes = figures.sentences(found, survived=1)
    assert all_in_all == "15 requests in 20 s; 2 answered 5xx or not at all; 0 refused (4xx)."
    assert "3 were asked (1 a second) and 1 answered" in burst
    assert "3 s after the burst" in burst
    assert writes == "2 writes were acknowledged, 1 of them found again, 1 lost."


def test_a_form_is_sent_with_what_its_page_put_into_it() -> None:
    page = """<form method="post" action="/other"><input type="hidden" name="version" value="7"></form>
        <form method="post" action="/boards"><input type="hidden" name="csrf_token" value="a&amp;b">
        <input type="hidden" name="once" value="old"><input type="text" name="text" value="typed"></form>"""
    fields = form_of(page, "/boards")
    assert fields["csrf_token"] == "a&b"
    assert fields["once"] not in {"", "old"}
    assert set(fields) == {"csrf_token", "once"}
    assert form_of(page, "/elsewhere") == {}
