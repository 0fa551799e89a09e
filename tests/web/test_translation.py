"""A translation reaches the reader: from the file that translators start with to words, scripts, numbers and days."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import Domain
from sqlalchemy.orm import joinedload

from kata.coaching.actions import calendars
from kata.extensions import db
from kata.identity.models import Person
from kata.measures import pictures
from kata.measures.models import Measure, Reading
from kata.web import language
from tests.cast import Cast
from tests.conftest import MakeApp, browser, sign_in

ROOT = Path(__file__).resolve().parents[2]
WORDS: dict[str | tuple[str, str], str | tuple[str, str]] = {
    "Storyboards": "Tafeln",  # in a template, and lazily in the navigation
    "Sign in": "Anmelden",
    "Try again": "Noch einmal",  # in a script
    "Row removed.": "Zeile </script> weg.",  # as it stands in a script's data, it must not end the script
    "Coaching cycles": "Coaching-Zyklen",  # in a calendar, which nobody signs in to read
    ("%(num)s person", "%(num)s people"): ("%(num)s Mensch", "%(num)s Leute"),
}


def test_the_file_that_translators_start_with_holds_every_word_of_today() -> None:
    looked = subprocess.run([ROOT / "bin/words", "--check"], capture_output=True, text=True, check=False)
    assert looked.stderr == ""
    assert looked.returncode == 0


def test_it_names_no_machine_and_no_day() -> None:
    text = (ROOT / "kata/translations/messages.pot").read_text(encoding="utf-8")
    places = {place.split("/")[0] for line in re.findall(r"(?m)^#: (.*)", text) for place in line.split()}
    assert places == {"kata", "templates", "static"}
    assert "Date:" not in text


@pytest.fixture
def german(make_app: MakeApp, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The app with a German catalogue of a few words, which ana reads."""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="de")
    for english, said in WORDS.items():
        catalogue.add(english, said)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    kept: dict[object, object] = {}  # or the catalogue would outlive this test
    monkeypatch.setattr(Domain, "get_translations_cache", lambda _domain, _context: kept)
    monkeypatch.setattr(language, "LOCALES", (*language.LOCALES, "de"))
    app = make_app(BABEL_TRANSLATION_DIRECTORIES=str(tmp_path))
    with app.app_context():
        db.session.get_one(Person, cast["ana"].id).language = "de"
        reading = db.session.get_one(Reading, cast.reading)
        reading.value = 1234.5
        pictures.refresh(db.session.get_one(Measure, reading.measure_id, options=[joinedload(Measure.team)]))
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_page_speaks_the_readers_language(german: Flask, cast: Cast) -> None:
    ana = sign_in(german, cast["ana"].id)
    page = ana.get("/boards").text
    assert '<html lang="de"' in page
    assert "<h1>Tafeln</h1>" in page
    assert "3 Leute" in ana.get("/teams").text
    assert "<h1>Storyboards</h1>" in sign_in(german, cast["ben"].id).get("/boards").text


def test_a_calendar_speaks_the_language_of_its_owner_whatever_asks_for_it(german: Flask, cast: Cast) -> None:
    with german.app_context():
        calendars.make(cast["ana"].id, "0123456789abcdefghijklmno")
        db.session.commit()
    reader = browser(german)
    file = reader.get("/calendar/0123456789abcdefghijklmno.ics", headers={"Accept-Language": "en"}).text
    assert "NAME:Coaching-Zyklen" in file
    assert "Coaching-Zyklen" not in reader.get("/sign-in", headers={"Accept-Language": "en"}).text


def test_numbers_and_days_follow_the_language(german: Flask, cast: Cast) -> None:
    page = sign_in(german, cast["ana"].id).get(f"/measures/{cast.measures['process']}").text
    assert "1.234,5" in page
    assert "27. Mai" in page


def test_the_scripts_find_their_words_in_the_page(german: Flask, cast: Cast) -> None:
    page = sign_in(german, cast["ana"].id).get("/").text
    found = re.search(r'<script type="application/json" id="words">(.*?)</script>', page)
    assert found
    words = json.loads(found[1])
    assert words["Try again"] == "Noch einmal"
    assert words["Row removed."] == "Zeile </script> weg."
    assert words["Sign in again"] == "Sign in again"  # not translated yet
    assert 'id="words"' not in sign_in(german, cast["ben"].id).get("/").text


def test_who_is_not_signed_in_is_answered_as_their_browser_asks(german: Flask, cast: Cast) -> None:
    page = browser(german).get("/sign-in", headers={"Accept-Language": "de-AT, de;q=0.9, en;q=0.5"}).text
    assert '<html lang="de"' in page
    assert "Anmelden" in page
