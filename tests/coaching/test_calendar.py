"""The calendar feed: what it holds, who reads it, and when it stops."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from kata import clock
from kata.activity.models import Activity
from kata.coaching.models import CalendarFeed, CoachingRhythm
from kata.extensions import db
from kata.identity.models import Attempt, Person, SignInSession
from kata.identity.secrets import hashed
from kata.identity.throttle import LIMIT_GUESSES
from kata.storyboards.actions import boards
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership, Team
from tests.cast import TODAY, Cast
from tests.cast_coaching import COACH_SAID, EVIDENCE, FEED_TOKEN, INSTRUCTION, LEARNER_SAID, SAID, TRIGGER
from tests.client import Client, form_fields
from tests.conftest import Counting, Frozen, SignIn

ADDRESS = f"/calendar/{FEED_TOKEN}.ics"
GONE = "There is no calendar at this address.\n"


def read(client: Client, address: str = ADDRESS) -> icalendar.Calendar:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.data)


def events(client: Client, address: str = ADDRESS) -> dict[date, Any]:
    """The events by their day in London; one a day, as the cast plans them."""
    found = {}
    for event in read(client, address).walk("VEVENT"):
        found[event.decoded("dtstart").astimezone(UTC).date()] = event
    return found


def make(client: Client) -> str:
    """The path of the address that a person makes in their settings."""
    page = client.fill_in("/settings", "/settings/calendar").text
    found = re.search(r"http://localhost(/calendar/[^<]+\.ics)<", page)
    assert found
    return found[1]


def gone(answer: TestResponse) -> bool:
    return (answer.status_code, answer.text) == (404, GONE)


# What it holds -------------------------------------------------------------------------------------------------------


@pytest.mark.database
def test_it_holds_the_planned_cycles_of_a_month_back_and_two_ahead(cast: Cast, client: Client) -> None:
    found = events(client)
    assert min(found) == TODAY - timedelta(days=8), "the day on which the rhythm begins"
    assert max(found) == TODAY + timedelta(days=58), "two months later falls on a weekend"
    assert all(day.weekday() < 5 for day in found)
    assert len(found) == 49


def test_an_event_says_process_and_people_and_leads_to_the_board(cast: Cast, client: Client) -> None:
    event = events(client)[TODAY]
    assert event.decoded("dtstart") == datetime(2026, 6, 3, 8, 15, tzinfo=UTC)
    assert event.duration == timedelta(minutes=20)
    assert event["summary"] == "Granting access · Ben Okafor coaches Ana Novak"
    assert event["description"].splitlines() == [
        "Learner: Ana Novak",
        "Coach: Ben Okafor",
        "Second coach: Cleo Lind",
        "Team: Access requests",
    ]
    assert event["url"] == f"http://localhost{cast.board.path}"
    assert event["uid"] == f"board-{cast.board.id}-2026-06-03@localhost"


def test_calendars_are_told_its_name_and_when_to_look_again(cast: Cast, client: Client) -> None:
    calendar = read(client)
    assert (calendar["version"], str(calendar["name"])) == ("2.0", "Coaching cycles")
    assert calendar.decoded("refresh-interval") == timedelta(hours=4)
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert len({event["uid"] for event in calendar.walk("VEVENT")}) == len(calendar.walk("VEVENT"))
    assert calendar.errors == []


def test_the_time_stays_the_same_on_the_wall_when_clocks_are_moved(
    app: Flask, cast: Cast, client: Client, frozen: Frozen
) -> None:
    frozen.at(datetime(2026, 10, 20, 12, tzinfo=UTC))
    found = events(client)
    assert found[date(2026, 10, 23)].decoded("dtstart").hour == 8, "summer time"
    assert found[date(2026, 10, 26)].decoded("dtstart").hour == 9, "the clocks went back on Sunday"
    with app.app_context():  # a time that comes twice on that Sunday counts once, the first time
        rhythm = db.session.get_one(CoachingRhythm, cast.coached.rhythm)
        rhythm.days, rhythm.at = 0b1000000, time(1, 30)
        db.session.commit()
    assert events(client)[date(2026, 10, 25)].decoded("dtstart") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_holiday_is_left_out(app: Flask, cast: Cast, client: Client) -> None:
    assert date(2026, 6, 4) in events(client)
    with app.app_context():
        team = db.session.get_one(Team, cast.teams["access"])
        team.country, team.region = "DE", "BY"
        db.session.commit()
    found = events(client)
    assert date(2026, 6, 4) not in found, "Corpus Christi"
    assert date(2026, 6, 5) in found


@pytest.mark.database
def test_a_change_moves_the_event_and_is_told_as_a_change(
    cast: Cast, client: Client, as_: SignIn, frozen: Frozen
) -> None:
    before = events(client)[date(2026, 6, 5)]
    moment = frozen.forward(hours=1)
    as_("ben").fill_in(f"{cast.board.path}/rhythm", at="10:00")
    after = events(client)[date(2026, 6, 5)]
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart").hour == 9
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("last-modified") == moment.replace(microsecond=0)
    assert after.decoded("last-modified") > before.decoded("last-modified")
    as_("ben").fill_in(f"{cast.board.path}/edit", cast.board.path, focus_process="Granting access at once")
    renamed = events(client)[date(2026, 6, 5)]
    assert "at once" in renamed["summary"]
    assert renamed["sequence"] == before["sequence"] + 2


def test_nothing_that_was_said_at_a_cycle_ever_stands_there(cast: Cast, client: Client, as_: SignIn) -> None:
    for name in ("ana", "ben", "cleo"):
        written = re.sub("\r\n ", "", client.get(make(as_(name))).text)
        for words in (*SAID.values(), COACH_SAID, LEARNER_SAID, TRIGGER, INSTRUCTION, *EVIDENCE.values()):
            assert words[:15] not in written


@pytest.mark.parametrize("text", ["BEGIN:VEVENT\r\nSUMMARY:forged", "a;b,c\\n", "\u202eright", "é" * 160, "x\x00y"])
def test_what_people_typed_stays_text(app: Flask, cast: Cast, client: Client, text: str) -> None:
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).focus_process = text.replace("\x00", "")
        db.session.commit()
    found = read(client).walk("VEVENT")
    assert len(found) == 49
    assert all(max(map(len, line.split(b"\r\n"))) <= 75 for line in [client.get(ADDRESS).data])


# Whose boards --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "planned"), [("ana", 49), ("ben", 49), ("cleo", 49), ("gus", 0), ("root", 0)])
def test_learner_coach_and_second_coach_have_it(
    cast: Cast, client: Client, as_: SignIn, name: str, planned: int
) -> None:
    assert len(read(client, make(as_(name))).walk("VEVENT")) == planned


def test_a_role_that_ends_takes_the_board_out_at_the_next_reading(
    app: Flask, cast: Cast, client: Client, as_: SignIn
) -> None:
    addresses = {name: make(as_(name)) for name in ("ben", "cleo")}
    with app.app_context():
        board = db.session.get_one(Storyboard, cast.board.id)
        board.coach_id = board.second_coach_id = None
        db.session.commit()
    assert all(not events(client, address) for address in addresses.values())
    assert events(client)[TODAY]["summary"] == "Granting access · Ana Novak"


def plan_closed(app: Flask, cast: Cast) -> None:
    with app.app_context():
        for board in (cast.closed, cast.practice):
            db.session.add(CoachingRhythm(board_id=board.id, days=127, at=time(16), minutes=20, starts_on=TODAY))
        db.session.commit()


def processes(client: Client, address: str = ADDRESS) -> set[str]:
    return {event["summary"].split(" · ")[0] for event in read(client, address).walk("VEVENT")}


def test_closed_and_practice_boards_are_there_for_those_at_the_board(
    app: Flask, cast: Cast, client: Client, as_: SignIn
) -> None:
    plan_closed(app, cast)
    every = {"Granting access", "Closing leavers' accounts", "Making tea"}
    assert processes(client) == every
    assert processes(client, make(as_("cleo"))) == every


def test_who_may_no_longer_see_a_board_reads_nothing_of_it(app: Flask, cast: Cast, client: Client) -> None:
    plan_closed(app, cast)
    with app.app_context():
        mine = sa.select(Membership).where(Membership.person_id == cast["ana"].id)
        db.session.scalars(mine).one().ended_at = clock.now()
        db.session.commit()
    assert processes(client) == {"Granting access"}, "the open one is everybody’s to read"


def _archived(cast: Cast) -> None:
    boards.archive(db.session.get_one(Storyboard, cast.board.id), by=cast["ana"].id)


def _ended(cast: Cast) -> None:
    db.session.get_one(Storyboard, cast.board.id).ended_on = TODAY


def _team_closed(cast: Cast) -> None:
    db.session.get_one(Team, cast.teams["access"]).closed_at = clock.now()


@pytest.mark.parametrize("change", [_archived, _ended, _team_closed])
def test_a_board_at_which_nobody_practises_any_more_is_not_there(
    app: Flask, cast: Cast, client: Client, change: Callable[[Cast], None]
) -> None:
    with app.app_context():
        change(cast)
        db.session.commit()
    assert events(client) == {}


def test_an_ended_rhythm_leaves_what_was_planned_until_then(cast: Cast, client: Client, as_: SignIn) -> None:
    as_("ben").post(f"{cast.board.path}/rhythm/ending")
    assert max(events(client)) == TODAY, "it was ended after today’s had begun"


# The address ---------------------------------------------------------------------------------------------------------


def test_it_is_shown_once_and_only_its_hash_is_kept(app: Flask, cast: Cast, as_: SignIn, client: Client) -> None:
    ben = as_("ben")
    assert "Make the address" in ben.get("/settings").text
    address = make(ben)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    settings = ben.get("/settings").text
    assert token not in settings
    assert "An address was made on 3 June 2026" in settings
    assert events(client, address)
    with app.app_context():
        kept = db.session.scalars(sa.select(CalendarFeed).where(CalendarFeed.person_id == cast["ben"].id)).one()
        assert kept.token_hash == hashed(token)
        told = db.session.scalars(sa.select(Activity).where(Activity.subject_type == "calendar_feed")).all()
        assert not any(token in str(each.snapshot) or kept.token_hash in str(each.snapshot) for each in told)


@pytest.mark.database
def test_sent_twice_it_is_made_once_and_shown_again(app: Flask, cast: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    fields = form_fields(ben.get("/settings").text, "/settings/calendar")
    first, second = (ben.post("/settings/calendar", fields).text for _ in range(2))
    assert re.findall("/calendar/[^<]+", first) == re.findall("/calendar/[^<]+", second)
    with app.app_context():
        count = sa.select(sa.func.count()).where(CalendarFeed.person_id == cast["ben"].id)
        assert db.session.scalar(count) == 1
    ben.post("/settings/calendar/revocation")
    assert "This address works no more." in ben.post("/settings/calendar", fields).text


def test_a_new_address_takes_the_place_of_the_old_one(cast: Cast, as_: SignIn, client: Client) -> None:
    new = make(as_("ana"))
    assert gone(client.get(ADDRESS))
    assert events(client, new)


def test_revoked_disabled_and_unknown_are_answered_alike(app: Flask, cast: Cast, as_: SignIn, client: Client) -> None:
    disabled = make(as_("ben"))
    as_("ana").post("/settings/calendar/revocation")
    with app.app_context():
        db.session.get_one(Person, cast["ben"].id).disabled_at = clock.now()
        db.session.commit()
    answers = [client.get(each) for each in (ADDRESS, disabled, "/calendar/never.ics", "/calendar/%00%ff.ics")]
    assert all(gone(answer) for answer in answers)
    headers = [{k: v for k, v in answer.headers.items() if k not in {"Date", "X-Request-ID"}} for answer in answers]
    assert all(each == headers[0] for each in headers)


def test_revoked_disabled_and_unknown_cost_alike(
    app: Flask, cast: Cast, as_: SignIn, client: Client, statements: Counting
) -> None:
    as_("ana").post("/settings/calendar/revocation")
    for address in (ADDRESS, "/calendar/never.ics"):
        with statements() as asked:
            client.get(address)
        assert len(asked) == 4  # the count, the look-up, the guess counted and old counts let go


@pytest.mark.database
def test_whoever_guesses_addresses_has_to_wait_and_nobody_else(
    app: Flask, cast: Cast, client: Client, frozen: Frozen
) -> None:
    stranger, elsewhere = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "203.0.113.8"}
    guesses = [client.get(f"/calendar/guess-{n}.ics", environ_overrides=stranger) for n in range(LIMIT_GUESSES)]
    assert {answer.status_code for answer in guesses} == {404}
    for address in (ADDRESS, "/calendar/guess.ics"):
        answer = client.get(address, environ_overrides=stranger)
        assert answer.status_code == 429
        assert "Wait a quarter of an hour" in answer.text
    assert client.get(ADDRESS, environ_overrides=elsewhere).status_code == 200
    with app.app_context():
        assert "203.0.113" not in str(db.session.execute(sa.select(Attempt.key)).all())
    frozen.forward(minutes=16)
    assert client.get(ADDRESS, environ_overrides=stranger).status_code == 200


def test_reading_a_known_address_is_never_counted(cast: Cast, client: Client) -> None:
    for _ in range(LIMIT_GUESSES + 1):
        assert client.get(ADDRESS).status_code == 200


def test_only_the_persons_own_addresses_are_revoked(cast: Cast, as_: SignIn, client: Client) -> None:
    address = make(as_("ben"))
    as_("cleo").post("/settings/calendar/revocation")
    assert events(client, address)
    assert events(client)


def test_making_and_revoking_are_recorded(app: Flask, cast: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    make(ben)
    make(ben)
    for _ in range(2):
        ben.post("/settings/calendar/revocation")
    query = sa.select(Activity.verb).where(
        Activity.subject_type == "calendar_feed", Activity.person_id == cast["ben"].id
    )
    with app.app_context():
        told = list(db.session.scalars(query.order_by(Activity.id)))
    assert told == ["made a calendar", "revoked a calendar", "made a calendar", "revoked a calendar"]


def test_reading_it_makes_no_session_writes_nothing_and_is_kept_nowhere(app: Flask, cast: Cast, client: Client) -> None:
    def counted() -> tuple[int, ...]:
        with app.app_context():
            return tuple(
                db.session.scalar(sa.select(sa.func.count()).select_from(each)) or 0
                for each in (SignInSession, Activity)
            )

    before = counted()
    for address in (ADDRESS, "/calendar/never.ics"):
        answer = client.get(address)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert counted() == before


def test_it_costs_four_statements_at_one_board_and_at_two_hundred(
    app: Flask, cast: Cast, client: Client, statements: Counting
) -> None:
    with statements() as few:
        client.get(ADDRESS)
    with app.app_context():
        common = {"team_id": cast.teams["access"], "learner_id": cast["ana"].id, "coach_id": cast["ben"].id}
        rows = [{**common, "focus_process": f"Process {n}"} for n in range(200)]
        ids = list(db.session.scalars(sa.insert(Storyboard).returning(Storyboard.id), rows))
        planned = [{"board_id": each, "days": 0b1, "at": time(9), "starts_on": TODAY} for each in ids]
        db.session.execute(sa.insert(CoachingRhythm), planned)
        db.session.commit()
    with statements() as many:
        client.get(ADDRESS)
    assert len(many) == len(few) == 4
