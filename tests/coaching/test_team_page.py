"""A team's page: who practises with whom, and the calendar of what was planned and held."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import html5lib
import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.coaching.models import CoachingCycle, CoachingRhythm
from kata.coaching.pages.team import MOST_LINES
from kata.extensions import db
from kata.identity.models import Person
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership, Team
from tests.cast import TODAY, Cast
from tests.cast_coaching import COACH_SAID, EVIDENCE, INSTRUCTION, SAID
from tests.conftest import Counting, SignIn

TEAM = "/teams/access-requests"
MONDAY = TODAY - timedelta(days=2)


def section(page: str) -> str:
    start = page.find('id="practice"')
    return "" if start < 0 else page[start : page.index("</section>", start)]


def days(page: str) -> dict[str, tuple[str, str]]:
    """What the calendar says: state and address by the words of each day, of all boards."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    found = {}
    for cell in document.iter("td"):
        for mark in cell:
            if (mark.get("class") or "").startswith("mark "):
                words = mark.get("aria-label") or mark.get("title")
                found[words] = (mark.get("class").split()[1], mark.get("href", ""))
    return found


def held(cast: Cast, on: date, *, board: int | None = None, coach: str = "ben", status: str = "held") -> None:
    row = CoachingCycle(
        board_id=board or cast.board.id,
        learner_id=cast["ana"].id,
        coach_id=cast[coach].id,
        held_on=on,
        status=status,
        ended_at=clock.now(),
    )
    db.session.add(row)


def plan(board: int, **fields: Any) -> None:
    usual = {"days": 0b0011111, "at": time(9, 15), "minutes": 20, "starts_on": TODAY - timedelta(days=30)}
    db.session.add(CoachingRhythm(board_id=board, **{**usual, **fields}))


@pytest.mark.parametrize("name", ["fay", "ana", "gus", "ben", "cleo", "eve", "dev", "root"])
def test_everybody_reads_who_practises_at_open_boards_and_when(cast: Cast, as_: SignIn, name: str) -> None:
    told = section(as_(name).get(TEAM).text)
    for words in ("Ana Novak", "Ben Okafor", "Cleo Lind", "Next cycle:", "Wednesday 3 June, 09:15", "second coach"):
        assert words in told
    assert f'href="{cast.board.path}"' in told
    assert (f'href="{cast.board.path}/rhythm"' in told) == (name in {"ana", "ben"})


