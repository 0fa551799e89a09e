"""Today: what is due for whom, in what order, and where *log* under the thumb leads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.coaching.models import CoachingRhythm
from kata.customers.models import Conversation
from kata.dashboards import pages, queries
from kata.extensions import db
from kata.storyboards.models import Challenge, CurrentCondition, Experiment, Obstacle, Storyboard, TargetCondition
from kata.storyboards.pages import Place
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Frozen, SignIn

Kinds = list[str]


def kinds(places: tuple[Place, ...]) -> Kinds:
    return [place.prompt.kind for place in places if place.prompt]


@pytest.fixture
def plenty(app: Flask, cast: Cast) -> Callable[[], dict[str, int]]:
    """A board of ana's for each thing that may be due; newest first is not the order of need."""

    def make() -> dict[str, int]:
        made = {}
        for name in ("running", "challenge", "target", "reflect", "learn", "overdue"):
            board = Storyboard(
                team_id=cast.teams["access"],
                focus_process=f"Process {name}",
                learner_id=cast["ana"].id,
                coach_id=cast["ben"].id,
            )
            db.session.add(board)
            db.session.flush()
            made[name] = board.id
            if name != "challenge":
                _fill(board.id, name)
        db.session.commit()
        return made

    return make


def _fill(board_id: int, name: str) -> None:
    db.session.add(Challenge(board_id=board_id, statement="Nobody waits."))
    db.session.add(CurrentCondition(board_id=board_id, number=1, as_of=TODAY, facts="So it is.", steps=[]))
    if name == "target":
        return
    days = -1 if name == "reflect" else 14
    target = TargetCondition(board_id=board_id, number=1, achieve_by=TODAY + timedelta(days), pattern="At once.")
    db.session.add(target)
    db.session.flush()
    if name == "reflect":
        return
    obstacle = Obstacle(board_id=board_id, target_id=target.id, text="Who decides?", position=0, status="focus")
    db.session.add(obstacle)
    db.session.flush()
    db.session.add(
        Experiment(
            board_id=board_id,
            target_id=target.id,
            obstacle_id=obstacle.id,
            number=1,
            step=f"Step of {name}",
            expectation="Half.",
            happened="Two of five." if name == "learn" else "",
            check_on=TODAY + timedelta(days={"overdue": -1, "learn": 1}.get(name, 3)),
            started_at=NOW,
        )
    )


def test_the_most_due_comes_first_and_what_can_wait_comes_later(
    app: Flask, cast: Cast, plenty: Callable[[], dict[str, int]]
) -> None:
    with app.app_context():
        made = plenty()
        due = pages.today(cast.viewer("ana"))
    # The cast's own three are overdue and due today: they stand among the results, the longest overdue first.
    assert kinds(due.now) == ["result"] * 4 + ["learn", "reflect", "target", "challenge"]
    assert [place.id for place in due.later] == [made["running"]]
    dues = [place.prompt.due for place in due.now[:4] if place.prompt and place.prompt.due]
    assert dues == sorted(dues)


def test_a_coach_sees_the_learner_in_most_need_first(
    app: Flask, cast: Cast, plenty: Callable[[], dict[str, int]]
) -> None:
    with app.app_context():
        plenty()
        due = pages.today(cast.viewer("ben"))
    assert (due.now, due.later) == ((), ())
    assert kinds(due.learners) == ["result"] * 4 + ["learn", "reflect", "target", "challenge", "running"]


# More boards than are shown -------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(app: Flask, cast: Cast, plenty: Callable[[], dict[str, int]]) -> dict[str, int]:
    """One board of ana's for each thing that may be due, and then as many as are shown that wait for tomorrow."""
    with app.app_context():
        made = plenty()
        for number in range(queries.MOST):
            row = Storyboard(
                team_id=cast.teams["access"],
                focus_process=f"Waits {number}",
                learner_id=cast["ana"].id,
                coach_id=cast["ben"].id,
            )
            db.session.add(row)
            db.session.flush()
            _fill(row.id, "running")
        db.session.commit()
    return made


@pytest.mark.database
def test_what_is_due_is_shown_however_many_boards_can_wait(app: Flask, cast: Cast, crowd: dict[str, int]) -> None:
    with app.app_context():
        due, coached = pages.today(cast.viewer("ana")), pages.today(cast.viewer("ben"))
    for places in (due.now, coached.learners[:8]):
        assert kinds(places) == ["result"] * 4 + ["learn", "reflect", "target", "challenge"]
    assert len(due.now) + len(due.later) == queries.MOST


@pytest.mark.database
def test_ones_own_boards_are_not_crowded_out_by_ones_learners(
    app: Flask, cast: Cast, crowd: dict[str, int], as_: SignIn
) -> None:
    with app.app_context():
        board = db.session.get_one(Storyboard, crowd["challenge"])
        board.learner_id, board.coach_id = cast["ben"].id, None
        db.session.commit()
        due = pages.today(cast.viewer("ben"))
    assert [place.id for place in due.now] == [crowd["challenge"]]
    assert kinds(due.learners[:7]) == ["result"] * 4 + ["learn", "reflect", "target"]


