"""The page of a person: their practice is shown to themselves and those who coach them now, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kata.coaching.models import CoachingCycle, CycleNote, ObservedLevel, Skill
from kata.coaching.pages import growth
from kata.coaching.queries import levels as level_queries
from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests.cast import NOW, TODAY, Cast
from tests.cast_coaching import COACH_SAID, EVIDENCE, INSTRUCTION, LEARNER_SAID, SAID
from tests.client import Client, csv_rows
from tests.coaching.practised import next_page, observe, practise, predict, write
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database
PEOPLE = ("fay", "ana", "gus", "ben", "cleo", "eve", "dev", "root")
PRIVATE = ("Growth by skill", "Prediction record", "Coaching cycles", *EVIDENCE.values(), *SAID.values(), "levels.csv")


@pytest.mark.parametrize("name", PEOPLE)
def test_the_learners_practice_is_for_her_and_her_coach(as_: SignIn, ana_path: str, name: str) -> None:
    page = as_(name).get(ana_path).text
    if name in {"ana", "ben"}:
        assert EVIDENCE["ana"] in page
        assert SAID["reflection"] in page
        assert "Newest: Advanced beginner." in page
    else:
        assert not [words for words in PRIVATE if words in page]
    assert "Granting access" in page  # her open storyboard, for everyone
    assert EVIDENCE["ben"] not in page
    assert not [words for words in (COACH_SAID, LEARNER_SAID, INSTRUCTION) if words in page]


@pytest.mark.parametrize("name", PEOPLE)
def test_the_coachs_growth_is_for_him_and_who_watches_him(as_: SignIn, cast: Cast, name: str) -> None:
    page = as_(name).get(f"/people/{cast['ben'].id}").text
    if name in {"ben", "cleo"}:
        assert EVIDENCE["ben"] in page
        assert "Follow up" in page
    else:
        assert not [words for words in PRIVATE if words in page]
    assert EVIDENCE["ana"] not in page
    assert SAID["reflection"] not in page


def test_the_second_coach_reads_nothing_of_the_coach_as_a_learner(app: Flask, as_: SignIn, cast: Cast) -> None:
    """Ben learns too, coached by somebody else; cleo only watches how he coaches."""

    def learn() -> None:
        board = Storyboard(
            team_id=cast.teams["access"],
            focus_process="Coaching",
            learner_id=cast["ben"].id,
            coach_id=cast["gus"].id,
        )
        db.session.add(board)
        db.session.flush()
        skill = db.session.get_one(Skill, cast.coached.skill)
        cycle = CoachingCycle(board_id=board.id, learner_id=cast["ben"].id, coach_id=cast["gus"].id, held_on=TODAY)
        db.session.add(cycle)
        db.session.flush()
        db.session.add(CycleNote(cycle_id=cycle.id, part="reflection", words="I talk too much."))
        db.session.add(
            ObservedLevel(
                person_id=cast["ben"].id,
                skill_id=skill.id,
                level=1,
                evidence="Guessed.",
                observed_on=TODAY,
                by_id=cast["gus"].id,
                cycle_id=cycle.id,
            )
        )

    write(app, learn)
    path = f"/people/{cast['ben'].id}"
    own, watched, coached = (as_(name).get(path).text for name in ("ben", "cleo", "gus"))
    assert "Guessed." in own
    assert EVIDENCE["ben"] in own
    assert "I talk too much." in own
    assert "Guessed." not in watched
    assert EVIDENCE["ben"] in watched
    assert "I talk too much." not in watched
    assert "Guessed." in coached
    assert EVIDENCE["ben"] not in coached
    assert "I talk too much." in coached
    for name, seen in (("ben", 2), ("cleo", 1), ("gus", 1)):
        assert len(csv_rows(as_(name).get(f"{path}/levels.csv"))) == seen
    assert csv_rows(as_("cleo").get(f"{path}/cycles.csv")) == []


def test_a_role_that_ends_ends_the_reading_at_the_next_request(app: Flask, as_: SignIn, cast: Cast) -> None:
    cleo, path = as_("cleo"), f"/people/{cast['ben'].id}"
    assert EVIDENCE["ben"] in cleo.get(path).text

    def stop_watching() -> None:
        for board in db.session.query(Storyboard).filter_by(second_coach_id=cast["cleo"].id):
            board.second_coach_id = None

    write(app, stop_watching)
    assert EVIDENCE["ben"] not in cleo.get(path).text
    assert [cleo.get(f"{path}/{file}").status_code for file in ("levels", "levels.csv", "cycles.csv")] == [404] * 3


@pytest.mark.parametrize("ending", ["ended", "archived"])
def test_the_coach_of_a_board_that_is_over_reads_no_more(
    app: Flask, as_: SignIn, cast: Cast, ana_path: str, ending: str
) -> None:
    ben = as_("ben")

    def end() -> None:
        for row in db.session.query(Membership).filter_by(person_id=cast["ben"].id):
            row.ended_at = NOW
        for board in db.session.query(Storyboard).filter_by(learner_id=cast["ana"].id):
            board.ended_on, board.archived_at = (TODAY, None) if ending == "ended" else (None, NOW)

    assert EVIDENCE["ana"] in ben.get(ana_path).text
    write(app, end)
    assert EVIDENCE["ana"] not in ben.get(ana_path).text
    assert EVIDENCE["ana"] in as_("ana").get(ana_path).text


def test_a_learner_who_left_the_team_still_reads_her_own(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    def leave() -> None:
        for row in db.session.query(Membership).filter_by(person_id=cast["ana"].id):
            row.ended_at = NOW

    write(app, leave)
    assert EVIDENCE["ana"] in as_("ana").get(ana_path).text


def test_somebody_without_practice_is_told_how_it_begins(as_: SignIn, cast: Cast) -> None:
    page = as_("fay").get(f"/people/{cast['fay'].id}").text
    assert "Nothing was observed yet." in page
    assert "Prediction record" not in page
    assert "Coaching cycles" not in page


def test_what_is_written_of_a_person_is_found_nowhere_else(as_: SignIn, cast: Cast) -> None:
    """History, search, lists and files of the board tell nothing of a level or a reflection, not even to her coach."""
    ben = as_("ben")
    paths = ["/", "/go?q=Predicted", "/boards", "/boards.csv", f"{cast.board.path}/history", cast.board.path]
    paths += [f"{cast.board.path}/history.csv", f"{cast.board.path}/experiments.csv", "/teams/access-requests"]
    for path in paths:
        assert EVIDENCE["ana"] not in ben.get(path).text, path


def test_growth_draws_the_newest_and_every_change_of_level(app: Flask, cast: Cast, in_app: Flask) -> None:
    days = [TODAY - timedelta(days=300 - n) for n in range(300)]
    observe(cast, [(day, None, 1 if n < 90 else 2 if n < 150 else 3) for n, day in enumerate(days)])
    found = level_queries.growth(cast["ana"].id, ["improvement"])
    mine = [row for row in found if row.skill == "Understand the direction"]
    assert [row.level for row in mine] == [1, 2, 3, *[3] * level_queries.NEWEST]
    assert mine[0].observed_on == days[0]
    assert [row.observed_on for row in mine] == sorted(row.observed_on for row in mine)


def test_growth_of_a_level_that_changes_all_the_time_is_drawn_from_its_newest_on(cast: Cast, in_app: Flask) -> None:
    days = [TODAY - timedelta(days=600 - n) for n in range(600)]
    observe(cast, [(day, None, 1 + (n // 3) % 2) for n, day in enumerate(days)])
    (kata,) = growth.grown(cast["ana"].id, ["improvement"], TODAY)
    first = kata.skills[0]
    assert (first.name, len(first.seen), first.chosen) == ("Understand the direction", growth.MOST, True)
    assert first.newest.row.observed_on == days[-3]


def test_every_point_says_level_evidence_who_and_when(as_: SignIn, cast: Cast, ana_path: str) -> None:
    page = as_("ana").get(ana_path).text
    row = page[page.index(f'id="level-{cast.coached.level}"') :].split("</tr>")[0]
    assert 'data-at="' in row
    for words in ("26 May 2026", "Advanced beginner", EVIDENCE["ana"], "Ben Okafor"):
        assert words in row


def test_all_observations_are_read_page_by_page(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    write(app, lambda: practise(cast, 40))
    ben, path, seen = as_("ben"), f"{ana_path}/levels", list[str]()
    while path:
        page = ben.get(path).text
        seen += [part.split('"')[0] for part in page.split('<tr id="level-')[1:]]
        path = next_page(page, f"{ana_path}/levels?before=")
    assert len(seen) == len(set(seen)) == 81


def test_cycles_are_read_page_by_page_in_the_order_in_which_they_were_held(
    app: Flask, as_: SignIn, cast: Cast, ana_path: str
) -> None:
    write(app, lambda: practise(cast, 25))

    def enter_late() -> None:  # entered last, held first
        first = db.session.query(CoachingCycle).order_by(CoachingCycle.id.desc()).first()
        assert first is not None
        first.held_on = TODAY - timedelta(days=400)

    write(app, enter_late)
    ana, path, seen = as_("ana"), ana_path, list[str]()
    while path:
        page = ana.get(path).text
        seen += [part.split('"')[0] for part in page.split('<li id="cycle-')[1:]]
        path = next_page(page, f"{ana_path}?before=")
    with app.app_context():
        query = db.session.query(CoachingCycle.id).order_by(CoachingCycle.held_on.desc(), CoachingCycle.id.desc())
        assert seen == [str(row.id) for row in query]


def test_each_list_keeps_the_place_of_the_other(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    write(app, lambda: (practise(cast, 25), predict(cast, [(5.0, 6.0)] * 30)))
    page = as_("ana").get(f"{ana_path}?before=2026-05-30.99&predicted=2026-06-02.9").text
    assert "predicted=2026-06-02.9#cycles" in page.replace("&amp;", "&")
    assert f'href="{ana_path}?before=2026-05-30.99&amp;predicted=' in page


@pytest.mark.parametrize("key", ["x", "2026-13-01.4", "2026-05-20", "2026-05-20.4.4", "2026-05-20.99999999999", "٢"])
def test_a_key_that_is_none_shows_the_newest(as_: SignIn, ana_path: str, key: str) -> None:
    ana = as_("ana")
    for path in (f"{ana_path}?before={key}", f"{ana_path}?predicted={key}", f"{ana_path}/levels?before={key}"):
        assert EVIDENCE["ana"] in ana.get(path).text


def test_a_cycle_leads_to_its_page_with_what_was_observed(as_: SignIn, cast: Cast, ana_path: str) -> None:
    page = as_("ben").get(ana_path).text
    cycle = page[page.index(f'id="cycle-{cast.coached.cycle}"') :].split("</li>\n    ")[0]
    assert f'href="/cycles/{cast.coached.cycle}"' in cycle
    assert SAID["reflection"] in cycle
    assert "Predict and learn: <b>Advanced beginner</b>" in cycle
    assert SAID["feedback"] not in page  # that stands on the cycle's own page


def test_what_people_wrote_is_shown_only_as_text(app: Flask, as_: SignIn, cast: Cast, ana_path: str) -> None:
    evil = "<script>alert(1)</script>"

    def write_it() -> None:
        db.session.query(CycleNote).filter_by(cycle_id=cast.coached.cycle, part="reflection").one().words = evil
        db.session.add(
            ObservedLevel(
                person_id=cast["ana"].id,
                skill_id=cast.coached.skill,
                level=5,
                evidence=evil,
                observed_on=TODAY,
                by_id=cast["ben"].id,
                cycle_id=cast.coached.cycle,
            )
        )

    write(app, write_it)
    ben = as_("ben")
    for path in (ana_path, f"{ana_path}/levels", f"{ana_path}/levels/new?cycle={cast.coached.cycle}"):
        page = ben.get(path).text
        assert "alert(1)" in page
        assert "<script>alert" not in page


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_the_page_costs_the_same_with_five_hundred_cycles(
    app: Flask, as_: SignIn, cast: Cast, ana_path: str, statements: Counting, name: str
) -> None:
    client: Client = as_(name)

    def cost() -> list[int]:
        found = []
        for path in (ana_path, f"{ana_path}/levels", f"{ana_path}/levels.csv", f"{ana_path}/cycles.csv"):
            with statements() as asked:
                assert client.get(path).status_code == 200
            found.append(len(asked))
        return found

    few = cost()
    write(app, lambda: (practise(cast, 500), predict(cast, [(5.0, 6.0)] * 200)))
    assert cost() == few
    assert max(few) <= 12, few
