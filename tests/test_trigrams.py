"""Names by any part of them: the index answers as a look at every name would, whatever way a name was written."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kata import trigrams
from kata.customers.queries.moments import find_anywhere
from kata.extensions import db
from kata.folding import folded
from kata.identity.models import Person
from kata.measures.queries import find_measures
from kata.teams import finding
from tests.cast import Cast
from tests.database import ON_POSTGRES

pytestmark = pytest.mark.database

NAMES = (
    "Wilhelmina Quast",
    "Élodie O’Hara",
    'Ana "Nan" Annan',
    "Ann 100%",
    "A_b",
    "Li",
    "Łukasz Żak",
    "anna-lena",
    "東京 花子",
)
WANTED = "quast WIL elo o'h \"na nan ann 100% a_b axb li zak ena 花子 a nobody %%% ___".split()


@pytest.fixture
def many(in_app: Flask, cast: Cast) -> list[str]:
    """People who are inserted in bulk, past the session."""
    rows = [{"name": name} for name in NAMES]
    db.session.execute(sa.insert(Person), rows)
    db.session.commit()
    return sorted(db.session.scalars(sa.select(Person.name).where(Person.disabled_at.is_(None))))


@pytest.mark.parametrize("few", [0, 1, 200])
def test_it_finds_what_a_look_at_every_name_finds(many: list[str], few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether few have the letters, or so many that all names are walked through."""
    monkeypatch.setattr(trigrams, "FEW", few)
    finding._people.cache_clear()
    for wanted in (*WANTED, "ann ann", "東京 花", "helmin qua"):
        words = folded(wanted).split()
        expected = [name for name in many if all(word in folded(name) for word in words)]
        found = [name for _id, name, _teams in finding.people_named(wanted, 50)]
        assert found == (sorted(expected) if ON_POSTGRES else expected), wanted
    finding._people.cache_clear()


def test_it_follows_what_is_renamed_deleted_and_written_past_the_session(many: list[str]) -> None:
    person = db.session.scalars(sa.select(Person).where(Person.name == "Wilhelmina Quast")).one()
    person.name = "Wilhelmina Amsel"
    db.session.execute(sa.update(Person).where(Person.name == "Li").values(name="Lisbeth", name_folded="lisbeth"))
    db.session.execute(sa.delete(Person).where(Person.name == "A_b"))
    db.session.commit()
    assert [len(finding.people_named(word, 5)) for word in ("quast", "amsel", "sbet", "a_b")] == [0, 1, 1, 0]


@pytest.mark.parametrize("name", sorted(trigrams.KEPT))
def test_each_is_answered_by_the_index(many: list[str], name: str) -> None:
    """What a search looks at is what has the letters, not every name there is."""
    plan = _plan(trigrams.having(trigrams.KEPT[name][0].class_, db.engine.dialect.name))
    assert f"{name}_trigrams" in plan, plan
    assert f"Seq Scan on {name} " not in plan, plan


def test_customers_moments_and_measures_are_found_as_before(in_app: Flask, cast: Cast) -> None:
    assert [each.label for each in find_anywhere("DAY at W", 5)] == ["First day at work"]
    assert len(find_measures("WAITING", 5)) == len(find_measures("iting", 5)) > 0
    assert find_measures("waitingx", 5) == []


def test_nothing_is_left_of_a_name_that_is_forgotten(many: list[str]) -> None:
    """SQLite's index keeps what was deleted until it is put in order; of PostgreSQL's nothing can be asked."""
    person = db.session.scalars(sa.select(Person).where(Person.name == "Wilhelmina Quast")).one()
    person.name = "Somebody"
    trigrams.forget({"person", "voice"})
    db.session.commit()
    if not ON_POSTGRES:
        kept = b"".join(db.session.scalars(sa.text("select block from person_trigrams_data")))
        assert b"lhe" not in kept
        assert b"uas" not in kept


def _plan(statement: Any) -> str:
    connection, asked = db.session.connection(), str(statement.compile(db.engine))
    if ON_POSTGRES:
        connection.exec_driver_sql("set local enable_seqscan = off")  # a table of ten rows is read whole otherwise
        told = connection.exec_driver_sql(f"explain {asked}", {"letters": "abc"})
    else:
        told = connection.exec_driver_sql(f"explain query plan {asked}", ('"abc"',))
    return "\n".join(str(row[-1]) for row in told)
