"""A cycle's own page: every kind of reader gets what is theirs, and nobody else gets a word of it, by any way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from markupsafe import escape

from kata.activity.models import Activity
from kata.coaching.models import CoachingCycle, CoachingObservation, CycleNote, Instruction, ObservedLevel
from kata.extensions import db
from kata.storyboards.models import Storyboard
from kata.teams.models import Membership
from tests.cast import NOW, Cast
from tests.cast_coaching import COACH_SAID, EVIDENCE, INSTRUCTION, LEARNER_SAID, SAID, TRIGGER
from tests.conftest import Counting, SignIn

#: What was said between ben and ana; what ben keeps for himself and cleo; what cleo told him alone.
SHARED = {part: words for part, words in SAID.items() if part != "practice"} | {"ana's level": EVIDENCE["ana"]}
OWN = {"practice": SAID["practice"]}
TOLD = {"coach": COACH_SAID, "learner": LEARNER_SAID, "trigger": TRIGGER, "do": INSTRUCTION, "level": EVIDENCE["ben"]}
ALL = {**{f"said {key}": text for key, text in SHARED.items()}, **OWN, **TOLD}


def words_in(page: str, words: dict[str, str]) -> set[str]:
    """Which of the texts stand on the page."""
    return {name for name, text in words.items() if str(escape(text)) in page or text in page}


def path(cast: Cast) -> str:
    return f"/cycles/{cast.coached.cycle}"


def test_the_coach_reads_all_of_it(cast: Cast, as_: SignIn) -> None:
    assert words_in(as_("ben").get(path(cast)).text, ALL) == set(ALL)


def test_the_second_coach_reads_all_but_the_level_of_a_learner_whom_they_do_not_coach(cast: Cast, as_: SignIn) -> None:
    assert words_in(as_("cleo").get(path(cast)).text, ALL) == set(ALL) - {"said ana's level"}


def test_the_learner_reads_what_was_said_and_nothing_that_coaches_keep_among_themselves(
    cast: Cast, as_: SignIn
) -> None:
    page = as_("ana").get(path(cast)).text
    assert words_in(page, SHARED) == set(SHARED)
    assert words_in(page, {**OWN, **TOLD}) == set()


def test_another_coach_of_the_learner_reads_what_was_said(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        db.session.add(Membership(team_id=cast.teams["access"], person_id=cast["eve"].id, role="coach"))
        db.session.commit()
    page = as_("eve").get(path(cast)).text
    assert words_in(page, SHARED) == set(SHARED)
    assert words_in(page, {**OWN, **TOLD}) == set()


@pytest.mark.parametrize("name", ["gus", "fay", "eve", "dev", "root"])
def test_to_everybody_else_it_does_not_exist(name: str, cast: Cast, as_: SignIn) -> None:
    client = as_(name)
    for address in ("", "/reflection", "/observation", "/observation/pulse"):
        answer = client.get(path(cast) + address)
        assert answer.status_code == 404
        assert words_in(answer.text, ALL) == set()


def test_a_new_second_coach_reads_the_cycle_but_not_what_the_one_before_told_the_coach(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    with app.app_context():
        db.session.get_one(Storyboard, cast.board.id).second_coach_id = cast["dev"].id
        db.session.commit()
    page = as_("dev").get(path(cast)).text
    assert words_in(page, {**SHARED, **OWN}) == {*SHARED, *OWN} - {"ana's level"}
    assert words_in(page, TOLD) == {"level"}  # who coaches a coach reads at which level they were seen
    assert as_("cleo").get(path(cast)).status_code == 404


def test_who_took_the_cycle_over_reads_nothing_that_was_told_the_coach_before(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    with app.app_context():
        db.session.add(Membership(team_id=cast.teams["access"], person_id=cast["eve"].id, role="coach"))
        db.session.get_one(CoachingCycle, cast.coached.cycle).coach_id = cast["eve"].id
        db.session.commit()
    assert words_in(as_("eve").get(path(cast)).text, TOLD) == set()
    assert words_in(as_("ben").get(path(cast)).text, TOLD) == set(TOLD)  # they stay his
    assert as_("cleo").get(path(cast)).status_code == 404  # she coaches ben, not eve


def test_a_coach_whose_role_ended_reads_none_of_it_at_the_next_request(app: Flask, cast: Cast, as_: SignIn) -> None:
    ben = as_("ben")
    assert ben.get(path(cast)).status_code == 200
    with app.app_context():
        db.session.query(Membership).filter_by(person_id=cast["ben"].id).update({"ended_at": NOW})
        for board in db.session.query(Storyboard).filter_by(coach_id=cast["ben"].id):
            board.coach_id = None
        db.session.commit()
    assert ben.get(path(cast)).status_code == 404
    assert ben.get(f"/boards/{cast.board.id}/coach").status_code == 403
    assert words_in(ben.get(f"/boards/{cast.board.id}/cycles").text, ALL) == set()


@pytest.mark.parametrize("name", ["ana", "gus", "eve", "dev", "root"])
@pytest.mark.parametrize(
    "where", ["", "/history", "/history.csv", "/wall", "/cycles", "/experiments.csv", "?on=2026-05-28"]
)
def test_no_page_of_the_board_tells_what_coaches_keep_among_themselves(
    name: str, where: str, cast: Cast, as_: SignIn
) -> None:
    page = as_(name).get(cast.board.path + where).text
    assert words_in(page, {**OWN, **TOLD}) == set()
    if name != "ana":
        assert words_in(page, ALL) == set()


@pytest.mark.parametrize("name", ["ana", "gus", "ben", "root"])
def test_nobody_finds_words_of_a_cycle_by_searching(name: str, cast: Cast, as_: SignIn) -> None:
    for words in ("most", "Wait", "explain", "counted", "form, then"):
        answer = as_(name).get("/go", query_string={"q": words})
        assert words_in(answer.text, ALL) == set()


def test_what_was_refused_tells_nobody_what_stands_there(cast: Cast, as_: SignIn) -> None:
    ana, number = as_("ana"), cast.coached.cycle
    for address in ("observations/obstacles", "instruction", "closing", "turn"):
        answer = ana.post(f"/cycles/{number}/{address}", {"words": "x", "version": 99, "coach_said": "x"}, htmx=True)
        assert answer.status_code == 403
        assert words_in(answer.text, {**OWN, **TOLD}) == set()


def test_it_says_how_long_each_question_took_and_where_the_step_leads(cast: Cast, as_: SignIn) -> None:
    page = as_("ana").get(path(cast)).text
    assert page.count("3:00") == 3
    assert "18 minutes" in page
    assert f'href="/experiments/{cast.board.running}"' in page
    assert page.split("<dialog")[0].count("threshold of knowledge") == 1
    assert "/observation" not in page


def test_a_running_cycle_says_where_it_stands_and_leads_each_to_their_place(
    app: Flask, cast: Cast, as_: SignIn
) -> None:
    with app.app_context():
        cycle = db.session.get_one(CoachingCycle, cast.coached.cycle)
        cycle.status, cycle.ended_at, cycle.place, cycle.asked_at = "running", None, "actual", NOW
        db.session.commit()
    for name, link in (("ben", f"{cast.board.path}/coach"), ("cleo", f"{path(cast)}/observation")):
        page = as_(name).get(path(cast)).text
        assert "It is going on" in page
        assert f'href="{link}"' in page
    assert "/observation" not in as_("ana").get(path(cast)).text


def test_a_cycle_costs_the_same_with_ten_times_as_much_around_it(
    app: Flask, cast: Cast, as_: SignIn, statements: Counting
) -> None:
    ben = as_("ben")
    with statements() as few:
        ben.get(path(cast))
    with app.app_context():
        for number in range(40):
            made = CoachingCycle(
                board_id=cast.board.id, learner_id=cast["ana"].id, coach_id=cast["ben"].id,
                held_on=NOW.date() - timedelta(days=number), status="held", ended_at=NOW,
            )  # fmt: skip
            db.session.add(made)
            db.session.flush()
            told = {"cycle_id": made.id, "coach_id": cast["ben"].id, "by_id": cast["cleo"].id, "question": "see"}
            db.session.add(Instruction(trigger="When", words="Do", **told))
            here = {**told, "cycle_id": cast.coached.cycle, "question": f"q{number}"}
            db.session.add(CoachingObservation(coach_said="Said", **here))
            level = {"skill_id": cast.coached.skill, "level": 3, "evidence": "Saw", "observed_on": NOW.date()}
            seen = {"person_id": cast["ana"].id, "by_id": cast["ben"].id, "cycle_id": cast.coached.cycle}
            db.session.add(ObservedLevel(**level, **seen))
        db.session.commit()
    with statements() as many:
        ben.get(path(cast))
    assert len(many) == len(few) <= 12


# The learner's reflection -----------------------------------------------------------------------------------------


@pytest.fixture
def unwritten(app: Flask, cast: Cast) -> str:
    """The address of the cycle, on which ana has not looked back yet."""
    with app.app_context():
        db.session.query(CycleNote).filter_by(part="reflection").delete()
        db.session.commit()
    return path(cast)


def test_the_learner_looks_back_on_the_page_itself(unwritten: str, as_: SignIn) -> None:
    ana = as_("ana")
    answer = ana.fill_in(unwritten, f"{unwritten}/reflection", words="I count first now.", htmx=True)
    assert answer.status_code == 200
    assert "I count first now." in answer.text
    assert "I count first now." in as_("ben").get(unwritten).text
    assert f'action="{unwritten}/reflection"' not in ana.get(unwritten).text


def test_the_reflection_is_opened_and_cancelled_in_its_place(cast: Cast, as_: SignIn) -> None:
    ana = as_("ana")
    opened = ana.get(f"{path(cast)}/reflection", htmx=True).text
    assert "<textarea" in opened
    assert opened.count("<hx-partial") == 1
    cancelled = ana.get(path(cast), htmx=True).text
    assert "<textarea" not in cancelled
    assert SAID["reflection"] in cancelled
    assert SAID["practice"] not in cancelled
    assert "<textarea" in ana.get(f"{path(cast)}/reflection").text  # and without scripts, on the page


def test_without_scripts_the_reflection_is_written_as_well(unwritten: str, as_: SignIn) -> None:
    answer = as_("ana").fill_in(unwritten, f"{unwritten}/reflection", words="I count first now.")
    assert answer.status_code == 303
    assert answer.location == f"{unwritten}#reflection"


def test_nobody_else_is_offered_the_reflection(unwritten: str, as_: SignIn) -> None:
    for name in ("ben", "cleo"):
        assert f"{unwritten}/reflection" not in as_(name).get(unwritten).text


@pytest.mark.parametrize(("words", "said"), [(" ", "Write a word or two."), ("x" * 4001, "longer than 4000")])
def test_a_reflection_that_cannot_be_kept_stays_in_the_form(words: str, said: str, unwritten: str, as_: SignIn) -> None:
    for htmx in (True, False):
        answer = as_("ana").fill_in(unwritten, f"{unwritten}/reflection", words=words, htmx=htmx)
        assert answer.status_code == 422
        assert said in answer.text
        assert words in answer.text


def test_a_reflection_written_on_two_devices_shows_both_texts(cast: Cast, as_: SignIn) -> None:
    ana, address = as_("ana"), f"{path(cast)}/reflection"
    assert ana.post(address, {"words": "From the phone", "version": 1}, htmx=True).status_code == 200
    answer = ana.post(address, {"words": "From the desk", "version": 1}, htmx=True)
    assert answer.status_code == 409
    assert "From the phone" in answer.text
    assert "From the desk" in answer.text
    version = answer.text.split('name="version" value="')[1].split('"')[0]
    assert ana.post(address, {"words": "From both", "version": version}, htmx=True).status_code == 200


def test_a_reflection_is_recorded_without_the_board(cast: Cast, as_: SignIn, app: Flask) -> None:

    as_("ana").post(f"{path(cast)}/reflection", {"words": "Anew", "version": 1})
    with app.app_context():
        newest = db.session.query(Activity).order_by(Activity.id.desc()).first()
        assert newest is not None
        assert (newest.subject_type, newest.verb, newest.board_id) == ("cycle_note", "noted", None)
