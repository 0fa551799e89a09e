"""Moments of truth: named once a team, found in any case."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.customers.actions.archiving import archive
from kata.customers.actions.moments import name_moment
from kata.customers.models import LONGEST_NAME, MomentOfTruth
from kata.customers.queries import moments as queries
from kata.extensions import db
from kata.rules import DomainError
from tests.cast import Cast

pytestmark = pytest.mark.database


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(MomentOfTruth)) or 0


def test_a_new_name_makes_a_moment_and_is_recorded(in_app: Flask, cast: Cast) -> None:
    ana = cast["ana"].id
    moment = name_moment(cast.teams["access"], "  I can’t   get in ", by=ana)
    event = db.session.scalars(sa.select(Activity).order_by(Activity.id.desc()).limit(1)).one()
    assert moment.name == "I can’t get in"
    assert (event.verb, event.subject_type, event.subject_id, event.person_id) == (
        "named",
        "moment_of_truth",
        moment.id,
        ana,
    )


@pytest.mark.parametrize("name", ["First day at work", "first DAY at work", " First  day at work "])
def test_a_known_name_in_any_case_makes_nothing_new(in_app: Flask, cast: Cast, name: str) -> None:
    before = count()
    assert name_moment(cast.teams["access"], name, by=cast["ana"].id).id == cast.moment
    assert count() == before


def test_case_is_folded_beyond_plain_latin_letters(in_app: Flask, cast: Cast) -> None:
    first = name_moment(cast.teams["access"], "Ärger am Schalter", by=cast["ana"].id)
    assert name_moment(cast.teams["access"], "ÄRGER AM SCHALTER", by=cast["ben"].id) is first


def test_another_team_has_moments_of_its_own(in_app: Flask, cast: Cast) -> None:
    theirs = name_moment(cast.teams["invoices"], "First day at work", by=cast["eve"].id)
    assert theirs.id != cast.moment
    assert queries.find(cast.teams["invoices"], "FIRST DAY AT WORK") is theirs


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1)])
def test_a_blank_or_over_long_name_is_refused_at_its_field(in_app: Flask, cast: Cast, name: str) -> None:
    with pytest.raises(DomainError) as refusal:
        name_moment(cast.teams["access"], name, by=cast["ana"].id)
    assert refusal.value.field == "moment"


def test_two_who_name_it_at_once_get_the_same(in_app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's row came between our look and our insert."""
    looks = iter([None, queries.find(cast.teams["access"], "First day at work")])
    monkeypatch.setattr(queries, "find", lambda *_: next(looks))
    assert name_moment(cast.teams["access"], "First day at work", by=cast["ana"].id).id == cast.moment


def test_names_are_the_teams_own_in_alphabetical_order(in_app: Flask, cast: Cast) -> None:
    name_moment(cast.teams["access"], "asking for help", by=cast["ana"].id)
    name_moment(cast.teams["invoices"], "A wrong invoice", by=cast["eve"].id)
    assert queries.moment_names(cast.teams["access"]) == ["asking for help", "First day at work"]


def test_nothing_is_found_under_a_name_that_nobody_gave(in_app: Flask, cast: Cast) -> None:
    assert queries.find(cast.teams["access"], "Leaving") is None


def test_naming_an_archived_moment_brings_it_back(in_app: Flask, cast: Cast) -> None:
    ana = cast["ana"].id
    moment = db.session.get_one(MomentOfTruth, cast.moment)
    archive(moment, moment.version, by=ana)
    assert queries.moment_names(cast.teams["access"]) == []
    assert name_moment(cast.teams["access"], "First day at work", by=ana) is moment
    assert moment.archived_at is None


def test_a_moment_named_by_a_challenge_comes_last_among_those_of_nobody(in_app: Flask, cast: Cast) -> None:
    places = [name_moment(cast.teams["access"], name, by=cast["ana"].id).place for name in ("One", "Two")]
    assert places == [0, 1]
