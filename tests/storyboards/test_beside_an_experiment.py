"""From one experiment to the next and the one before, along the record of the same board."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from kata.extensions import db
from kata.storyboards.queries import sheets
from tests import growth
from tests.cast import Cast
from tests.conftest import SignIn

PATH, WHO = "/experiments/{}", ("ana", "eve")
LINK = re.compile(r'<a [^>]*rel="(prev|next)" href="/experiments/(\d+)"')


def links(as_: SignIn, experiment_id: int | None, name: str = "ana") -> dict[str, int]:
    page = as_(name).get(f"/experiments/{experiment_id}").text
    return {way: int(found) for way, found in LINK.findall(page)}


def test_the_record_is_walked_from_end_to_end_and_back(cast: Cast, as_: SignIn) -> None:
    walked, at = [cast.board.running], links(as_, cast.board.running)
    assert "next" not in at
    while "prev" in at:
        walked.append(at["prev"])
        at = links(as_, walked[-1])
    assert len(walked) == 3
    assert walked[1] == cast.board.concluded
    for before, after in zip(walked[1:], walked, strict=False):
        assert links(as_, before)["next"] == after


def test_the_only_experiment_of_a_board_leads_nowhere(cast: Cast, as_: SignIn) -> None:
    assert links(as_, cast.other.running) == {}
    assert "Experiments beside this one" not in as_("ana").get(f"/experiments/{cast.other.running}").text


def test_only_who_can_add_a_photo_is_asked_for_one(cast: Cast, as_: SignIn) -> None:
    asked = {name: "says more than a paragraph" in as_(name).get(PATH.format(cast.board.running)).text for name in WHO}
    assert asked == {"ana": True, "eve": False}
    assert "No photo was taken." in as_("eve").get(PATH.format(cast.board.running)).text


@pytest.mark.database
def test_neighbours_are_the_nearest_numbers_of_the_board(in_app: Flask, cast: Cast) -> None:
    growth.experiments(cast.other, cast, 1)  # of another board, with numbers in between
    growth.experiments(cast.board, cast, 20)
    db.session.flush()
    numbers = sorted(row.number for row in sheets.record(cast.board.id))
    for at, number in enumerate(numbers):
        before, after = sheets.beside(cast.board.id, number)
        assert (before.number if before else None) == (numbers[at - 1] if at else None)
        assert (after.number if after else None) == (numbers[at + 1] if at + 1 < len(numbers) else None)
