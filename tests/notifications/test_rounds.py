"""The worker's round: turns are given, taken once, and moved on; a digest goes through the wire to who may read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import clock
from kata.extensions import db
from kata.identity.models import Person
from kata.notifications import actions, rounds
from kata.notifications.models import DigestTurn
from kata.outbox import sending
from kata.outbox.models import Mail
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests.cast import Cast
from tests.conftest import Counting, Frozen
from tests.mailbox import Mailbox

pytestmark = pytest.mark.database
#: Monday, 07:00 in London.
MONDAY = datetime(2026, 6, 8, 6, 0, tzinfo=UTC)
Round = Callable[[], int]


@pytest.fixture
def set_up(app: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    for name, value in mailbox.settings.items():
        monkeypatch.setitem(app.config, name, value)
    return mailbox


@pytest.fixture
def write(app: Flask, cast: Cast, set_up: Mailbox) -> Round:
    """The worker writes what is due; turns have been given already, on the day on which the cast stands."""

    def do() -> int:
        with app.app_context():
            return rounds.write_due()

    assert do() == 0
    return do


@pytest.fixture
def send(app: Flask) -> Round:
    def do() -> int:
        with app.app_context():
            return sending.send_waiting()

    return do


def _mails(app: Flask, **columns: Any) -> list[Mail]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Mail).filter_by(**columns).order_by(Mail.id)))


def _to(app: Flask) -> list[str]:
    return [mail.address.partition("@")[0] for mail in _mails(app)]


def _choose(app: Flask, person_id: int, rhythm: str, weekday: int = 0, hour: int = 7) -> None:
    with app.app_context():
        actions.choose(person_id, None, rhythm=rhythm, weekday=weekday, hour=hour)
        db.session.commit()


def test_on_monday_morning_those_are_told_for_whom_something_changed(
    write: Round, app: Flask, cast: Cast, frozen: Frozen
) -> None:
    frozen.at(MONDAY - timedelta(minutes=1))
    assert write() == 0
    frozen.at(MONDAY)
    assert write() == 3
    assert sorted(_to(app)) == ["ana", "ben", "dev"]
    assert write() == 0, "each has had their turn"


def test_nobody_is_told_anything_when_nothing_changed(write: Round, app: Flask, frozen: Frozen) -> None:
    frozen.at(MONDAY)
    write()
    frozen.at(MONDAY + timedelta(days=21))
    with app.app_context():
        before = db.session.scalar(sa.select(sa.func.count()).select_from(Mail))
    frozen.at(MONDAY + timedelta(days=28))
    write()
    frozen.at(MONDAY + timedelta(days=35))
    write()
    late = [mail for mail in _mails(app)[before or 0 :] if mail.written_at == MONDAY + timedelta(days=35)]
    assert late == []


def test_a_digest_goes_through_the_wire_whole(
    write: Round, send: Round, set_up: Mailbox, app: Flask, cast: Cast, frozen: Frozen
) -> None:
    frozen.at(MONDAY)
    write()
    assert send() == 3
    message = next(each for each in set_up.messages if each["To"] == cast["ana"].email)
    assert message["Subject"] == "What changed since Wednesday 27 May"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    off = message["List-Unsubscribe"].strip()
    assert off.startswith(f"<http://localhost/mail/off/{cast['ana'].id}.")
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    text, marked = plain.get_content(), html.get_content()
    for part in (text, marked):
        assert "Ask the two approvers to look at noon too" in part
        assert f"http://localhost/experiments/{cast.board.running}/conclusion" in part
        assert off.strip("<>") in part
        assert "It comes every Monday at 07:00 (Europe, London), when something changed." in part
    assert "<script" not in marked


def test_the_next_one_goes_on_where_the_last_ended(write: Round, send: Round, app: Flask, frozen: Frozen) -> None:
    frozen.at(MONDAY)
    write()
    send()
    frozen.forward(days=7)
    write()
    for first, second in [(mails[0], mails[1]) for mails in _by_person(app).values() if len(mails) > 1]:
        assert second.about["since"] == first.about["until"]


def test_what_could_not_be_sent_is_told_by_the_next_one(
    write: Round, app: Flask, cast: Cast, frozen: Frozen, set_up: Mailbox, send: Round
) -> None:
    set_up.refuse_recipient = "550 No such user"
    frozen.at(MONDAY)
    write()
    send()
    set_up.refuse_recipient = ""
    frozen.forward(days=7)
    write()
    first, second = _by_person(app)[cast["ana"].id]
    assert second.about["since"] == first.about["since"]


def _by_person(app: Flask) -> dict[int | None, list[Mail]]:
    found: dict[int | None, list[Mail]] = {}
    for mail in _mails(app):
        found.setdefault(mail.person_id, []).append(mail)
    return found


def test_a_turn_is_taken_once_whoever_comes(write: Round, app: Flask, cast: Cast, frozen: Frozen) -> None:
    frozen.at(MONDAY)
    with app.app_context():
        (row,) = [row for row in rounds._due() if row.person_id == cast["ana"].id]
        assert rounds._take_turn(row)
        assert not rounds._take_turn(row), "another worker that read the same"
        db.session.execute(sa.update(DigestTurn).values(next_at=MONDAY))
        db.session.commit()
    write()
    assert _to(app).count("ana") == 1, "and even a turn that came back is of a day that has had its mail"


def test_everybody_has_their_own_day_hour_and_zone(write: Round, app: Flask, cast: Cast, frozen: Frozen) -> None:
    _choose(app, cast["ben"].id, "weekly", weekday=3, hour=16)
    with app.app_context():
        db.session.get_one(Person, cast["dev"].id).time_zone = "America/New_York"
        db.session.commit()
    write()
    frozen.at(datetime(2026, 6, 4, 15, 0, tzinfo=UTC))
    write()
    assert _to(app) == ["ben"]
    frozen.at(MONDAY)
    write()
    assert _to(app) == ["ben", "ana"]
    frozen.at(MONDAY + timedelta(hours=5))
    write()
    assert _to(app) == ["ben", "ana", "dev"]


def test_an_hour_that_comes_twice_brings_one(write: Round, app: Flask, cast: Cast, frozen: Frozen) -> None:
    _choose(app, cast["ana"].id, "weekly", weekday=6, hour=1)
    with app.app_context():
        for board in db.session.scalars(sa.select(Storyboard)):
            board.ended_on = board.archived_at = None
        db.session.commit()
    twice = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    frozen.at(twice - timedelta(days=1))
    write()
    before = len(_mails(app))
    _happen(app, cast)
    for minutes in (0, 30, 60, 90):
        frozen.at(twice + timedelta(minutes=minutes))
        write()
    assert _to(app)[before:].count("ana") == 1


def _happen(app: Flask, cast: Cast) -> None:
    from kata.storyboards.models import Experiment

    with app.app_context():
        row = db.session.get_one(Experiment, cast.board.running)
        row.see("It went.", clock.now().date(), None)
        row.learn("Asking once is enough.")
        db.session.commit()


def test_daily_is_on_practice_days(write: Round, app: Flask, cast: Cast, frozen: Frozen) -> None:
    _choose(app, cast["ana"].id, "daily", hour=18)
    frozen.at(datetime(2026, 6, 5, 17, 0, tzinfo=UTC))
    write()
    friday = _to(app).count("ana")
    frozen.forward(minutes=1)
    _happen(app, cast)
    for day in (6, 7):
        frozen.at(datetime(2026, 6, day, 17, 0, tzinfo=UTC))
        write()
    assert _to(app).count("ana") == friday, "nobody practises on a weekend"
    frozen.at(datetime(2026, 6, 8, 17, 0, tzinfo=UTC))
    write()
    assert _to(app).count("ana") == friday + 1


def test_who_wants_none_gets_none_not_even_one_that_waits(
    write: Round, send: Round, app: Flask, cast: Cast, frozen: Frozen, set_up: Mailbox
) -> None:
    frozen.at(MONDAY)
    write()
    with app.app_context():
        actions.end(cast["ana"].id)
        db.session.commit()
    send()
    assert cast["ana"].email not in [message["To"] for message in set_up.messages]
    _happen(app, cast)
    frozen.forward(days=7)
    write()
    assert _to(app).count("ana") == 1


def test_who_left_between_writing_and_sending_is_told_nothing_of_the_team(
    write: Round, send: Round, app: Flask, cast: Cast, frozen: Frozen, set_up: Mailbox
) -> None:
    frozen.at(MONDAY)
    write()
    with app.app_context():
        ended = sa.update(Membership).where(Membership.person_id == cast["ana"].id).values(ended_at=clock.now())
        db.session.execute(ended)
        db.session.commit()
    send()
    message = next(each for each in set_up.messages if each["To"] == cast["ana"].email)
    body = message.as_string()
    assert "Granting access" in body
    assert "Making tea" not in body
    assert "Closing leavers" not in body


def test_whose_account_is_closed_or_address_changed_gets_nothing(
    write: Round, send: Round, app: Flask, cast: Cast, frozen: Frozen, set_up: Mailbox
) -> None:
    frozen.at(MONDAY)
    write()
    with app.app_context():
        db.session.get_one(Person, cast["ana"].id).disabled_at = clock.now()
        db.session.get_one(Person, cast["ben"].id).email = "ben@elsewhere.example"
        db.session.commit()
    send()
    assert [message["To"] for message in set_up.messages] == [cast["dev"].email]
    assert [mail.state for mail in _mails(app) if mail.person_id != cast["dev"].id] == ["dropped", "dropped"]


def test_a_worker_that_was_away_writes_one_for_all_that_time(
    write: Round, app: Flask, cast: Cast, frozen: Frozen
) -> None:
    frozen.at(MONDAY + timedelta(days=16))
    write()
    assert _to(app).count("ana") == 1
    with app.app_context():
        turn = db.session.get_one(DigestTurn, cast["ana"].id)
        assert turn.next_at == MONDAY + timedelta(days=21)


def test_what_goes_wrong_with_one_reader_keeps_nobody_else_waiting(
    write: Round, app: Flask, cast: Cast, frozen: Frozen, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        db.session.get_one(Person, cast["ana"].id).time_zone = "Nowhere/Ever"
        db.session.execute(sa.delete(DigestTurn).where(DigestTurn.person_id == cast["ben"].id))
        db.session.get_one(Person, cast["ben"].id).time_zone = "Nowhere/Ever"
        db.session.commit()
    frozen.at(MONDAY)
    write()
    assert _to(app) == ["dev"]
    assert f"The digest of person {cast['ana'].id} could not be written" in caplog.text
    assert f"Nobody knows what time it is for person {cast['ben'].id}" in caplog.text
    caplog.clear()
    write()
    assert caplog.text == "", "it is not tried again and again"


def test_without_a_mail_server_none_are_written(app: Flask, cast: Cast, frozen: Frozen) -> None:
    with app.app_context():
        rounds.write_due()
        frozen.at(MONDAY)
        assert rounds.write_due() == 0
    assert _mails(app) == []


def test_a_round_in_which_nobody_has_their_turn_asks_little(
    write: Round, app: Flask, statements: Counting, frozen: Frozen
) -> None:
    frozen.at(MONDAY)
    write()
    with statements() as asked:
        write()
    assert len(asked) <= 2


def test_a_digest_is_written_in_a_bounded_number_of_statements(
    write: Round, statements: Counting, frozen: Frozen, cast: Cast
) -> None:
    frozen.at(MONDAY)
    with statements() as asked:
        write()
    assert len(asked) <= 24 * len(cast.people)
