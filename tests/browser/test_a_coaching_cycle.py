"""A whole coaching cycle as people hold it: at a tablet, by keyboard, watched on the wall and by the second coach."""

from __future__ import annotations

from statistics import median
from time import monotonic
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from kata.coaching.models import CoachingCycle, Instruction
from kata.extensions import db
from kata.storyboards.models import Experiment, Storyboard
from kata.teams.models import Membership
from tests.browser.conftest import Look, PageOf, in_both_themes
from tests.browser.hands import PHONE, expect_focus_kept, press, reach, ready, saved, visit, without_connection, write
from tests.cast import NOW, Cast
from tests.cast_coaching import INSTRUCTION
from tests.conftest import SignIn

TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}}
#: So soon a wall shows where the coach is.
FOLLOWS_WITHIN = 2.0


@pytest.fixture
def nothing_open(app: Flask, cast: Cast) -> None:
    """Ana's board is ready for the next step."""
    with app.app_context():
        db.session.get_one(Experiment, cast.board.running).set_aside("For the test.")
        db.session.commit()


@pytest.fixture
def begun(app: Flask, cast: Cast) -> int:
    """A cycle that ben has just begun with ana."""
    with app.app_context():
        cycle = CoachingCycle(
            board_id=cast.board.id, learner_id=cast["ana"].id, coach_id=cast["ben"].id, held_on=NOW.date()
        )
        db.session.add(cycle)
        db.session.commit()
        return int(cycle.id)


def guide(cast: Cast) -> str:
    return f"{cast.board.path}/coach"


def stands(page: Page, place: str) -> None:
    """Wait until the guide is there."""
    expect(page.locator(f"#guide[data-at='{place}']")).to_be_visible()


def at(page: Page, place: str) -> None:
    """Wait until the guide has turned there; a person at the keyboard goes on from the question."""
    stands(page, place)
    expect_focus_kept(page)


def turn(page: Page, to: str) -> None:
    """The way on, by its letter."""
    page.locator("#asked").focus()
    page.keyboard.press("n")
    at(page, to)


@pytest.mark.usefixtures("nothing_open")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_whole_cycle_by_keyboard_alone(theme: Any, cast: Cast, page_of: PageOf, expect_accessible: Look) -> None:
    page = visit(page_of("ben", **TABLET, color_scheme=theme), cast.board.path)
    press(page, f"main a[href='{guide(cast)}']")
    page.wait_for_url(f"**{guide(cast)}")
    expect_accessible(ready(page))
    press(page, "main form button")
    stands(page, "target")
    ready(page)
    for place, note in [("target", "Says it by heart"), ("actual", "“I think most”"), ("last", "Two came back")]:
        stands(page, place)
        expect_accessible(page)
        write(page, "words", note)
        page.keyboard.press("Control+Enter")
    at(page, "obstacles")
    expect_accessible(page)
    write(page, "words", "The form tempts")
    press(page, "button[name=threshold]")
    at(page, "next")
    expect(page.locator(".threshold-note")).to_contain_text("Obstacles")
    expect_accessible(page)
    write(page, "step", "Ask the approvers at noon")
    write(page, "expectation", "Six of nine are decided by one.")
    page.keyboard.press("Control+Enter")
    at(page, "see")
    saved(page)
    expect(page.locator("#record")).to_contain_text("Ask the approvers at noon")
    expect_accessible(page)
    press(page, "#guide .step-plan button[type=submit]")
    at(page, "closing")
    expect_accessible(page)
    write(page, "feedback", "You counted before you looked.")
    write(page, "practice", "Wait five seconds.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/cycles/*")
    expect_accessible(ready(page))
    for words in ("Says it by heart", "“I think most”", "Ask the approvers at noon", "You counted before", "Wait five"):
        expect(page.locator("main")).to_contain_text(words)


