"""The tree of challenges: from what an area wants down to today's experiments, as far as each reader may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from kata import clock
from kata.extensions import db
from kata.rules import DomainError
from kata.storyboards.actions.boards import tie
from kata.storyboards.models import Challenge, Experiment, Obstacle, Storyboard, TargetCondition
from kata.teams.models import Area, AreaLeader, Membership, Team
from tests.cast import TODAY, Cast
from tests.client import Client, csv_rows
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database

TOP = "Whoever needs something from us has it the same day."
OPEN, CLOSED, PRACTICE, OTHER = "Granting access", "Closing leavers", "Making tea", "Answering invoice questions"
Give = Callable[..., int]


@pytest.fixture
def give(app: Flask, cast: Cast) -> Give:
    """Gives an area of the cast a challenge: ``give("desk", "Nobody waits", serves=…)``."""

    def make(area: str, statement: str, serves: int | None = None) -> int:
        with app.app_context():
            row = Challenge(area_id=cast.areas[area], statement=statement, serves_id=serves)
            db.session.add(row)
            db.session.commit()
            return row.id

    return make


@pytest.fixture
def serve(app: Flask, cast: Cast) -> Callable[[int, int | None], None]:
    """Lets the challenge of a board serve another; a board without one gets one."""

    def make(board_id: int, serves: int | None) -> None:
        with app.app_context():
            held = db.session.query(Challenge).filter_by(board_id=board_id, ended_at=None).one_or_none()
            if held is None:
                held = Challenge(board_id=board_id, statement="Nobody asks twice.")
                db.session.add(held)
            held.serves_id = serves
            db.session.commit()

    return make


@pytest.fixture
def many(app: Flask, cast: Cast) -> Callable[[int], None]:
    """So many boards more in the team of access requests, each with all its parts, serving the area's challenge."""

    def fill(count: int) -> None:
        with app.app_context():
            team = db.session.get_one(Team, cast.teams["access"])
            for number in range(count):
                board = Storyboard(team_id=team.id, focus_process=f"Process {number}", learner_id=cast["gus"].id)
                db.session.add(board)
                db.session.flush()
                db.session.add(Challenge(board_id=board.id, statement="More.", serves_id=cast.area_challenge))
                target = TargetCondition(
                    board_id=board.id, number=1, pattern="At noon, 3.", achieve_by=TODAY + timedelta(days=9)
                )
                db.session.add(target)
                db.session.flush()
                obstacle = Obstacle(board_id=board.id, target_id=target.id, text="Two keys", status="focus", position=0)
                db.session.add(obstacle)
                db.session.flush()
                db.session.add(
                    Experiment(
                        board_id=board.id,
                        target_id=target.id,
                        obstacle_id=obstacle.id,
                        number=1,
                        kind="go and see",
                        step="Watch",
                        expectation="3 of 5.",
                        check_on=TODAY,
                    )
                )
            db.session.commit()

    return fill


def test_from_the_top_down_to_the_experiment_of_today(cast: Cast, as_: SignIn) -> None:
    page = as_("fay").get("/challenges").text
    for part in (TOP, OPEN, "by 18 June", "Ask the two approvers", "expected", "Half of the requests", "go and see"):
        assert part in page
    assert f'href="{cast.board.path}"' in page
    assert f'href="/experiments/{cast.board.running}"' in page
    assert page.index(TOP) < page.index(OPEN)


def test_the_board_links_up_to_what_it_serves(cast: Cast, ana: Client) -> None:
    page = ana.get(cast.board.path).text
    assert f'href="/challenges/northfield#challenge-{cast.area_challenge}"' in page
    assert f'id="challenge-{cast.area_challenge}"' in ana.get("/challenges/northfield").text


def test_an_areas_challenge_says_what_it_serves_and_is_found_from_there(
    cast: Cast, as_: SignIn, give: Give, serve: Callable[[int, int | None], None]
) -> None:
    middle = give("services", "Nobody waits for a person", serves=cast.area_challenge)
    below = give("desk", "Nobody rings twice", serves=middle)
    serve(cast.board.id, below)
    fay = as_("fay")
    top = fay.get("/challenges").text
    assert "Nobody waits for a person" in top
    assert "Nobody rings twice" not in top, "opened level by level"
    assert OPEN not in top
    opened = fay.get(f"/challenges/northfield?open={middle}").text
    assert "Nobody rings twice" in opened
    assert OPEN not in opened
    assert OPEN in fay.get(f"/challenges/northfield?open={middle}&open={below}").text
    desk = fay.get("/challenges/service-desk").text
    assert OPEN in desk
    assert f'href="/challenges/it-services#challenge-{middle}"' in desk