def test_the_page_says_when_not_all_are_shown(cast: Cast, as_: SignIn, crowd: dict[str, int]) -> None:
    said = f"The {queries.MOST} most in need are here"
    assert said in as_("ana").get("/").text
    assert said not in as_("eve").get("/").text


def test_the_page_lists_the_learners_of_a_coach(cast: Cast, as_: SignIn) -> None:
    page = as_("ben").get("/").text
    assert "Your learners" in page
    assert "Ana Novak" in page
    assert "Your learners" not in as_("ana").get("/").text


@pytest.mark.parametrize("name", ["fay", "gus", "root"])
def test_who_has_nothing_due_is_offered_a_first_step(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    with app.app_context():  # a conversation of gus's team would be due
        db.session.execute(sa.update(Conversation.__table__).values(next_on=TODAY + timedelta(9)))
        db.session.commit()
    page = as_(name).get("/").text
    assert "Nothing is due for you" in page
    assert ("/boards/new" if name == "gus" else 'href="/boards"') in page


def test_an_ended_or_archived_board_is_due_no_more(app: Flask, cast: Cast, as_: SignIn) -> None:
    as_("ana").post(f"{cast.board.path}/archiving", {})
    with app.app_context():
        due = pages.today(cast.viewer("ana"))
    assert cast.board.id not in {place.id for place in (*due.now, *due.later)}


# Log -----------------------------------------------------------------------------------------------------------------


def test_log_leads_to_what_is_most_due(app: Flask, cast: Cast, as_: SignIn) -> None:
    answer = as_("ana").get("/log")
    with app.app_context():
        oldest = sa.select(Experiment.id).where(Experiment.ended_at.is_(None), Experiment.check_on < TODAY)
        oldest = oldest.join(Storyboard, Storyboard.id == Experiment.board_id).where(
            Storyboard.learner_id == cast["ana"].id
        )
        first = db.session.scalars(oldest.order_by(Experiment.check_on, Experiment.board_id.desc())).first()
    assert (answer.status_code, answer.location) == (303, f"/experiments/{first}/conclusion")


def test_log_leads_to_what_comes_next_when_nothing_is_due(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        later = sa.update(Experiment.__table__).where(Experiment.ended_at.is_(None))
        db.session.execute(later.values(check_on=TODAY + timedelta(3)))
        db.session.commit()
        assert pages.today(cast.viewer("ana")).now == ()
    assert re.fullmatch(r"/experiments/\d+/conclusion", as_("ana").get("/log").location)
    page = as_("ana").get("/").text
    assert page.index("Coaching cycles today") < page.index("Coming up"), (
        "what is planned today is what she begins with"
    )
    assert "Nothing is due now" not in page
    with app.app_context():
        db.session.execute(sa.delete(CoachingRhythm.__table__))
        db.session.commit()
    assert "Nothing is due now" in as_("ana").get("/").text


def test_log_without_a_board_leads_to_today(cast: Cast, as_: SignIn) -> None:
    assert as_("fay").get("/log").location == "/"


# Done in place -------------------------------------------------------------------------------------------------------


def test_a_result_and_the_next_plan_are_logged_from_today_in_two_sends(
    app: Flask, cast: Cast, as_: SignIn, frozen: Frozen
) -> None:
    with app.app_context():  # the other boards of ana wait for another day
        rest = sa.update(Experiment.__table__).where(
            Experiment.ended_at.is_(None), Experiment.board_id != cast.board.id
        )
        db.session.execute(rest.values(check_on=TODAY + timedelta(30)))
        db.session.commit()
    client = as_("ana")
    path = f"/experiments/{cast.board.running}/conclusion"
    said = client.fill_in("/", path, happened="Four of ten by noon.", learned="Noon is lunch.", htmx=True)
    assert said.status_code == 200
    assert f'<hx-partial id="due-{cast.board.id}"' in said.text
    assert "Plan the next experiment" in said.text
    planned = client.fill_in(
        "/", f"{cast.board.path}/experiments", step="Ask at one", expectation="Eight of ten.", htmx=True
    )
    assert planned.status_code == 200
    assert f'<hx-partial id="due-{cast.board.id}"' in planned.text
    with app.app_context():
        newest = db.session.scalars(
            sa.select(Experiment).where(Experiment.board_id == cast.board.id, Experiment.ended_at.is_(None))
        ).one()
        assert (newest.number, newest.step, newest.expectation) == (4, "Ask at one", "Eight of ten.")


def test_without_a_script_today_comes_back_after_each_send(cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    path = re.search(r'action="(/experiments/\d+/conclusion)"', client.get("/").text)
    assert path is not None
    said = client.fill_in("/", path[1], happened="Four of ten by noon.", learned="Noon is lunch.")
    assert (said.status_code, said.location) == (303, "/")


def test_a_mistake_on_a_card_comes_back_as_that_card(cast: Cast, as_: SignIn) -> None:
    client = as_("ana")
    path = re.search(r'action="(/experiments/\d+/conclusion)"', client.get("/").text)
    assert path is not None
    said = client.fill_in("/", path[1], happened=" ", learned="We guess.", htmx=True)
    assert said.status_code == 422
    assert re.search(r'<hx-partial id="due-\d+"', said.text)
    assert "Write what you saw and counted" in said.text
    assert "We guess." in said.text
