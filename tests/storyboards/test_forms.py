"""Bad input, form by form: the field's own message, and what was typed is still there. Nothing else is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from markupsafe import escape

from kata.activity.models import Activity
from kata.extensions import db
from kata.storyboards.models import Challenge, Experiment, Obstacle, Storyboard, TargetCondition
from tests.cast import Cast
from tests.client import form_fields
from tests.conftest import SignIn

TOO_LONG = "This is longer than"


@dataclass(frozen=True)
class Form:
    """A form of the room: the page it stands on, where it posts to, and an accepted filling."""

    page: str
    action: str
    good: dict[str, str]
    root: str = ""
    swaps: tuple[str, ...] = ()
    prepare: str = ""
    texts: tuple[tuple[str, int], ...] = field(default=())

    def at(self, cast: Cast) -> tuple[str, str]:
        names = {"board": cast.board.path, **vars(cast.board)}
        return self.page.format(**names), self.action.format(**names)


PLAN = {"step": "Ask at one", "expectation": "Eight of ten."}
FORMS = {
    "challenge": Form(
        "{board}/challenge/edit",
        "{board}/challenge",
        {"statement": "Nobody waits."},
        "challenge",
        ("head", "challenge"),
        texts=(("statement", 2000), ("moment", 160)),
    ),
    "condition": Form(
        "{board}/conditions/new",
        "{board}/conditions",
        {"facts": "Seven of ten wait."},
        "actual",
        ("head", "actual"),
        texts=(("facts", 10_000), ("steps-0-name", 120), ("steps-0-note", 300)),
    ),
    "target condition": Form(
        "/targets/{target}/edit",
        "/targets/{target}",
        {"pattern": "At once."},
        "target",
        ("head", "target", "actual"),
        texts=(("pattern", 4000),),
    ),
    "next target condition": Form(
        "{board}/targets/new",
        "{board}/targets",
        {"pattern": "At once.", "achieve_by": "2026-07-01", "aims-0-to_value": "95", "aims-1-to_value": "4"},
        "target",
        ("head", "target", "actual", "obstacles", "record"),
        prepare="afresh",
        texts=(("pattern", 4000),),
    ),
    "reflection": Form(
        "/targets/{target}/ending",
        "/targets/{target}/ending",
        {"status": "achieved", "reflection": "Noon is lunch."},
        "target",
        ("head", "target", "actual", "obstacles", "record"),
        prepare="nothing open",
        texts=(("reflection", 10_000),),
    ),
    "obstacle": Form(
        "{board}/obstacles/new",
        "{board}/obstacles",
        {"text": "The list is long"},
        "obstacle-new",
        ("obstacles",),
        texts=(("text", 400),),
    ),
    "better words": Form(
        "/obstacles/{waiting}/edit",
        "/obstacles/{waiting}",
        {"text": "No name on it"},
        "obstacle-{waiting}",
        ("obstacles",),
        texts=(("text", 400),),
    ),
    "obstacle gone": Form(
        "/obstacles/{waiting}/ending",
        "/obstacles/{waiting}/ending",
        {"status": "removed", "note": "She decides."},
        "obstacle-{waiting}",
        ("obstacles",),
        texts=(("note", 300),),
    ),
    "plan": Form(
        "{board}/experiments/new",
        "{board}/experiments",
        PLAN,
        "experiment-next",
        ("head", "obstacles", "record"),
        prepare="nothing open",
        texts=(("step", 2000), ("expectation", 4000)),
    ),
    "another plan": Form(
        "/experiments/{running}/edit",
        "/experiments/{running}",
        PLAN,
        "experiment-{running}",
        ("head", "obstacles", "record"),
        texts=(("step", 2000), ("expectation", 4000)),
    ),
    "conclusion": Form(
        "/experiments/{running}/conclusion",
        "/experiments/{running}/conclusion",
        {"happened": "Nine of ten.", "learned": "One is right."},
        "experiment-{running}",
        ("head", "obstacles", "record"),
        texts=(("happened", 10_000), ("learned", 10_000)),
    ),
    "setting aside": Form(
        "/experiments/{running}/setting-aside",
        "/experiments/{running}/setting-aside",
        {"reason": "She is ill."},
        "experiment-{running}",
        ("head", "obstacles", "record"),
        texts=(("reason", 500),),
    ),
    "amendment": Form(
        "/experiments/{concluded}",
        "/experiments/{concluded}/amendments",
        {"field": "learned", "words": "Twice is enough."},
        "amendment",
        texts=(("words", 10_000),),
    ),
    "the board itself": Form(
        "{board}/edit", "{board}", {"focus_process": "Granting access at once"}, texts=(("focus_process", 160),)
    ),
    "new board": Form(
        "/boards/new", "/boards", {"focus_process": "Paying travel costs"}, texts=(("focus_process", 160),)
    ),
    "ending the board": Form(
        "{board}/ending",
        "{board}/ending",
        {"reflection": "Ask at noon."},
        prepare="nothing active",
        texts=(("reflection", 10_000),),
    ),
}
SWAPPED = [name for name, form in FORMS.items() if form.root]
TEXTS = [(name, text, limit) for name, form in FORMS.items() for text, limit in form.texts]
REQUIRED = {
    "challenge": ("statement", "Say in a sentence"),
    "condition": ("facts", "facts and numbers"),
    "target condition": ("pattern", "Describe how the process runs"),
    "next target condition": ("achieve_by", "it will not move"),
    "reflection": ("reflection", "Write what this target condition taught"),
    "obstacle": ("text", "Write what stands in the way"),
    "better words": ("text", "Write what stands in the way"),
    "plan": ("step", "Write the one step"),
    "another plan": ("step", "Write the one step"),
    "conclusion": ("happened", "Write what you saw and counted"),
    "setting aside": ("reason", "Say in a few words why"),
    "amendment": ("words", "Write how it should read"),
    "the board itself": ("focus_process", "Name the process"),
    "new board": ("focus_process", "Name the process"),
    "ending the board": ("reflection", "that is what stays"),
}


def sending(cast: Cast, as_: SignIn, name: str, *, htmx: bool = False, lint: bool = False, **typed: str) -> Any:
    """Open the form as ana, fill it well but for ``typed``, and send it; ``lint`` reads the answer critically."""
    form = FORMS[name]
    client = as_("ana")
    client.lint = False
    steps = ["nothing open", "nothing active", "afresh"]
    for step in steps[: steps.index(form.prepare) + 1] if form.prepare else []:
        if step == "nothing open":
            client.fill_in(f"/experiments/{cast.board.running}/setting-aside", reason="Over.")
        elif step == "nothing active":
            client.fill_in(f"/targets/{cast.board.target}/ending", status="left", reflection="Over.")
        else:
            page = f"{cast.board.path}/conditions/new"
            client.fill_in(page, f"{cast.board.path}/conditions", facts="Seven of ten wait.")
    page, action = form.at(cast)
    fields = {**form_fields(client.get(page).text, action), **form.good, **typed}
    client.lint = lint
    return client.post(action, fields, htmx=htmx)


def events(app: Flask) -> int:
    """How many things have happened on boards so far."""
    with app.app_context():
        query = sa.select(sa.func.count()).select_from(Activity).where(Activity.board_id.is_not(None))
        return int(db.session.scalar(query) or 0)


@pytest.mark.parametrize("name", FORMS)
def test_a_plain_form_saves_and_leads_on(cast: Cast, as_: SignIn, name: str) -> None:
    answer = sending(cast, as_, name, lint=True)
    assert answer.status_code == 303
    assert answer.location.startswith(("/boards/", "/experiments/"))
    assert as_("ana").get(answer.location).status_code == 200


@pytest.mark.parametrize("name", [name for name in SWAPPED if FORMS[name].swaps])
def test_htmx_gets_the_sheets_that_changed_and_the_word_saved(cast: Cast, as_: SignIn, name: str) -> None:
    answer = sending(cast, as_, name, htmx=True, lint=True)
    assert answer.status_code == 200
    for part in (*FORMS[name].swaps, "saved"):
        assert f'<hx-partial id="{part}"' in answer.text, part
    assert "kata:saved" in answer.headers["HX-Trigger"]


@pytest.mark.parametrize("name", REQUIRED)
def test_what_is_missing_is_said_at_its_field(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    missing, sentence = REQUIRED[name]
    answer = sending(cast, as_, name, lint=True, **{missing: "" if missing == "achieve_by" else " "})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    for key, value in FORMS[name].good.items():
        if key not in {missing, "status", "field"}:
            assert str(escape(value)) in answer.text


@pytest.mark.parametrize("name", SWAPPED)
def test_htmx_gets_the_editor_again_with_its_message(cast: Cast, as_: SignIn, name: str) -> None:
    key, limit = FORMS[name].texts[0]
    answer = sending(cast, as_, name, htmx=True, lint=True, **{key: "x" * (limit + 1)})
    assert answer.status_code == 422
    root = FORMS[name].root.format(**vars(cast.board))
    assert answer.text.startswith(f'<hx-partial id="{root}"')
    assert f'id="{root}"' in answer.text.split(">", 1)[1][:200]
    assert TOO_LONG in answer.text


@pytest.mark.parametrize(("name", "key", "limit"), TEXTS)
def test_a_text_that_is_too_long_is_kept_to_be_shortened(
    cast: Cast, as_: SignIn, name: str, key: str, limit: int
) -> None:
    typed = ("word " * limit)[: limit + 1].strip() + "yz"
    answer = sending(cast, as_, name, **{key: typed})
    assert answer.status_code == 422
    assert f"{TOO_LONG} {limit} characters" in answer.text
    assert typed in answer.text


DATES = [
    ("challenge", "by_date"),
    ("condition", "as_of"),
    ("next target condition", "achieve_by"),
    ("another plan", "check_on"),
    ("conclusion", "happened_on"),
]


@pytest.mark.parametrize(("name", "key"), DATES)
def test_a_day_that_is_none_is_said_and_kept(cast: Cast, as_: SignIn, name: str, key: str) -> None:
    for typed, sentence in (("tomorrow", "not a day"), ("2026-02-30", "not a day"), ("0026-06-01", "mistyped")):
        answer = sending(cast, as_, name, **{key: typed}) if typed == "tomorrow" else again(as_, cast, name, key, typed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{typed}"' in answer.text


def again(as_: SignIn, cast: Cast, name: str, key: str, typed: str) -> Any:
    """Send the form once more, from a page that is prepared already."""
    page, action = FORMS[name].at(cast)
    client = as_("ana")
    client.lint = False
    return client.post(action, {**form_fields(client.get(page).text, action), **FORMS[name].good, key: typed})


@pytest.mark.parametrize(("name", "key"), [("conclusion", "happened_on"), ("condition", "as_of")])
def test_a_day_that_lies_ahead_is_not_one_of_looking(cast: Cast, as_: SignIn, name: str, key: str) -> None:
    answer = sending(cast, as_, name, **{key: "2026-06-04"})
    assert answer.status_code == 422
    assert "cannot lie ahead" in answer.text


@pytest.mark.parametrize(
    ("typed", "status"), [("a few", 422), ("1e999", 422), ("nan", 422), ("3,5", 303), ("−3.5", 303), ("1 200", 303)]
)
def test_a_number_is_read_as_people_write_it(cast: Cast, as_: SignIn, typed: str, status: int) -> None:
    answer = sending(cast, as_, "conclusion", happened_value=typed)
    assert answer.status_code == status
    if status == 422:
        assert typed in answer.text
        assert "Nine of ten." in answer.text


FOREIGN = [
    ("challenge", "measure_id", "other measure"),
    ("challenge", "serves_id", "own challenge"),
    ("target condition", "aims-0-measure_id", "other measure"),
    ("another plan", "measure_id", "other measure"),
    ("the board itself", "learner_id", "eve"),
    ("new board", "learner_id", "eve"),
    ("new board", "team_id", "other team"),
    ("the board itself", "coach_id", "fay"),
]


@pytest.mark.parametrize(("name", "key", "whose"), FOREIGN)
def test_an_id_that_was_not_offered_is_refused(
    app: Flask, cast: Cast, as_: SignIn, name: str, key: str, whose: str
) -> None:
    ids = {
        "other measure": cast.measures["other"],
        "own challenge": cast.board.challenge,
        "other team": cast.teams["invoices"],
        "eve": cast["eve"].id,
        "fay": cast["fay"].id,
    }
    before = events(app)
    for typed in (str(ids[whose]), "424242", "abc"):
        answer = sending(cast, as_, name, **{key: typed, "expected_value": "1", "aims-0-to_value": "1"})
        assert answer.status_code == 422, typed
        assert 'class="error"' in answer.text
    assert events(app) == before


@pytest.mark.parametrize("name", ["obstacle", "plan", "condition", "next target condition", "amendment", "new board"])
def test_sending_twice_makes_one(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    once = {"once": "the same submission"}
    assert sending(cast, as_, name, **once).status_code == 303
    before = events(app)
    _page, action = FORMS[name].at(cast)
    client = as_("ana")
    fields = {"csrf_token": client.csrf_token(), "version": "1", **FORMS[name].good, **once}
    if name == "new board":
        fields |= {"team_id": str(cast.teams["access"]), "learner_id": str(cast["ana"].id)}
    if name == "condition":
        fields |= {"as_of": "2026-06-03", "version": "2"}
    assert client.post(action, fields).status_code == 303
    assert events(app) == before


@pytest.mark.parametrize("name", ["better words", "challenge", "target condition", "another plan", "conclusion"])
def test_the_same_edit_twice_is_saved_once_and_is_no_conflict(app: Flask, cast: Cast, as_: SignIn, name: str) -> None:
    page, action = FORMS[name].at(cast)
    client = as_("ana")
    fields = form_fields(client.get(page).text, action) | FORMS[name].good
    assert client.post(action, fields).status_code == 303
    before = events(app)
    assert client.post(action, fields).status_code == 303
    assert events(app) == before


def test_a_measure_without_a_wanted_value_is_refused_and_kept(cast: Cast, as_: SignIn) -> None:
    answer = sending(cast, as_, "target condition", htmx=True, **{"aims-0-to_value": ""})
    assert answer.status_code == 422
    assert "Say which value you want." in answer.text


def test_a_measure_that_stands_there_twice_is_said(cast: Cast, as_: SignIn) -> None:
    twice = str(cast.measures["outcome"])
    answer = sending(cast, as_, "target condition", **{"aims-0-measure_id": twice, "aims-1-measure_id": twice})
    assert answer.status_code == 422
    assert "A measure stands here twice" in answer.text


EXTRA = {"id": "99", "board_id": "4", "team_id": "2", "status": "focus", "version_id": "9", "created_at": "1999-01-01"}


def test_fields_that_no_form_has_change_nothing(app: Flask, cast: Cast, as_: SignIn) -> None:
    extra = {**EXTRA, "target_id": "5", "practice": "y", "closed": "y", "ended_at": "2026-01-01", "number": "77"}
    for name in ("challenge", "target condition", "obstacle", "better words", "another plan", "the board itself"):
        assert sending(cast, as_, name, **extra).status_code == 303, name
    with app.app_context():
        board = db.session.get_one(Storyboard, cast.board.id)
        assert (board.team_id, board.closed, board.practice) == (cast.teams["access"], False, False)
        obstacles = db.session.scalars(sa.select(Obstacle).where(Obstacle.target_id == cast.board.target))
        assert [each.status for each in obstacles].count("focus") == 1
        assert db.session.get_one(Experiment, cast.board.running).number == 3
        assert db.session.get_one(TargetCondition, cast.board.target).status == "active"
        assert db.session.get_one(Challenge, cast.board.challenge).area_id is None