def test_what_serves_nothing_is_shown_calmly(cast: Cast, as_: SignIn, give: Give) -> None:
    give("desk", "Nobody rings twice")
    page = as_("eve").get("/challenges/finance").text
    assert "Not yet tied to a challenge above" in page
    assert OTHER in page
    assert "Not yet linked to a customer" in page
    assert "not yet tied to a challenge above" in as_("eve").get("/challenges/service-desk").text
    assert "1 not tied to a challenge above" in as_("eve").get("/challenges").text


def test_what_its_teams_serve_further_up_stands_on_an_areas_page(cast: Cast, as_: SignIn) -> None:
    page = as_("fay").get("/challenges/service-desk").text
    assert "What its teams serve further up" in page
    assert page.index(OPEN) < page.index(TOP)


def test_closed_boards_are_neither_shown_nor_counted_and_practice_boards_never_are(
    cast: Cast, as_: SignIn, serve: Callable[[int, int | None], None]
) -> None:
    serve(cast.closed.id, cast.area_challenge)
    serve(cast.practice.id, cast.area_challenge)
    for name in ("fay", "eve", "dev", "root"):
        client = as_(name)
        for path in ("/challenges", "/challenges/service-desk", "/challenges.csv", "/challenges/service-desk.csv"):
            text = client.get(path).text
            assert CLOSED not in text
            assert PRACTICE not in text
        tree, below = client.get("/challenges").text.split("Areas below")
        assert "1 storyboard<" in tree
        assert "2 storyboards" not in below
    for name in ("ana", "ben", "cleo"):
        tree, below = as_(name).get("/challenges").text.split("Areas below")
        assert CLOSED in tree
        assert PRACTICE not in tree
        assert "2 storyboards<" in tree
        assert "2 storyboards" in below


def test_what_ended_is_left_out_and_who_served_it_is_told(
    app: Flask, cast: Cast, as_: SignIn, serve: Callable[[int, int | None], None]
) -> None:
    with app.app_context():
        db.session.get_one(Challenge, cast.area_challenge).ended_at = clock.now()
        db.session.commit()
    fay = as_("fay")
    assert TOP not in fay.get("/challenges").text
    page = fay.get("/challenges/service-desk").text
    assert OPEN in page.split("Not yet tied")[1]
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).ended_on = TODAY
        db.session.commit()
    assert OPEN not in fay.get("/challenges/service-desk").text


def test_a_long_list_goes_on(cast: Cast, as_: SignIn, many: Callable[[int], None]) -> None:
    many(20)
    fay = as_("fay")
    first = fay.get("/challenges").text
    assert "Process 19<" in first
    assert "Process 11<" not in first
    address = first.split("Further storyboards that serve it")[0].rsplit('href="', 1)[1].split('"')[0]
    second = fay.get(address.replace("&amp;", "&")).text
    assert "Process 11<" in second
    assert "Process 12<" not in second
    assert "The whole tree" in second
    shelf = fay.get("/challenges/service-desk").text
    address = shelf.split("Further storyboards")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "Process 11<" in fay.get(address.replace("&amp;", "&")).text


@pytest.mark.parametrize(
    "query",
    ["open=x", "open=-1&open=99999999999999999999", "only=nowhere", "only=7&after=x", "after=-3", "only=untied"],
)
def test_odd_addresses_are_answered(ana: Client, query: str) -> None:
    assert ana.get(f"/challenges?{query}").status_code == 200
    assert ana.get(f"/challenges/service-desk?{query}").status_code == 200


def test_no_such_area(ana: Client) -> None:
    assert ana.get("/challenges/nowhere").status_code == 404
    assert ana.get("/challenges/nowhere.csv").status_code == 404


def test_several_areas_at_the_top_are_offered(app: Flask, cast: Cast, ana: Client) -> None:
    with app.app_context():
        db.session.add(Area(name="Southfield", slug="southfield"))
        db.session.commit()
    page = ana.get("/challenges").text
    assert 'href="/challenges/northfield"' in page
    assert 'href="/challenges/southfield"' in page
    assert len(csv_rows(ana.get("/challenges.csv"))) >= 2


def test_the_file_has_challenges_and_boards(cast: Cast, ana: Client) -> None:
    rows = csv_rows(ana.get("/challenges.csv"))
    assert rows[0]["Challenge"] == TOP
    board = next(row for row in rows if row["Storyboard"] == OPEN)
    assert board["Serves the challenge"] == TOP
    assert board["Linked to a customer"] == "yes"
    assert board["Expected"]
    assert board["To be checked on"]