def test_ben_coaches_the_wall_follows_cleo_leaves_an_instruction_that_meets_him_in_the_next_cycle(
    cast: Cast, page_of: PageOf
) -> None:
    wall = visit(page_of("ana", viewport={"width": 1920, "height": 1080}), f"{cast.board.path}/wall")
    ben = visit(page_of("ben", **TABLET), guide(cast))
    ben.get_by_role("button", name="Begin the cycle").click()
    stands(ben, "target")
    ready(ben)
    cleo = visit(page_of("cleo", **PHONE), cast.board.path)
    cleo.get_by_role("link", name="Cycles", exact=True).click()
    cleo.get_by_role("link", name="Observe").click()
    ready(cleo)
    expect(wall.locator("#coaching")).to_contain_text("How should the process run, and by when?")
    _told_while_ben_moves_on(ben, cleo)
    waits = [_shown_after(ben, wall, *move) for move in (("last", "teach you"), ("obstacles", "Which one"))]
    waits.append(_shown_after(ben, wall, "next", "What do you expect"))
    assert median(waits) <= FOLLOWS_WITHIN, f"the wall followed after {waits} seconds"
    ben.get_by_role("button", name="Feedback", exact=True).click()
    ben.get_by_label("Feedback").fill("You counted.")
    ben.get_by_role("button", name="End the cycle").click()
    ben.wait_for_url("**/cycles/*")
    expect(ben.locator(".instructions")).to_contain_text("Ask by when, and wait.")
    expect(wall.locator("#coaching")).to_be_hidden()
    _meets_him_in_the_next(ben, cast)


def _told_while_ben_moves_on(ben: Page, cleo: Page) -> None:
    """Cleo writes while ben turns to the next question: the mark moves, the words stay."""
    expect(cleo.locator("#observation-target .here-now")).to_be_visible()
    field = cleo.locator("#observation-target [name=coach_said]")
    field.fill("Isn’t it Friday")
    field.press_sequentially(", th")
    ben.locator("#asked").focus()
    ben.keyboard.press("n")
    at(ben, "actual")
    expect(cleo.locator("#observation-actual .here-now")).to_be_visible()
    expect(cleo.locator("#observation-target .here-now")).to_be_hidden()
    expect(field).to_be_focused()
    field.press_sequentially("en?")
    expect(field).to_have_value("Isn’t it Friday, then?")
    cleo.locator("#observation-target").get_by_role("button", name="Save").click()
    saved(cleo)
    expect(cleo.locator("#observation-target")).to_contain_text("Kept")
    told = cleo.locator("#instruction")
    told.get_by_text("Target", exact=True).click()
    told.locator("[name=trigger]").fill("When you hear “soon”")
    told.locator("[name=words]").fill("Ask by when, and wait.")
    told.get_by_role("button", name="Give it to Ben").click()
    expect(told).to_contain_text("Given on")


def _shown_after(ben: Page, wall: Page, place: str, words: str) -> float:
    turn(ben, place)
    moved = monotonic()
    expect(wall.locator("#coaching .now")).to_contain_text(words)
    return monotonic() - moved


def _meets_him_in_the_next(ben: Page, cast: Cast) -> None:
    visit(ben, guide(cast))
    ben.get_by_role("button", name="Begin the cycle").click()
    stands(ben, "target")
    ready(ben)
    expect(ben.locator("#guide .told")).to_have_count(1)
    expect(ben.locator("#guide .told")).to_contain_text("When you hear “soon”")
    turn(ben, "actual")
    expect(ben.locator("#guide .told")).to_have_count(1)
    expect(ben.locator("#guide .told")).to_contain_text(INSTRUCTION)
    turn(ben, "last")
    expect(ben.locator("#guide .told")).to_have_count(0)
    ben.get_by_role("button", name="Target").click()
    at(ben, "target")
    ben.locator("#guide .told").get_by_role("button", name="A habit now").click()
    expect(ben.locator("#guide .told")).to_have_count(0)


