"""The story of a storyboard: what it tells, in which order, and that a long one stays as light as a short one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from kata.alignment.models import Barrier, BarrierAnswer
from kata.extensions import db
from kata.measures import pictures
from kata.measures.models import Measure, Reading
from kata.stories.pages.story import ROOM
from kata.stories.queries.telling import CHAPTERS
from kata.storyboards.models import Experiment, Obstacle, Storyboard, TargetCondition
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Counting, SignIn
from tests.growth import experiments

pytestmark = pytest.mark.database


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<article")[2].partition('id="links"')[0]).split())


def _story(as_: SignIn, cast: Cast, name: str = "fay", path: str = "/story") -> str:
    answer = as_(name).get(cast.board.path + path)
    assert answer.status_code == 200
    return answer.text


def test_it_is_told_in_the_order_in_which_it_happened(as_: SignIn, cast: Cast) -> None:
    told = _text(_story(as_, cast))
    order = [
        "Granting access",
        "Practised by Ana Novak, coached by Ben Okafor",
        "Every newcomer can work on the first day.",
        "Moment of truth: First day at work",
        "What the customer felt",
        "As seen the 1. time",
        "Chapter 1",
        "The approver is on leave",
        "Both answered the same day.",
        "A deputy decides.",
        "Not achieved",
        "We had aimed at the wrong step.",
        "Chapter 2",
        "Approvers see requests once a day",
        "Three of five came back within the hour.",
        "Where it stands",
        "As seen the 2. time",
    ]
    place = 0
    for each in order:
        place = told.find(each, place)
        assert place >= 0, each


def test_the_chapters_stand_on_the_time_axis_of_the_chart(as_: SignIn, cast: Cast) -> None:
    figure = _story(as_, cast).partition('id="story-chart"')[2].partition("</figure>")[0]
    assert 'href="#chapter-1"' in figure
    assert 'href="#chapter-2"' in figure
    assert "Access on the first day" in figure


def test_what_was_measured_after_the_end_is_no_part_of_it(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        measure = db.session.get_one(Measure, cast.measures["outcome"])
        db.session.get_one(Storyboard, cast.board.id).end("Done.", TODAY - timedelta(days=3))
        late = Reading(measure_id=measure.id, measure=measure, day=TODAY, value=12.34, entered_by_id=cast["ana"].id)
        db.session.add(late)
        pictures.refresh(measure)
        db.session.commit()
    page = _story(as_, cast)
    assert "12.34" not in page
    assert '<span class="value now">70</span>' in page


def test_a_surprise_is_marked_and_what_came_as_expected_too(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        row = db.session.get_one(Experiment, cast.board.running)
        row.see("It took 15 hours.", TODAY, 15.0)
        row.learn("The mailbox is shared.")
        db.session.commit()
    told = _text(_story(as_, cast))
    assert "A surprise: 3 h more than expected" in told


def test_a_barrier_is_told_with_its_answer_and_without_the_leaders_name(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        barrier = db.session.get_one(Barrier, cast.raised.board)
        answer = BarrierAnswer(
            barrier_id=barrier.id, kind="removed", words="The form asks now.", by_id=cast["dev"].id, at=NOW
        )
        db.session.add(answer)
        barrier.take(answer)
        db.session.commit()
    told = _text(_story(as_, cast))
    assert "The system’s name is asked for in no form" in told
    assert "Answered after 1 day: the leaders removed it. The form asks now." in told
    assert "Dev Rao" not in told


def test_obstacles_that_nobody_worked_on_are_only_counted(as_: SignIn, cast: Cast) -> None:
    told = _text(_story(as_, cast))
    assert "No rule says who decides" not in told
    assert "One more obstacle was seen and not worked on." in told


def test_a_board_with_nothing_on_it_is_told_all_the_same(as_: SignIn, cast: Cast) -> None:
    page = as_("fay").get(f"/boards/{cast.told.board}/story")
    assert "No challenge was written down." in page.text
    assert "there is no chapter to tell" in page.text


def test_the_board_and_a_finished_result_of_the_search_lead_to_it(app: Flask, as_: SignIn, cast: Cast) -> None:
    assert f'href="{cast.board.path}/story"' in as_("fay").get(cast.board.path).text
    way = f'href="{cast.board.path}/story#experiment-{cast.board.concluded}"'
    assert way not in as_("fay").get("/learning?q=noon").text
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).end("Ask once, at noon.", TODAY)
        db.session.commit()
    assert way in as_("fay").get("/learning?q=noon").text
    assert f'id="experiment-{cast.board.concluded}"' in _story(as_, cast)


# Long stories -----------------------------------------------------------------------------------------------------


def test_a_chapter_without_room_is_folded_and_has_pages_of_its_own(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        experiments(cast.board, cast, ROOM + 10)
        db.session.commit()
    page = _story(as_, cast)
    assert "Step 7: ask at noon" not in page
    assert f"Read the {ROOM + 12} experiments of this chapter" in page
    assert "Both answered the same day." in page  # the chapter before has room
    first = _story(as_, cast, path="/story/chapters/2")
    after = first.partition('href="?after=')[2].partition('"')[0]
    second = _story(as_, cast, path=f"/story/chapters/2?after={after}")
    seen = re.findall(r'<article class="try" id="experiment-(\d+)"', first + second)
    assert len(seen) == len(set(seen)) == ROOM + 12
    assert 'rel="next"' not in second


def test_a_chapter_that_there_is_not_is_nowhere(as_: SignIn, cast: Cast) -> None:
    for number in (0, 3, 2_000_000_000):
        assert as_("fay").get(f"{cast.board.path}/story/chapters/{number}").status_code == 404


def test_many_chapters_go_on_upon_another_page(app: Flask, as_: SignIn, cast: Cast) -> None:
    with app.app_context():
        rows = [
            {"board_id": cast.board.id, "number": number, "achieve_by": TODAY, "pattern": f"Pattern {number}.",
             "status": "left", "reflection": "On.", "ended_at": NOW}
            for number in range(3, CHAPTERS + 5)
        ]  # fmt: skip
        db.session.execute(insert(TargetCondition), rows)
        db.session.commit()
    page = _story(as_, cast)
    assert f"Pattern {CHAPTERS}." in page
    assert f"Pattern {CHAPTERS + 1}." not in page
    assert 'id="end"' not in page
    rest = _story(as_, cast, path=f"/story?after={CHAPTERS}")
    assert f"Pattern {CHAPTERS + 1}." in rest
    assert f"Pattern {CHAPTERS + 4}." in rest
    assert "The challenge" not in rest


def test_it_costs_the_same_with_two_thousand_experiments(
    app: Flask, as_: SignIn, cast: Cast, statements: Counting
) -> None:
    ana = as_("ana")
    with statements() as few:
        ana.get(f"{cast.board.path}/story")
    with app.app_context():
        experiments(cast.board, cast, 2_000)
        parked = {"board_id": cast.board.id, "target_id": cast.board.target, "text": "More", "position": 9}
        db.session.execute(insert(Obstacle), [parked] * 200)
        db.session.commit()
    with statements() as many:
        page = ana.get(f"{cast.board.path}/story")
    assert len(many) <= len(few) <= 12
    assert len(page.text) < 60_000
    with statements() as chapter:
        ana.get(f"{cast.board.path}/story/chapters/2")
    assert len(chapter) <= 12