def test_a_leader_ties_an_areas_challenge(app: Flask, cast: Cast, dev: Client, ana: Client, give: Give) -> None:
    number = give("desk", "Nobody rings twice")
    assert "/serving" not in ana.get("/challenges/service-desk").text
    assert f"/challenges/{number}/serving" in dev.get("/challenges/service-desk").text
    assert TOP in dev.get(f"/challenges/{number}/serving").text
    form = {"serves_id": cast.area_challenge}
    assert dev.post(f"/challenges/{number}/serving", form).location == "/challenges/service-desk"
    assert "Nobody rings twice" in dev.get("/challenges").text
    refused = dev.post(f"/challenges/{number}/serving", {"serves_id": number})
    assert refused.status_code == 422
    dev.post(f"/challenges/{number}/serving", {"serves_id": ""})
    assert "Nobody rings twice" not in dev.get("/challenges").text


def test_a_new_direction_can_serve_one_further_up_and_no_other(cast: Cast, dev: Client, give: Give) -> None:
    aside = give("finance", "Every invoice is right")
    path = f"/areas/{cast.areas['desk']}/challenges"
    page = dev.get(f"{path}/new").text
    assert TOP in page
    assert "Every invoice is right" not in page
    given = {"statement": "Nobody rings twice", "serves_id": cast.area_challenge}
    assert dev.post(path, {"once": str(uuid4()), **given}).status_code == 303
    assert dev.post(path, {"once": str(uuid4()), **given, "serves_id": aside}).status_code == 422


def test_areas_that_changed_places_cannot_close_a_ring(app: Flask, cast: Cast, dev: Client, give: Give) -> None:
    upper = give("services", "Nobody waits for a person")
    lower = give("desk", "Nobody rings twice", serves=upper)
    with app.app_context():
        db.session.get_one(Area, cast.areas["desk"]).parent_id = cast.areas["house"]
        db.session.get_one(Area, cast.areas["services"]).parent_id = cast.areas["desk"]
        db.session.commit()
        with pytest.raises(DomainError, match="serves this challenge already"):
            tie(db.session.get_one(Challenge, upper), lower, by=cast["dev"].id)


def test_a_leader_starts_a_board_of_their_own_that_serves_the_areas_challenge(
    app: Flask, cast: Cast, dev: Client, ana: Client
) -> None:
    assert "Start that team" in dev.get("/challenges").text, "a storyboard belongs to a team"
    with app.app_context():
        team = Team(name="Leaders", slug="leaders", area_id=cast.areas["house"])
        db.session.add(team)
        db.session.flush()
        db.session.add(Membership(team_id=team.id, person_id=cast["dev"].id, role="member"))
        db.session.commit()
        number = team.id
    start = f"/boards/new?serves={cast.area_challenge}"
    assert start in dev.get("/challenges").text
    assert start not in ana.get("/challenges").text
    assert f'value="{cast.area_challenge}"' in dev.get(start).text
    form = {
        "once": str(uuid4()),
        "team_id": number,
        "focus_process": "Answering barriers",
        "learner_id": cast["dev"].id,
    }
    editor = dev.post("/boards", {**form, "serves": cast.area_challenge}).location
    assert editor.endswith(f"/challenge/edit?serves={cast.area_challenge}")
    page = dev.get(editor).text
    assert f'<option selected value="{cast.area_challenge}"' in page
    board = editor.split("/challenge")[0]
    stated = {"statement": "Nobody waits for an answer.", "serves_id": cast.area_challenge, "version": ""}
    assert dev.post(f"{board}/challenge", stated).status_code == 303
    for path in ("/challenges", "/teams?area=northfield", f"/people/{cast['dev'].id}"):
        assert "Answering barriers" in ana.get(path).text, "open to all teams beneath"
    assert "a leader’s own" in ana.get("/challenges").text


def test_who_leads_no_more_is_no_leader_here(app: Flask, cast: Cast, ana: Client, dev: Client) -> None:
    with app.app_context():
        db.session.get_one(AreaLeader, cast.office).ended_at = clock.now()
        db.session.commit()
    assert "nobody leads Northfield itself" in ana.get("/challenges").text
    assert "Leaders practise" not in dev.get("/challenges").text


def test_statements_stay_few_and_flat(
    cast: Cast, as_: SignIn, statements: Counting, many: Callable[[int], None]
) -> None:
    clients = {name: as_(name) for name in ("dev", "ana", "root")}

    def count() -> dict[tuple[str, str], int]:
        found = {}
        for path in ("/challenges", "/challenges/service-desk", "/challenges?only=untied"):
            for name, client in clients.items():
                with statements() as asked:
                    assert client.get(path).status_code == 200
                found[name, path] = len(asked)
        return found

    count()  # what is asked at somebody's first look alone
    few = count()
    many(200)
    assert count() == few
    assert max(few.values()) <= 12