@pytest.mark.usefixtures("begun")
def test_a_note_typed_without_connection_is_kept_and_sent_again(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ben", **TABLET), guide(cast))
    page.locator("#guide [name=words]").fill("Typed in the lift")
    with without_connection(page):
        page.get_by_role("button", name="Next question").click()
        expect(page.locator("#problem")).to_contain_text("There is no connection to the server.")
        expect(page.locator("#problem")).to_contain_text("Your text is kept in this browser.")
        expect(page.locator("#guide [name=words]")).to_have_value("Typed in the lift")
    page.locator("#problem").get_by_role("button", name="Try again").click()
    at(page, "actual")
    page.get_by_role("button", name="Target").click()
    at(page, "target")
    expect(page.locator("#guide [name=words]")).to_have_value("Typed in the lift")


@pytest.mark.usefixtures("begun")
def test_a_tab_that_was_closed_brings_the_note_back(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ben", **TABLET), guide(cast))
    page.locator("#guide [name=words]").fill("The lid was closed here")
    page.wait_for_timeout(400)  # drafts wait for a pause in typing
    other = visit(page.context.new_page(), guide(cast))
    page.close()
    expect(other.locator("#guide [name=words]")).to_have_value("The lid was closed here")


@pytest.mark.usefixtures("begun")
def test_a_coach_whose_role_has_ended_keeps_what_was_typed(app: Flask, cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ben", **TABLET), guide(cast))
    page.locator("#guide [name=words]").fill("Half a sentence")
    with app.app_context():
        db.session.execute(sa.update(Membership).where(Membership.person_id == cast["ben"].id).values(ended_at=NOW))
        db.session.execute(sa.update(Storyboard).where(Storyboard.coach_id == cast["ben"].id).values(coach_id=None))
        db.session.commit()
    page.get_by_role("button", name="Next question").click()
    expect(page.locator("#problem")).not_to_be_empty()
    expect(page.locator("#guide [name=words]")).to_have_value("Half a sentence")
    kept = page.evaluate("Object.entries(localStorage).find(([key]) => key.includes('draft'))?.[1] ?? ''")
    assert "Half a sentence" in kept


def test_the_two_devices_of_a_coach_show_both_notes_at_their_question(
    begun: int, cast: Cast, page_of: PageOf, as_: SignIn, expect_accessible: Look
) -> None:
    page = visit(page_of("ben", **TABLET), guide(cast))
    page.locator("#guide [name=words]").fill("From the phone")
    as_("ben").post(f"/cycles/{begun}/turn", {"left": "target", "words": "From the tablet", "to": "obstacles"})
    page.get_by_role("button", name="Next question").click()
    expect(page.locator("#guide .conflict")).to_contain_text("From the tablet")
    at(page, "target")
    expect_accessible(page)
    page.locator("#guide [name=words]").fill("From both")
    page.get_by_role("button", name="Next question").click()
    at(page, "actual")
    page.get_by_role("button", name="Target").click()
    at(page, "target")
    expect(page.locator("#guide [name=words]")).to_have_value("From both")


def test_a_second_coach_watches_by_keyboard(begun: int, page_of: PageOf, expect_accessible: Look) -> None:
    page = visit(page_of("cleo", **TABLET), f"/cycles/{begun}/observation")
    reach(page, "#observation-actual [name=coach_said]")
    page.keyboard.type("How many?")
    reach(page, "#observation-actual [name=learner_said]")
    page.keyboard.type("Four of nine.")
    page.keyboard.press("Control+Enter")
    saved(page)
    reach(page, "#instruction [name=question]")
    page.keyboard.press("Space")
    write(page, "trigger", "When you hear “often”")
    page.keyboard.press("Tab")
    page.keyboard.type("Ask for the count.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#instruction")).to_contain_text("Given on")
    expect_accessible(page)


@pytest.fixture
def told_twice(app: Flask, cast: Cast) -> None:
    """Ben carries a second instruction for the question for which he has one."""
    with app.app_context():
        old = db.session.get_one(Instruction, cast.coached.instruction)
        cycle = CoachingCycle(
            board_id=cast.other.id, learner_id=cast["eve"].id, coach_id=old.coach_id, held_on=NOW.date()
        )
        cycle.end("held")
        db.session.add(cycle)
        db.session.flush()
        told = {"coach_id": old.coach_id, "by_id": old.by_id, "question": old.question}
        db.session.add(Instruction(cycle_id=cycle.id, trigger="When you hear “often”", words="Ask for it.", **told))
        db.session.commit()


@pytest.mark.usefixtures("told_twice")
def test_pages_of_a_cycle_are_accessible_and_fit_a_phone(begun: int, cast: Cast, page_of: PageOf) -> None:
    held, found = f"/cycles/{cast.coached.cycle}", list[str]()
    board = cast.board.path
    for name, paths in {
        "ben": (
            guide(cast),
            f"{board}/cycles",
            f"{board}/cycles/new",
            held,
            f"/cycles/{begun}",
            f"{cast.closed.path}/coach",
        ),
        "cleo": (f"/cycles/{begun}/observation", f"{held}/observation", f"{board}/cycles", held),
        "ana": (held, f"{held}/reflection", f"{board}/cycles"),
    }.items():
        page = page_of(name, **PHONE)
        for path in paths:
            visit(page, path)
            found += [f"{name} {path}: {line}" for line in in_both_themes(page)]
            beyond = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{name} {path}: {beyond} px beyond a phone's screen"] if beyond > 0 else []
    assert not found, "\n".join(found)
