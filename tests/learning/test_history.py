"""The history of a team: everything its boards saw, by its own days, for whoever may see the board."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import insert, update

from kata.alignment.models import Barrier, BarrierAnswer, BarrierStop
from kata.coaching.models import CoachingCycle
from kata.extensions import db
from kata.learning import actions
from kata.learning.queries.timeline import SIZE, Key
from kata.measures.models import Reading
from kata.storyboards.models import Experiment, Obstacle, Storyboard
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast
from tests.cast_barriers import HIDDEN_WORDS
from tests.conftest import Counting, SignIn
from tests.growth import experiments

pytestmark = pytest.mark.database

PATH = "/teams/access-requests/history"
SECRET = "Xylophone lessons for pale walruses"


def days(page: str) -> list[str]:
    """The days of the entries of a page, in their order."""
    return re.findall(r'<a class="day" href="[^"]*\?on=([\d-]+)"', page)


def test_it_tells_of_everything_newest_first(cast: Cast, as_: SignIn) -> None:
    page = as_("fay").get(PATH).text
    for told in (
        "Every newcomer can work on the first day.",
        "We had aimed at the wrong step.",
        "Target condition 1 set, by 3 July 2026",
        "The approver is on leave",
        "Being asked once is enough.",
        "As seen the 2. time",
        "Coaching cycle: Ben Okafor with Ana Novak",
        "expected by experiment 2",
    ):
        assert told in page
    assert days(page) == sorted(days(page), reverse=True)
    assert re.findall(r"<h2>(\w+ 2026)</h2>", page) == ["June 2026", "May 2026", "April 2026", "March 2026"]


def test_any_day_of_a_board_is_one_click_away(cast: Cast, as_: SignIn) -> None:
    browser = as_("fay")
    page = browser.get(PATH).text
    day = days(page)[5]
    assert browser.get(f"{cast.board.path}?on={day}").status_code == 200


def test_what_was_said_at_a_cycle_is_no_part_of_it(cast: Cast, as_: SignIn) -> None:
    from tests.cast_coaching import EVIDENCE

    for name in ("fay", "dev", "root", "eve"):
        for path in (PATH, f"{PATH}.csv"):
            text = as_(name).get(path).text
            assert not [words for words in EVIDENCE.values() if words in text]


@pytest.mark.parametrize("hidden", ["closed", "practice"])
@pytest.mark.parametrize("name", ["fay", "ana", "gus", "ben", "cleo", "eve", "dev", "root"])
def test_a_closed_or_practice_board_has_a_part_for_its_readers_alone(
    cast: Cast, app: Flask, as_: SignIn, hidden: str, name: str
) -> None:
    board = getattr(cast, hidden)
    with app.app_context():
        db.session.get_one(Obstacle, board.waiting).reword(SECRET)
        db.session.commit()
    reads = name in {"ana", "gus", "ben", "cleo"}
    browser = as_(name)
    for path in (PATH, f"{PATH}.csv", f"{PATH}?board={board.id}", f"{PATH}?kind=obstacle"):
        assert (SECRET in browser.get(path).text) is reads, path
    if not reads:
        asked = browser.get(f"{PATH}?board={board.id}").text
        assert days(asked) == []
        assert f'value="{board.id}"' not in asked


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("kind=experiment", "Being asked once is enough.", "Coaching cycle:"),
        ("kind=cycle", "Coaching cycle:", "Being asked once is enough."),
        ("kind=signal", "expected by experiment 2", "Coaching cycle:"),
        ("kind=target", "Target condition 1 set", "Coaching cycle:"),
        ("kind=barrier", "Barrier raised", "Coaching cycle:"),
        ("since=2026-05-20&until=2026-05-30", "Being asked once is enough.", "Every newcomer can work"),
        ("until=2026-04-01", "Every newcomer can work", "Coaching cycle:"),
        ("kind=odd&since=soon&until=9999-12-31&board=&after=nonsense", "Every newcomer can work", "problem-page"),
    ],
)
def test_it_is_narrowed_by_what_stands_in_the_address(
    cast: Cast, as_: SignIn, query: str, there: str, gone: str
) -> None:
    page = as_("fay").get(f"{PATH}?{query}").text
    assert there in page
    assert gone not in page


def test_the_way_of_a_barrier_is_told(cast: Cast, app: Flask, as_: SignIn) -> None:
    with app.app_context():
        barrier = db.session.get_one(Barrier, cast.raised.board)
        by = {"barrier_id": barrier.id, "barrier": barrier, "by_id": cast["dev"].id}
        db.session.add(BarrierStop(**by, area_id=cast.areas["house"], reason="The form is the group’s.", at=NOW))
        answer = BarrierAnswer(**by, kind="promised", by_date=TODAY, words="With the next form.", at=NOW)
        db.session.add(answer)
        barrier.take(answer)
        db.session.commit()
    for path in (PATH, f"{PATH}?kind=barrier", f"{PATH}.csv?kind=barrier"):
        page = unescape(as_("fay").get(path).text)
        for told in (
            "Barrier raised",
            "Newcomers wait 2 days longer",
            "Barrier passed up to Northfield",
            "The form is the group’s.",
            "Barrier answered by Dev Rao: will be removed by 3 June 2026",
            "With the next form.",
        ):
            assert told in page, path
    assert f'href="/barriers/{cast.raised.board}"' in as_("fay").get(PATH).text


@pytest.mark.parametrize("name", ["fay", "eve", "dev", "root"])
def test_a_barrier_of_a_closed_board_has_no_part_in_it(cast: Cast, as_: SignIn, name: str) -> None:
    """Not even for the leader whom it reached: the history is that of boards, and this one is not shown."""
    for path in (PATH, f"{PATH}?kind=barrier", f"{PATH}.csv"):
        assert HIDDEN_WORDS not in as_(name).get(path).text
    assert HIDDEN_WORDS in as_("ana").get(PATH).text


def test_a_board_alone_can_be_read(cast: Cast, as_: SignIn) -> None:
    page = as_("ana").get(f"{PATH}?board={cast.closed.id}").text
    assert "Nobody knows who decides" in page
    assert "Being asked once is enough." not in page
    assert days(as_("fay").get(f"{PATH}?board={cast.other.id}").text) == [], "it is another team's"


def test_days_are_the_teams_own(cast: Cast, app: Flask, as_: SignIn) -> None:
    late = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)  # in London the first of June has begun
    with app.app_context():
        db.session.get_one(Experiment, cast.board.concluded).ended_at = late
        db.session.commit()
    assert "2026-06-01" in days(as_("fay").get(f"{PATH}?kind=experiment").text)
    with app.app_context():
        db.session.get_one(Team, cast.teams["access"]).time_zone = "America/Lima"
        db.session.commit()
    assert "2026-05-31" in days(as_("fay").get(f"{PATH}?kind=experiment").text)
    assert "2026-05-31" in days(as_("fay").get(f"{PATH}?until=2026-05-31").text)


def test_it_survives_a_rename_and_a_move(cast: Cast, app: Flask, as_: SignIn) -> None:
    before = days(as_("fay").get(PATH).text)
    with app.app_context():
        team = db.session.get_one(Team, cast.teams["access"])
        team.name, team.area_id = "First day", cast.areas["finance"]
        board = db.session.get_one(Storyboard, cast.board.id)
        board.focus_process, board.archived_at = "Letting people in", NOW
        db.session.commit()
    page = as_("fay").get(PATH).text
    assert days(page) == before
    assert "Letting people in" in page


def test_pages_go_on_by_key_until_all_was_told_and_the_file_has_the_same(cast: Cast, app: Flask, as_: SignIn) -> None:
    _years(app, cast, 2)
    browser, seen, address = as_("fay"), list[str](), f"{PATH}?kind=experiment"
    while address:
        page = browser.get(address).text
        assert len(days(page)) <= SIZE
        seen += days(page)
        address = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert seen == sorted(seen, reverse=True)
    lines = list(csv.reader(io.StringIO(browser.get(f"{PATH}.csv?kind=experiment").text.lstrip("\ufeff"))))
    assert [line[0] for line in lines[1:]] == seen
    assert len(seen) > 2 * SIZE


def test_ten_years_cost_as_many_statements_as_one_day(
    cast: Cast, app: Flask, as_: SignIn, statements: Counting
) -> None:
    browser = as_("ana")
    browser.get(PATH)
    with statements() as few:
        browser.get(PATH)
    _years(app, cast, 10)
    with statements() as many:
        page = browser.get(PATH).text
    assert len(many) <= len(few) <= 12
    assert len(page) < 150_000
    assert "March 2017" in browser.get(f"{PATH}?since=2017-03-01&until=2017-03-31").text


def test_outcomes_run_along_the_same_time(cast: Cast, app: Flask, as_: SignIn) -> None:
    with app.app_context():
        rows = [
            {"measure_id": cast.measures["outcome"], "day": TODAY - timedelta(days=200 + n), "value": 40.0 + n}
            for n in range(5)
        ]
        db.session.execute(insert(Reading), [{**row, "version": 1} for row in rows])
        db.session.commit()
    page = as_("fay").get(f"{PATH}?since=2025-11-01&until=2025-12-01").text
    assert 'class="along"' in page
    assert "→" in page
    assert "no reading in this time" in as_("fay").get(f"{PATH}?since=2019-01-01&until=2019-02-01").text


def test_the_teams_page_leads_there(cast: Cast, as_: SignIn) -> None:
    assert f'href="{PATH}"' in as_("fay").get("/teams/access-requests").text


@pytest.mark.parametrize("written", ["x", "1", "1.2", "a.b.c", "1.2.3.4", "-1.0.0", "9" * 40 + ".0.0"])
def test_what_is_no_key_is_none(written: str) -> None:
    with pytest.raises(ValueError, match=re.escape(written)):
        Key.read(written)


def test_a_key_comes_back_as_it_was_written() -> None:
    key = Key(NOW + timedelta(microseconds=7), 3, 99)
    assert Key.read(str(key)) == key


def _years(app: Flask, cast: Cast, years: int) -> None:
    """An experiment every fourth day of so many years, a cycle a week, a reading a week."""
    with app.app_context():
        ids = experiments(cast.board, cast, years * 91)
        for n, id_ in enumerate(ids):
            moment = NOW - timedelta(days=4 * n)
            db.session.execute(
                update(Experiment.__table__)
                .where(Experiment.id == id_)
                .values(created_at=moment, started_at=moment, ended_at=moment)
            )
        weeks = [NOW - timedelta(weeks=n) for n in range(years * 52)]
        cycle = {"board_id": cast.board.id, "learner_id": cast["ana"].id, "coach_id": cast["ben"].id, "status": "held"}
        times = [{"held_on": at.date(), "started_at": at, "asked_at": at, "ended_at": at, "version": 1} for at in weeks]
        db.session.execute(insert(CoachingCycle), [{**cycle, **each} for each in times])
        reading = {"measure_id": cast.measures["outcome"], "value": 50.0, "version": 1}
        db.session.execute(insert(Reading), [{**reading, "day": at.date() - timedelta(days=99)} for at in weeks])
        actions.fill_missing()
        db.session.commit()
