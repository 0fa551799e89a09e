"""What can be said of a measure: how it is counted, what is possible and wanted, how often, who sees to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from kata.extensions import db
from kata.measures.models import Measure
from kata.teams.models import Membership
from tests.cast import NOW, TODAY, Cast
from tests.client import Client
from tests.conftest import SignIn

pytestmark = pytest.mark.database


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/measures/{cast.measures['process']}"


def kept(app: Flask, cast: Cast) -> Measure:
    with app.app_context():
        return db.session.get_one(Measure, cast.measures["process"])


def test_everything_that_was_said_stands_on_the_page(ana: Client, app: Flask, cast: Cast, address: str) -> None:
    said = {"target": "12,5", "low": "0", "high": "400", "cadence": "week", "owner_id": str(cast["gus"].id)}
    assert ana.fill_in(f"{address}/edit", address, **said).status_code == 303
    measure = kept(app, cast)
    assert (measure.target, measure.low, measure.high, measure.cadence) == (12.5, 0.0, 400.0, "week")
    page = ana.get(address).text
    for words in ("12.5 h", "0 to 400 h", "every week", "Gus Hale"):
        assert words in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"figure": "rate", "per": ""}, "Say for how many"),
        ({"figure": "rate", "per": "0"}, "Say for how many"),
        ({"figure": "rate", "per": "lots"}, "That is not a number."),
        ({"figure": "ratio"}, "Say how it is counted."),
        ({"low": "5", "high": "5"}, "must be more than the lowest"),
        ({"low": "zero"}, "That is not a number."),
        ({"high": "20"}, "The reading of 6 May 2026 is 26: correct it first"),
        ({"low": "25"}, "The reading of 27 May 2026 is 19.5: correct it first"),
        ({"target": "500", "high": "400"}, "The target lies outside"),
        ({"cadence": "hourly"}, "Not a valid choice"),
        ({"owner_id": "999"}, "Not a valid choice"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    ana: Client, app: Flask, cast: Cast, address: str, sent: dict[str, str], words: str
) -> None:
    for htmx in (False, True):
        answer = ana.fill_in(f"{address}/edit", address, htmx=htmx, definition="Kept as typed", **sent)
        assert answer.status_code == 422
        assert words in answer.text
        assert "Kept as typed" in answer.text
    assert kept(app, cast).version == 1


def test_somebody_of_another_team_cannot_be_made_the_owner(ana: Client, app: Flask, cast: Cast, address: str) -> None:
    assert ana.fill_in(f"{address}/edit", address, owner_id=str(cast["eve"].id)).status_code == 422
    assert kept(app, cast).owner_id is None


def test_an_owner_who_left_stays_named_until_somebody_picks_another(
    ana: Client, app: Flask, cast: Cast, address: str
) -> None:
    ana.fill_in(f"{address}/edit", address, owner_id=str(cast["gus"].id))
    with app.app_context():
        db.session.get_one(Membership, cast.membership).ended_at = NOW
        db.session.commit()
    assert ana.fill_in(f"{address}/edit", address, source="The call list").status_code == 303
    assert (kept(app, cast).owner_id, kept(app, cast).source) == (cast["gus"].id, "The call list")


def test_a_share_lies_between_nothing_and_all_and_is_told_in_per_cent(ana: Client, app: Flask, cast: Cast) -> None:
    made = {"name": "Done in time", "kind": "outcome", "better": "up", "figure": "share"}
    answer = ana.fill_in("/teams/access-requests/measures/new", "/teams/access-requests/measures", **made)
    with app.app_context():
        measure = db.session.get_one(Measure, int(str(answer.location).rsplit("/", 1)[1]))
    assert (measure.per, measure.low, measure.high, measure.unit) == (100.0, 0.0, 100.0, "%")


def test_the_way_of_counting_stays_once_something_was_counted(
    ana: Client, app: Flask, cast: Cast, address: str
) -> None:
    assert ana.fill_in(f"{address}/edit", address, figure="rate", per="1000").status_code == 303
    ana.fill_in(address, f"{address}/readings", numerator="3", denominator="1000", day=TODAY.isoformat())
    refused = ana.fill_in(f"{address}/edit", address, figure="rate", per="100")
    assert refused.status_code == 422
    assert "make a new measure" in refused.text
    assert kept(app, cast).per == 1000


def test_a_value_from_before_is_corrected_as_a_value(ana: Client, app: Flask, cast: Cast, address: str) -> None:
    ana.fill_in(f"{address}/edit", address, figure="rate", per="1000")
    reading = f"/readings/{cast.reading}"
    assert ana.fill_in(reading, reading, value="18").status_code == 303


def test_who_was_overtaken_sees_what_the_other_wrote(as_: SignIn, address: str) -> None:
    as_("ben").fill_in(f"{address}/edit", address, target="10", definition="From the call to the yes.")
    sent = {"name": "Hours waiting", "kind": "process", "better": "down", "figure": "plain", "version": "1"}
    for htmx in (False, True):
        answer = as_("ana").post(address, {**sent, "target": "11"}, htmx=htmx)
        assert answer.status_code == 409
        assert "From the call to the yes." in answer.text
        assert "Hours waiting for approval" in answer.text


def test_what_is_late_is_told_as_a_fact(ana: Client, address: str, cast: Cast) -> None:
    ana.fill_in(f"{address}/edit", address, cadence="day")
    assert "the reading of 28 May is still to come" in ana.get(address).text
    ana.fill_in(address, f"{address}/readings", value="12", day=(TODAY - timedelta(days=1)).isoformat())
    assert "next reading today" in ana.get(address).text