def test_the_next_cycle_is_told_by_the_teams_clocks_to_whoever_reads_elsewhere(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    with app.app_context():
        db.session.get_one(Person, cast["eve"].id).time_zone = "Pacific/Auckland"  # there it is 20:15 on that day
        db.session.commit()
    told = section(as_("eve").get(TEAM).text)
    assert "Wednesday 3 June, 09:15" in told
    assert "20:15" not in told
    assert "Times are those of Europe, London." in told
    assert "Times are those of" not in section(as_("fay").get(TEAM).text)


@pytest.mark.parametrize("name", ["fay", "eve", "dev", "root"])
def test_closed_and_practice_boards_are_not_even_hinted_at(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    with app.app_context():
        for board in (cast.closed, cast.practice):
            plan(board.id)
            held(cast, MONDAY, board=board.id)
        db.session.commit()
    outside, inside = section(as_(name).get(TEAM).text), section(as_("gus").get(TEAM).text)
    for board, process in ((cast.closed, "Closing leavers"), (cast.practice, "Making tea")):
        assert board.path + '"' not in outside
        assert process not in outside
        assert board.path + '"' in inside
    assert "Monday 1 June: held" not in outside
    assert "Monday 1 June: held" in inside


@pytest.mark.database
def test_the_calendar_tells_each_day_of_two_weeks_back_and_two_ahead(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        held(cast, MONDAY)
        held(cast, TODAY - timedelta(days=4))  # a Saturday on which nothing was planned
        held(cast, TODAY - timedelta(days=1), status="broken off")
        db.session.commit()
    told = days(as_("fay").get(TEAM).text)
    board = cast.board.path
    assert told["Tuesday 26 May: held"] == ("held", board)
    assert told["Wednesday 27 May, 09:15: missed, go and see"] == ("missed", board)
    assert told["Saturday 30 May: held"] == ("held", board)
    assert told["Monday 1 June: held"] == ("held", board)
    assert told["Tuesday 2 June, 09:15: missed, go and see"] == ("missed", board), "it was broken off"
    assert told["Wednesday 3 June, 09:15: planned"] == ("planned", board), "the day is not over yet"
    assert told["Friday 19 June, 09:15: planned"] == ("planned", board)
    assert len(told) == 3 + 4 + 13, "nothing before the rhythm began, nothing beyond two weeks"


@pytest.mark.parametrize(
    ("name", "reads"),
    [("ana", True), ("ben", True), ("cleo", True), ("gus", False), ("fay", False), ("dev", False), ("root", False)],
)
def test_a_cycle_opens_only_for_those_who_may_read_it(cast: Cast, as_: SignIn, name: str, reads: bool) -> None:
    told = days(as_(name).get(TEAM).text)
    assert told["Tuesday 26 May: held"][1] == (f"/cycles/{cast.coached.cycle}" if reads else cast.board.path)


def test_a_coach_who_stopped_being_one_is_led_to_the_board_again(app: Flask, cast: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    assert days(ben.get(TEAM).text)["Tuesday 26 May: held"][1].startswith("/cycles/")
    with app.app_context():
        db.session.scalars(
            sa.select(Membership).where(Membership.person_id == cast["ben"].id)
        ).one().ended_at = clock.now()
        for board in (cast.board, cast.closed, cast.practice):
            db.session.get_one(Storyboard, board.id).coach_id = None
        db.session.commit()
    assert days(ben.get(TEAM).text)["Tuesday 26 May: held"][1] == cast.board.path


def test_nothing_that_was_said_at_a_cycle_stands_there(cast: Cast, as_: SignIn) -> None:
    page = as_("ben").get(TEAM).text
    for words in (*SAID.values(), COACH_SAID, INSTRUCTION, *EVIDENCE.values()):
        assert words[:20] not in page


def test_holidays_are_named_and_lead_nowhere(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        team = db.session.get_one(Team, cast.teams["access"])
        team.country, team.region = "DE", "BY"
        db.session.commit()
    assert days(as_("fay").get(TEAM).text)["Thursday 4 June: Corpus Christi"] == ("holiday", "")


def test_weekdays_on_which_nothing_happens_are_left_out(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        db.session.get_one(CoachingRhythm, cast.coached.rhythm).days = 0b0001010
        db.session.commit()
    page = as_("fay").get(TEAM).text
    assert "cadence of-2" in page
    document = html5lib.parse(page, namespaceHTMLElements=False)
    (table,) = [each for each in document.iter("table") if "cadence" in each.get("class", "")]
    heads = ["".join(each.itertext())[1:] for each in table.iter("th") if each.get("scope") == "col"][1:]
    assert heads[:3] == ["Tuesday 19 May", "Thursday 21 May", "Tuesday 26 May"]
    assert len(heads) == 10
    assert all(len(list(row.iter("td"))) == 10 for row in table.find("tbody"))


def test_a_team_without_a_rhythm_is_offered_the_first_step(cast: Cast, as_: SignIn) -> None:
    # Nothing has been planned or held at the board of eve's team.
    eve, fay = section(as_("eve").get("/teams/invoices").text), section(as_("fay").get("/teams/invoices").text)
    assert "No cycle is planned yet" in eve
    assert f'href="{cast.other.path}/rhythm"' in eve
    assert "The learner or the coach of a board says on which days they meet" in fay
    assert "/rhythm" not in fay


def test_a_team_without_boards_is_told_nothing_of_it(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        db.session.get_one(Storyboard, cast.other.id).archived_at = clock.now()
        db.session.commit()
    assert section(as_("eve").get("/teams/invoices").text) == ""


def test_an_ended_rhythm_keeps_what_was_planned_until_then(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        db.session.get_one(CoachingRhythm, cast.coached.rhythm).ended_at = clock.now() - timedelta(days=1)
        db.session.commit()
    page = as_("fay").get(TEAM).text
    told = days(page)
    assert told["Tuesday 2 June, 09:15: missed, go and see"][0] == "missed"
    assert not any("planned" in words for words in told)
    assert "No cycle is planned." in section(page)


def test_there_is_no_count_no_share_and_no_streak(cast: Cast, as_: SignIn) -> None:
    told = section(as_("ben").get(TEAM).text).lower()
    assert "%" not in told
    assert "streak" not in told
    assert " of 1" not in told


def test_it_costs_the_same_at_one_board_and_at_two_hundred(
    app: Flask, cast: Cast, as_: SignIn, statements: Counting
) -> None:
    def asked() -> tuple[int, str]:
        person = as_("root")
        person.lint = False
        with statements() as found:
            page = person.get(TEAM).text
        return len(found), page

    few, _page = asked()
    with app.app_context():
        common = {"team_id": cast.teams["access"], "learner_id": cast["ana"].id, "coach_id": cast["ben"].id}
        rows = [{**common, "focus_process": f"Process {n}"} for n in range(200)]
        ids = list(db.session.scalars(sa.insert(Storyboard).returning(Storyboard.id), rows))
        planned = [{"board_id": each, "days": 127, "at": time(9), "starts_on": MONDAY} for each in ids]
        db.session.execute(sa.insert(CoachingRhythm), planned)
        for each in ids:
            held(cast, TODAY, board=each)
        db.session.commit()
    many, page = asked()
    assert many == few <= 12
    assert page.count('role="rowheader"') == MOST_LINES
    assert "171 more boards have a rhythm" in page
