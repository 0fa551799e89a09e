"""A link to a story: who makes it, what it opens, and everything that it does not, attacked as invitations are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import select, text

from kata import clock
from kata.extensions import db
from kata.stories.models import StoryLink
from kata.storyboards.models import Storyboard
from kata.teams.models import Team
from tests.cast import NOW, TODAY, Cast
from tests.cast_coaching import COACH_SAID, EVIDENCE, INSTRUCTION, LEARNER_SAID, SAID, TRIGGER
from tests.cast_stories import STORY_TOKEN
from tests.client import Client, form_fields
from tests.conftest import Frozen, SignIn, browser

pytestmark = pytest.mark.database

SHARED = f"/stories/{STORY_TOKEN}"


@pytest.fixture
def finished(app: Flask, cast: Cast) -> str:
    """The path of ana's whole storyboard, ended."""
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).end("Ask once, at noon.", TODAY)
        db.session.commit()
    return cast.board.path


@pytest.fixture
def share(as_: SignIn, finished: str) -> Callable[..., str]:
    """Makes a link as somebody; the path that it opens."""

    def do(name: str = "ana", **typed: str) -> str:
        page = as_(name).fill_in(f"{finished}/story", f"{finished}/story/links", **typed)
        assert page.status_code == 200
        return "/stories/" + page.text.partition('rel="noreferrer">')[2].partition("<")[0].rpartition("/")[2]

    return do


# Making -----------------------------------------------------------------------------------------------------------


def test_a_link_opens_the_story_to_anyone(share: Callable[..., str], client: Client) -> None:
    page = client.get(share())
    assert page.status_code == 200
    for told in ("Granting access", "Every newcomer can work", "Three of five came back", "Ask once, at noon."):
        assert told in page.text


def test_only_its_hash_is_kept_and_it_is_shown_once(
    share: Callable[..., str], app: Flask, as_: SignIn, cast: Cast
) -> None:
    token = share().rpartition("/")[2]
    with app.app_context():
        for table in ("story_link", "activity"):
            rows = db.session.execute(text(f"select * from {table}")).all()  # noqa: S608 - two words of ours
            assert token not in str(rows)
    assert token not in as_("ana").get(f"{cast.board.path}/story").text


def test_the_same_submission_is_one_link(app: Flask, as_: SignIn, finished: str) -> None:
    ana, action = as_("ana"), f"{finished}/story/links"
    fields = form_fields(ana.get(f"{finished}/story").text, action)
    first, second = (ana.post(action, fields).text for _ in range(2))
    assert first.partition('id="address"')[2][:200] == second.partition('id="address"')[2][:200]
    with app.app_context():
        assert len(db.session.scalars(select(StoryLink)).all()) == 2  # the cast has one


def test_ninety_days_are_offered_and_any_other_day_or_none_can_be_chosen(share: Callable[..., str], app: Flask) -> None:
    share()
    share(until="")
    share(until="2026-06-03")
    with app.app_context():
        ends = [link.expires_at for link in db.session.scalars(select(StoryLink).order_by(StoryLink.id))][1:]
    assert ends[0] is not None
    assert ends[0].date() == TODAY + timedelta(days=90)
    assert ends[1] is None
    assert ends[2] is not None
    assert NOW < ends[2] < NOW + timedelta(days=1)


def test_a_day_that_lies_behind_is_refused_at_its_field(as_: SignIn, finished: str) -> None:
    answer = as_("ben").fill_in(f"{finished}/story", f"{finished}/story/links", until="2026-06-02", names="with")
    assert answer.status_code == 422
    assert "This day lies behind." in answer.text
    assert 'value="2026-06-02"' in answer.text


@pytest.mark.parametrize(("name", "offered"), [("ana", True), ("ben", True), ("gus", False), ("dev", False)])
def test_only_learner_and_coach_are_offered_to_share(as_: SignIn, finished: str, name: str, offered: bool) -> None:
    assert (f'action="{finished}/story/links"' in as_(name).get(f"{finished}/story").text) is offered


def test_a_story_that_goes_on_is_not_shared(as_: SignIn, cast: Cast) -> None:
    ana = as_("ana")
    assert f"{cast.board.path}/story/links" not in ana.get(f"{cast.board.path}/story").text
    answer = ana.post(f"{cast.board.path}/story/links", {"names": "without", "once": "x"})
    assert answer.status_code == 422
    assert "Only the story of a storyboard that has ended" in answer.text


# What it opens ----------------------------------------------------------------------------------------------------


