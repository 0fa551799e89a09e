"""A signal of an outcome asks which experiment expected it; the answer stands on the board and in its history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kata.extensions import db
from kata.storyboards.models import SignalAnswer
from tests.cast import TODAY, Cast
from tests.conftest import SignIn
from tests.storyboards.shift import FIRST_OF_SHIFT, show_a_shift

ASK = "Which experiment expected it?"


@pytest.fixture
def shifted(app: Flask, cast: Cast) -> Cast:
    """The outcome measure of ana's board shows a shift that nobody has spoken of."""
    with app.app_context():
        show_a_shift(cast.measures["outcome"])
        db.session.commit()
    return cast


def asked(cast: Cast) -> str:
    return f"{cast.board.path}/signals/new?measure_id={cast.measures['outcome']}&day={FIRST_OF_SHIFT}"


def given(app: Flask) -> list[SignalAnswer]:
    with app.app_context():
        return list(db.session.scalars(select(SignalAnswer).where(SignalAnswer.day == FIRST_OF_SHIFT)))


def test_routine_variation_asks_nothing(cast: Cast, as_: SignIn) -> None:
    assert ASK not in as_("ana").get(cast.board.path).text


def test_the_board_shows_the_chart_and_asks_who_writes_on_it(shifted: Cast, as_: SignIn) -> None:
    page = as_("ana").get(shifted.board.path).text
    assert "What the customer feels" in page
    assert ASK in page
    assert ASK not in as_("eve").get(shifted.board.path).text


def test_the_answer_takes_the_place_of_the_question(app: Flask, shifted: Cast, as_: SignIn) -> None:
    ana, post = as_("ana"), f"{shifted.board.path}/signals"
    sent = ana.fill_in(
        asked(shifted), post, experiment_id=shifted.board.concluded, words="Two asked for it.", htmx=True
    )
    assert sent.status_code == 200
    page = ana.get(shifted.board.path).text
    assert ASK not in page
    assert "Experiment 2 expected the signal" in page
    assert "Two asked for it." in page
    assert [(each.experiment_id, each.rule) for each in given(app)] == [(shifted.board.concluded, "shift")]
    assert "said which experiment expected a signal" in ana.get(f"{shifted.board.path}/history").text


def test_none_of_them_is_an_answer(app: Flask, shifted: Cast, as_: SignIn) -> None:
    ana = as_("ana")
    assert ana.fill_in(asked(shifted), f"{shifted.board.path}/signals").status_code == 303
    assert "No experiment of this board expected the signal" in ana.get(shifted.board.path).text
    assert given(app)[0].experiment_id is None


def test_an_answer_can_be_changed_and_keeps_who_and_when(app: Flask, shifted: Cast, as_: SignIn) -> None:
    ana = as_("ana")
    ana.fill_in(asked(shifted), f"{shifted.board.path}/signals", words="Nobody.")
    path = f"/signals/{given(app)[0].id}"
    assert ana.fill_in(f"{path}/edit", path, experiment_id=shifted.board.concluded).status_code == 303
    assert "Experiment 2 expected the signal" in ana.get(shifted.board.path).text
    assert "changed the answer to a signal" in ana.get(f"{shifted.board.path}/history").text


def test_the_same_answer_twice_is_given_once(app: Flask, shifted: Cast, as_: SignIn) -> None:
    ana, path = as_("ana"), f"{shifted.board.path}/signals"
    form = {"measure_id": shifted.measures["outcome"], "day": FIRST_OF_SHIFT, "once": "the-same"}
    assert [ana.post(path, form).status_code for _ in range(2)] == [303, 303]
    assert len(given(app)) == 1


def test_a_second_answer_is_refused_and_its_words_stay(app: Flask, shifted: Cast, as_: SignIn) -> None:
    ana, path = as_("ana"), f"{shifted.board.path}/signals"
    form = {"measure_id": shifted.measures["outcome"], "day": FIRST_OF_SHIFT, "words": "It was the form."}
    assert ana.post(path, {**form, "once": "first"}).status_code == 303
    refused = as_("gus").post(path, {**form, "once": "second", "words": "It was the weather."})
    assert refused.status_code == 422
    assert "Somebody has answered this signal already" in refused.text
    assert "It was the weather." in refused.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": TODAY - timedelta(days=2)}, "The readings have changed"),
        ({"measure_id": "other"}, "does not work on that measure"),
        ({"experiment_id": "other"}, "Not a valid choice"),
    ],
)
def test_what_does_not_belong_to_the_board_is_refused(
    shifted: Cast, as_: SignIn, changed: dict[str, object], sentence: str
) -> None:
    others = {"measure_id": shifted.measures["other"], "experiment_id": shifted.other.running}
    form = {"measure_id": shifted.measures["outcome"], "day": FIRST_OF_SHIFT, "words": "Kept."}
    form |= {name: others[name] if value == "other" else value for name, value in changed.items()}
    refused = as_("ana").post(f"{shifted.board.path}/signals", {**form, "once": "x"})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Kept." in refused.text


def test_a_day_before_the_signal_the_board_knew_nothing_of_it(shifted: Cast, as_: SignIn) -> None:
    ana = as_("ana")
    ana.fill_in(asked(shifted), f"{shifted.board.path}/signals", words="Nobody.")
    then = ana.get(f"{shifted.board.path}?on={FIRST_OF_SHIFT - timedelta(days=1)}").text
    assert "What the customer feels" in then
    assert "expected the signal" not in then


def test_an_archived_board_is_asked_nothing(app: Flask, shifted: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    assert ben.post(f"{shifted.board.path}/archiving", {}).status_code == 303
    assert ASK not in ben.get(shifted.board.path).text
    form = {"measure_id": shifted.measures["outcome"], "day": FIRST_OF_SHIFT, "once": "x"}
    assert ben.post(f"{shifted.board.path}/signals", form).status_code == 422
    assert given(app) == []
