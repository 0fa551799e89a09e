"""The prediction record: expected beside happened as a picture, in words no score, page by page."""

from __future__ import annotations

import pytest
from flask import Flask

from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from tests.cast import TODAY, Cast
from tests.coaching.practised import next_page, predict, write
from tests.conftest import SignIn

pytestmark = pytest.mark.database


def test_predictions_in_numbers_are_a_picture_and_a_sentence(
    app: Flask, as_: SignIn, cast: Cast, ana_path: str
) -> None:
    write(app, lambda: predict(cast, [(12.0, 19.0), (12.0, 12.0), (10.0, 14.5)]))
    page = as_("ben").get(ana_path).text
    assert "2 of 3 happened otherwise than expected." in page
    assert page.count('class="expectation"') == 3
    assert page.count('class="between"') == 2
    assert "14.5\xa0h" in page
    assert "Always right" not in page
    assert "%" not in page.split('id="predictions"')[1].split("</h3>")[0]


def test_always_right_is_said_to_be_too_small_a_step(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    ana = as_("ana")
    write(app, lambda: predict(cast, [(3.0, 4.0), *[(3.0, 3.0)] * 4]))
    assert "Always right" not in ana.get(ana_path).text
    write(app, lambda: predict(cast, [(2.0, 2.0)]))
    assert "Always right means that the steps are too small." in ana.get(ana_path).text


def test_measures_have_scales_of_their_own(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    write(app, lambda: (predict(cast, [(12.0, 19.0)]), predict(cast, [(60.0, 60.0)], "outcome")))
    page = as_("ana").get(ana_path).text
    for name in ("process", "outcome"):
        assert f'id="predicted-{cast.measures[name]}"' in page
    assert "1 of 2 happened otherwise than expected." in page


def test_predictions_in_words_stand_as_pairs(as_: SignIn, ana_path: str) -> None:
    page = as_("ana").get(ana_path).text
    words = page[page.index("Expected in words") :]
    assert words.index("Half of the requests are decided") < words.index("Three of five came back within the hour.")
    assert page.count("Nobody knows who decides") == 0  # no obstacle, no experiment that still runs


def test_predictions_of_a_board_that_the_reader_may_not_see_are_left_out(
    app: Flask, as_: SignIn, cast: Cast, ana_path: str
) -> None:
    """Gus coaches ana at a board of another team, and does not see what is closed to her own."""

    def elsewhere() -> None:
        db.session.get_one(Storyboard, cast.other.id).learner_id = cast["ana"].id
        db.session.get_one(Storyboard, cast.other.id).coach_id = cast["fay"].id
        hidden = db.session.get_one(Experiment, cast.closed.running)
        hidden.see("Closed to the team.", TODAY, None)

    write(app, elsewhere)
    assert "Closed to the team." in as_("ana").get(ana_path).text
    page = as_("fay").get(ana_path).text
    assert "Three of five came back within the hour." in page
    assert "Closed to the team." not in page


def test_older_predictions_are_read_page_by_page(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    write(app, lambda: predict(cast, [(float(n), float(n) + 1) for n in range(50)]))
    ana, path, seen = as_("ana"), ana_path, list[str]()
    while path:
        page = ana.get(path).text
        seen += [part.split('"')[0] for part in page.split(' id="prediction-')[1:]]
        path = next_page(page, f"{ana_path}?predicted=")
    assert len(seen) == len(set(seen)) == 52