def test_nobody_is_named_unless_that_was_chosen(share: Callable[..., str], client: Client) -> None:
    without, named = client.get(share()).text, client.get(share(names="with")).text
    for name in ("Ana Novak", "Ben Okafor"):
        assert name not in without
        assert name in named
    for name in ("Cleo Lind", "Dev Rao", "Gus Hale"):
        assert name not in named


def test_it_leads_nowhere_else(share: Callable[..., str], client: Client) -> None:
    path = share()
    html = client.get(path).text
    links = {part.partition('"')[0] for part in html.split('href="')[1:]}
    assert {each for each in links if not each.startswith(("/static/", "#", path))} == set()
    assert "<script" not in html
    assert "<form" not in html
    assert "<nav" not in html


def test_it_is_kept_by_nobody_and_tells_nobody(share: Callable[..., str], client: Client, cast: Cast) -> None:
    path = share()
    for each in (path, f"{path}/photos/{cast.board.photo}/small", f"{path}x"):
        headers = client.get(each).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "Set-Cookie" not in headers


def test_its_photos_and_chapters_are_served_under_it(share: Callable[..., str], client: Client, cast: Cast) -> None:
    path = share()
    assert f'src="{path}/photos/{cast.board.photo}/small"' in client.get(path).text
    for end in ("", "/small"):
        assert client.get(f"{path}/photos/{cast.board.photo}{end}").mimetype == "image/jpeg"
    assert "Three of five came back" in client.get(f"{path}/chapters/2").text
    assert client.get(f"/photos/{cast.board.photo}").status_code == 303


def test_reading_it_writes_nothing(share: Callable[..., str], app: Flask, client: Client) -> None:
    path = share()
    with app.app_context():
        before = db.session.execute(text("select count(*) from activity")).scalar()
    client.get(path)
    with app.app_context():
        assert db.session.execute(text("select count(*) from activity")).scalar() == before


# What it does not open --------------------------------------------------------------------------------------------

NOTHING = "There is no story here"


def _is_gone(client: Client, path: str, cast: Cast) -> bool:
    """Whether the story, a chapter and a photo are answered the very same words as one that never was."""
    never = client.get("/stories/00000-00000-00000-00000-00000")
    answers = [client.get(f"{path}{end}") for end in ("", "/chapters/2", f"/photos/{cast.board.photo}/small")]
    assert NOTHING in never.text
    return all((each.status_code, each.text) == (404, never.text) for each in answers)


def _change(app: Flask, cast: Cast, model: type[Storyboard | Team], id_: int, **values: object) -> None:
    with app.app_context():
        row = db.session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def test_a_stopped_link_opens_nothing_at_once(
    share: Callable[..., str], as_: SignIn, client: Client, cast: Cast
) -> None:
    path = share()
    page = as_("gus").get(f"{cast.board.path}/story").text
    action = page.partition("/story-links/")[2].partition('"')[0]
    as_("gus").post(f"/story-links/{action}")
    assert _is_gone(client, path, cast)
    assert "Stopped by Gus Hale" in as_("ana").get(f"{cast.board.path}/story").text


def test_a_replaced_link_opens_nothing_and_the_other_does(
    share: Callable[..., str], as_: SignIn, app: Flask, client: Client, cast: Cast
) -> None:
    path = share(names="with")
    with app.app_context():
        newest = db.session.scalars(select(StoryLink.id).order_by(StoryLink.id.desc())).first()
    made = as_("ben").fill_in(f"{cast.board.path}/story", f"/story-links/{newest}/replacement")
    other = "/stories/" + made.text.partition('rel="noreferrer">')[2].partition("<")[0].rpartition("/")[2]
    assert _is_gone(client, path, cast)
    assert "Ana Novak" in client.get(other).text
    again = as_("ben").post(f"/story-links/{newest}/replacement", {"once": "another"})
    assert again.status_code == 422
    assert "works no more" in again.text


def test_a_link_runs_out_at_the_end_of_its_day(
    share: Callable[..., str], frozen: Frozen, client: Client, cast: Cast
) -> None:
    path = share(until="2026-06-05")
    frozen.at(NOW.replace(day=5, hour=22, minute=58))
    assert client.get(path).status_code == 200
    frozen.at(NOW.replace(day=5, hour=23, minute=1))
    assert _is_gone(client, path, cast)


@pytest.mark.parametrize("how", ["reopened", "closed to its team"])
def test_a_board_that_changes_stops_its_links_for_good(
    share: Callable[..., str], as_: SignIn, client: Client, cast: Cast, how: str
) -> None:
    path, ana = share(), as_("ana")
    if how == "reopened":
        ana.post(f"{cast.board.path}/reopening")
    else:
        ana.post(f"{cast.board.path}/closure", {"closed": "y"})
    assert _is_gone(client, path, cast)
    if how == "reopened":
        ana.post(f"{cast.board.path}/archiving")
    else:
        ana.post(f"{cast.board.path}/closure", {})
    assert _is_gone(client, path, cast)
    assert "when the storyboard was reopened or closed" in ana.get(f"{cast.board.path}/story").text


