"""Each team writes in its own language, and whoever searches finds the forms of a word in each of them."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from kata.extensions import db
from kata.learning import actions
from kata.storyboards.models import Obstacle
from kata.teams.models import Team
from tests.cast import Cast
from tests.client import form_fields
from tests.conftest import Counting, SignIn
from tests.learning.conftest import Find, marked, results

pytestmark = pytest.mark.database

EDIT = "/teams/access-requests/edit"


def _write(app: Flask, cast: Cast, words: str) -> str:
    with app.app_context():
        db.session.get_one(Obstacle, cast.board.waiting).reword(words)
        db.session.commit()
    return f"{cast.board.path}#obstacles"


def _speak(app: Flask, cast: Cast, language: str) -> None:
    with app.app_context():
        db.session.get_one(Team, cast.teams["access"]).language = language
        db.session.commit()


@pytest.mark.parametrize(
    ("language", "words", "asked", "hit"),
    [
        ("de", "Die Anträge warten auf zwei Genehmigungen", "antrag genehmigung", ["Anträge", "Genehmigungen"]),
        ("fr", "Les demandes attendent deux approbations", "demander approbation", ["demandes", "approbations"]),
        ("es", "Los pedidos esperan dos aprobaciones", "pedido aprobación", ["pedidos", "aprobaciones"]),
        ("en", "The requests await two approvals", "requesting awaited", ["requests", "await"]),
        ("xx", "Ombi lasubiri idhini mbili", "idhini ombi", ["Ombi", "idhini"]),
    ],
)
def test_the_forms_of_a_word_are_found_and_marked_in_the_teams_language(
    cast: Cast, app: Flask, find: Find, language: str, words: str, asked: str, hit: list[str]
) -> None:
    _speak(app, cast, language)
    there = _write(app, cast, words)
    page = find("fay", asked)
    assert results(page) == [there]
    assert marked(page) == hit


def test_a_team_that_changes_its_language_is_found_by_its_forms_at_once(cast: Cast, app: Flask, find: Find) -> None:
    there = _write(app, cast, "Die Anträge warten auf zwei Genehmigungen")
    assert results(find("fay", "genehmigung zwei")) == []
    _speak(app, cast, "de")
    assert results(find("fay", "genehmigung zwei")) == [there]
    with app.app_context():
        before = _kept()
        actions.rebuild()
        assert _kept() == before


def test_one_search_reaches_teams_of_several_languages(cast: Cast, app: Flask, find: Find) -> None:
    _speak(app, cast, "fr")
    there = _write(app, cast, "Les demandes de badges attendent")
    with app.app_context():
        db.session.get_one(Obstacle, cast.other.waiting).reword("Each demand for a badge waits")
        db.session.commit()
    found = results(find("fay", "demande badge"))
    assert there in found
    assert f"{cast.other.path}#obstacles" in results(find("fay", "demands badge"))


def test_a_leader_chooses_the_language_of_a_team(cast: Cast, app: Flask, as_: SignIn, find: Find) -> None:
    there = _write(app, cast, "Die Anträge warten")
    dev = as_("dev")
    assert "en" in form_fields(dev.get(EDIT).text, EDIT)["language"]
    assert dev.fill_in(EDIT, language="de").status_code == 303
    with app.app_context():
        assert db.session.get_one(Team, cast.teams["access"]).language == "de"
    assert results(find("fay", "antrag")) == [there]
    wrong = dev.fill_in(EDIT, language="tlh")
    assert wrong.status_code == 422
    assert "Pick one of the languages in the list." in wrong.text


def test_a_save_asks_for_the_language_of_its_team_only_where_it_must(
    cast: Cast, as_: SignIn, statements: Counting
) -> None:
    ana, path = as_("ana"), f"/obstacles/{cast.board.waiting}"
    fields = form_fields(ana.get(f"{path}/edit").text, path)
    with statements() as asked:
        assert ana.post(path, {**fields, "text": "Requests name no system"}).status_code == 303
    assert not [each for each in asked if "SELECT team.language" in each]


def _kept() -> list[tuple[object, ...]]:
    from kata.learning.models import Learned
    from kata.learning.queries import engine

    words = engine.here()
    rows = db.session.execute(select(Learned.kind, Learned.subject_id, words.words).where(Learned.id == words.key))
    return sorted(tuple(row) for row in rows)