def test_a_closed_team_tells_no_stories(share: Callable[..., str], app: Flask, client: Client, cast: Cast) -> None:
    path = share()
    _change(app, cast, Team, cast.teams["access"], closed_at=clock.now())
    assert _is_gone(client, path, cast)
    _change(app, cast, Team, cast.teams["access"], closed_at=None)
    assert _is_gone(client, path, cast)


@pytest.mark.parametrize(
    "column", ["storyboard.closed = true", "storyboard.ended_on = null, archived_at = null", "team.closed_at = :now"]
)
def test_a_link_that_nobody_stopped_opens_no_story_that_may_not_be_told(
    share: Callable[..., str], app: Flask, client: Client, cast: Cast, column: str
) -> None:
    """The board or the team was changed past the app, so that its links still stand: each look asks again."""
    path, (table, change) = share(), column.split(".", 1)
    row = cast.board.id if table == "storyboard" else cast.teams["access"]
    with app.app_context():
        values = {"row": row} | ({"now": clock.now()} if ":now" in change else {})
        db.session.execute(text(f"update {table} set {change} where id = :row"), values)  # noqa: S608 - our own words
        db.session.commit()
        assert db.session.scalars(select(StoryLink.id).where(StoryLink.stopped_at.is_(None))).all()
    assert _is_gone(client, path, cast)


def test_no_link_is_offered_for_a_board_that_is_closed_to_its_team(as_: SignIn, cast: Cast, finished: str) -> None:
    ana = as_("ana")
    assert f"{finished}/story/links" in ana.get(f"{finished}/story").text
    ana.post(f"{cast.board.path}/closure", {"closed": "y"})
    page = ana.get(f"{finished}/story").text
    assert f"{finished}/story/links" not in page
    assert "Open it to everyone to share its story" in page


def test_a_link_is_not_guessed_from_a_part_of_it(share: Callable[..., str], client: Client, cast: Cast) -> None:
    path = share()
    for wrong in (
        path[:-1],
        path[:-6],
        f"{path}0",
        path.replace("/stories/", "/stories/0"),
        "/stories/%00",
        "/stories/é",
    ):
        assert _is_gone(client, wrong, cast), wrong


def test_a_link_that_is_typed_by_hand_is_understood(share: Callable[..., str], client: Client) -> None:
    assert client.get("/stories/" + share().rpartition("/")[2].upper()).status_code == 200


def test_no_other_boards_photo_is_shown_under_it(client: Client, cast: Cast) -> None:
    assert client.get(SHARED).status_code == 200
    answer = client.get(f"{SHARED}/photos/{cast.board.photo}")
    assert answer.status_code == 404
    assert NOTHING in answer.text


def test_a_photo_that_was_taken_off_is_shown_no_more(
    share: Callable[..., str], app: Flask, client: Client, cast: Cast
) -> None:
    from kata.storyboards.models import Photo

    path = share()
    with app.app_context():
        db.session.get_one(Photo, cast.board.photo).removed_at = clock.now()
        db.session.commit()
    assert client.get(f"{path}/photos/{cast.board.photo}").status_code == 404
    assert "/photos/" not in client.get(path).text


def test_other_methods_do_nothing_whatever_the_token(share: Callable[..., str], client: Client) -> None:
    path = share()
    assert client.head(path).status_code == 200
    assert client.head(f"{path}x").status_code == 404
    for method in ("PUT", "DELETE", "PATCH"):
        mine, wrong = (client.open(each, method=method) for each in (path, f"{path}x"))
        assert mine.status_code == wrong.status_code
        assert mine.status_code in {400, 403, 405, 303}


def test_no_coaching_is_told_even_to_those_who_were_there(as_: SignIn, finished: str) -> None:
    page = as_("ben").get(f"{finished}/story").text
    private = (COACH_SAID, LEARNER_SAID, TRIGGER, INSTRUCTION, EVIDENCE, *SAID.values())
    assert [sentence for sentence in private if str(escape(sentence)) in page] == []


def test_a_signed_in_reader_of_a_link_sees_what_a_stranger_sees(
    share: Callable[..., str], as_: SignIn, app: Flask
) -> None:
    path = share()
    assert as_("ana").get(path).text == browser(app).get(path).text
