"""Pictures: never behind what they show, whoever writes; and what reads them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from kata.cli import bring_up_to_date
from kata.extensions import db
from kata.measures import actions, pictures, queries
from kata.measures.actions import Given
from kata.measures.actions.given import ROWS_A_STATEMENT
from kata.measures.glance import body_of
from kata.measures.models import Measure, Phase, Picture, Reading
from tests.cast import TODAY, Cast
from tests.client import Client, form_fields
from tests.conftest import Counting, SignIn

pytestmark = pytest.mark.database
START = TODAY - timedelta(days=40)


@pytest.fixture
def measure(in_app: Flask, cast: Cast) -> Measure:
    """A measure of the other team, with thirty days of readings."""
    found = db.session.scalars(
        sa.select(Measure).where(Measure.id == cast.measures["other"]).options(sa.orm.joinedload(Measure.team))
    ).one()
    given = [Given(START + timedelta(days=n), 60.0 + n % 3) for n in range(30)]
    actions.save(found, given, seen=actions.compare(found, given).fingerprint, by=cast["eve"].id)
    return found


def picture(measure: Measure) -> Picture:
    return db.session.get_one(Picture, measure.id)


def newest(measure: Measure) -> Reading:
    found = queries.on_day(measure.id, START + timedelta(days=29))
    assert found is not None
    return found


def struck(measure: Measure, by: int) -> Reading:
    reading = newest(measure)
    actions.strike(reading, reading.version, reason="The clock stood still", by=by)
    return reading


def phase(measure: Measure, by: int) -> Phase:
    return actions.start_phase(measure, starts_on=START + timedelta(days=15), reason="A new form", by=by)


def again(measure: Measure, by: int) -> None:
    reading = struck(measure, by)
    actions.restore_reading(reading, reading.version, by=by)


def taken_back(measure: Measure, by: int, *, restored: bool) -> None:
    one = phase(measure, by)
    actions.remove_phase(one, one.version, by=by)
    if restored:
        actions.restore_phase(one, one.version, by=by)


def saved(measure: Measure, by: int) -> None:
    given = [Given(START + timedelta(days=28), 12.0), Given(START + timedelta(days=31), 14.0, "why")]
    actions.save(measure, given, seen=actions.compare(measure, given).fingerprint, by=by)


WRITES: dict[str, Callable[[Measure, int], object]] = {
    "add_reading": lambda of, by: actions.add_reading(of, day=TODAY, value=12.0, by=by),
    "correct": lambda of, by: actions.correct(newest(of), newest(of).version, day=TODAY, value=1.0, by=by),
    "annotate": lambda of, by: actions.annotate(newest(of), newest(of).version, note="Two of us were ill", by=by),
    "strike": struck,
    "restore_reading": again,
    "save": saved,
    "save_rows": lambda of, by: actions.save_rows(of, [Given(TODAY, 3.0)], seen={}, by=by),
    "rewrite": lambda of, by: actions.rewrite(of, of.version, name=of.name, better="down", target=50.0, by=by),
    "configure": lambda of, by: actions.configure(
        of, of.version, preset="wheeler", shift=9, trend=0, screened=True, baseline=12, by=by
    ),
    "start_phase": phase,
    "remove_phase": lambda of, by: taken_back(of, by, restored=False),
    "restore_phase": lambda of, by: taken_back(of, by, restored=True),
}
#: They change nothing that a chart says: a measure without readings, or one that is put away as it is.
SILENT = {"create", "archive", "restore", "compare"}


def test_every_action_is_looked_at() -> None:
    verbs = {name for name in actions.__all__ if name[0].islower()}
    assert verbs == set(WRITES) | SILENT


@pytest.mark.parametrize("action", WRITES)
def test_a_write_leaves_the_picture_that_a_fresh_look_would_make(action: str, measure: Measure, cast: Cast) -> None:
    stamp, seal = picture(measure).stamp, picture(measure).body["seal"]
    WRITES[action](measure, cast["eve"].id)
    db.session.flush()
    db.session.expire_all()
    fresh = db.session.get_one(Measure, measure.id)
    assert picture(measure).body == body_of(fresh, pictures.judged(fresh))
    assert picture(measure).stamp > stamp
    assert (picture(measure).body["seal"] == seal) is (action in {"restore_reading", "remove_phase"})


FIRST: dict[str, tuple[float | None, list[Given]]] = {
    "values": (None, [Given(TODAY - timedelta(days=n), 20 + n % 5) for n in range(40)]),
    "values with notes": (None, [Given(TODAY - timedelta(days=n), n / 3, "" if n % 9 else "why") for n in range(40)]),
    "counts": (100.0, [Given(TODAY - timedelta(days=n), None, "", n % 7, 9) for n in range(40)]),
    "more than a statement takes": (
        100.0,
        [
            Given(TODAY - timedelta(days=n), None, "why", 1, 3) if n % 7 else Given(TODAY - timedelta(days=n), n % 100)
            for n in range(2 * ROWS_A_STATEMENT + 1)
        ],
    ),
    "some of them counts": (100.0, [Given(TODAY, None, "", 1, 3), Given(START, 50), Given(START + timedelta(1), 9.5)]),
}


@pytest.mark.parametrize("case", FIRST)
def test_a_measures_first_readings_are_judged_as_if_they_were_read_back(
    case: str, in_app: Flask, cast: Cast, statements: Counting
) -> None:
    per, given = FIRST[case]
    team, by = cast.teams["access"], cast["ana"].id
    made = actions.create(team, name="Calls", better="down", kind="process", per=per, by=by)
    with statements() as asked:
        actions.save(made, given, seen=actions.compare(made, given).fingerprint, by=by)
    assert not any("SELECT reading.day, reading.value" in statement for statement in asked)
    db.session.expire_all()
    fresh = db.session.get_one(Measure, made.id)
    assert picture(fresh).body == body_of(fresh, pictures.judged(fresh))
    assert picture(fresh).body["n"] == len(given)


def test_readings_that_stood_there_before_are_judged_with_those_that_come(measure: Measure, cast: Cast) -> None:
    given = [Given(START - timedelta(days=n + 1), 10.0) for n in range(30)]  # as many as there are
    actions.save(measure, given, seen=actions.compare(measure, given).fingerprint, by=cast["eve"].id)
    assert picture(measure).body == body_of(measure, pictures.judged(measure))
    assert picture(measure).body["n"] == 60


def test_a_struck_out_reading_counts_in_no_picture_of_those_that_come(in_app: Flask, cast: Cast) -> None:
    by = cast["ana"].id
    made = actions.create(cast.teams["access"], name="Calls", better="down", kind="process", by=by)
    only = actions.add_reading(made, day=START, value=900.0, by=by)
    actions.strike(only, only.version, reason="Another team's", by=by)
    given = [Given(TODAY - timedelta(days=n), 9.0 + n % 2) for n in range(20)]
    actions.save(made, given, seen=actions.compare(made, given).fingerprint, by=by)
    assert picture(made).body == body_of(made, pictures.judged(made))
    assert picture(made).body["n"] == 20


def test_who_writes_a_year_draws_each_picture_once_as_its_last_change_leaves_it(
    measure: Measure, cast: Cast, statements: Counting
) -> None:
    stamp = picture(measure).stamp
    with statements() as asked, pictures.drawn_once():
        for n in range(3):
            actions.add_reading(measure, day=START - timedelta(days=n + 1), value=90.0 + n, by=cast["eve"].id)
        first = actions.create(cast.teams["access"], name="Calls", better="down", kind="process", by=cast["ana"].id)
        actions.add_reading(first, day=START, value=9.0, by=cast["ana"].id)
    drawn = [each for each in asked if each.startswith(("UPDATE measure_picture", "INSERT INTO measure_picture"))]
    assert len(drawn) == 2
    assert (picture(measure).stamp, picture(first).stamp) == (stamp + 3, 1)
    for each in (measure, first):
        assert picture(each).body == body_of(each, pictures.judged(each))


def test_pictures_are_read_in_one_statement_and_none_without_measures(
    measure: Measure, cast: Cast, statements: Counting
) -> None:
    with statements() as asked:
        found = pictures.pictures_of([*cast.measures.values(), 999])
    assert len(asked) == 1
    assert set(found) == set(cast.measures.values())
    assert found[measure.id].n == 30
    assert found[measure.id].latest == (START + timedelta(days=29), 62.0)
    with statements() as asked:
        assert pictures.pictures_of([]) == {}
    assert asked == []


def test_missing_pictures_are_drawn_once(measure: Measure, cast: Cast) -> None:
    before = picture(measure).body
    db.session.execute(sa.delete(Picture))
    assert pictures.fill_missing() == 3
    assert pictures.fill_missing() == 0
    assert picture(measure).body == before


def test_a_measure_without_readings_waits_for_its_picture(in_app: Flask, cast: Cast) -> None:
    made = actions.create(cast.teams["access"], name="Calls", better="down", kind="process", by=cast["ana"].id)
    assert pictures.pictures_of([made.id]) == {}
    assert pictures.fill_missing() == 0


def test_the_newest_signal_is_told_with_its_day(measure: Measure, cast: Cast) -> None:
    assert pictures.pictures_of([measure.id])[measure.id].signal is None
    actions.add_reading(measure, day=TODAY, value=500.0, by=cast["eve"].id)
    actions.rewrite(measure, measure.version, name=measure.name, cadence="day", by=cast["eve"].id)
    seen = pictures.pictures_of([measure.id])[measure.id]
    assert seen.signal == (TODAY, "outside_limits")


def test_what_is_due_is_told_to_its_owner_or_to_the_whole_team(in_app: Flask, cast: Cast, statements: Counting) -> None:
    for name, owner in (("outcome", cast["gus"].id), ("process", None)):
        measure = db.session.get_one(Measure, cast.measures[name])
        measure.cadence, measure.owner_id = "day", owner
    other = db.session.get_one(Measure, cast.measures["other"])
    other.cadence = "day"
    db.session.flush()
    told = {
        name: [each.name for each in queries.due_measures(cast.viewer(name))] for name in ("ana", "gus", "ben", "fay")
    }
    assert told == {
        "ana": ["Hours waiting for approval"],
        "gus": ["Access on the first day", "Hours waiting for approval"],
        "ben": ["Hours waiting for approval"],
        "fay": [],
    }
    viewer = cast.viewer("gus")
    with statements() as asked:
        due = queries.due_measures(viewer)[0]
    assert len(asked) == 1
    assert (due.due.on, due.due.state, due.due.late, due.last) == (date(2026, 5, 28), "late", 4, date(2026, 5, 27))


def test_writers_at_the_same_moment_leave_a_picture_of_all_their_readings(app: Flask, cast: Cast, as_: SignIn) -> None:
    """Each would otherwise judge the readings without those that the others have not committed yet."""
    address, days = f"/measures/{cast.measures['process']}", [TODAY - timedelta(days=n) for n in range(6)]
    people = [as_(("ana", "gus", "ben")[n % 3]) for n in range(len(days))]
    forms = [{**form_fields(person.get(address).text, f"{address}/readings"), "value": "9"} for person in people]
    together = Barrier(len(days))

    def write(person: Client, form: dict[str, str], day: date) -> int:
        together.wait()
        return person.post(f"{address}/readings", {**form, "day": day.isoformat()}).status_code

    with ThreadPoolExecutor(len(days)) as pool:
        assert set(pool.map(write, people, forms, days)) == {303}
    with app.app_context():
        measure = db.session.get_one(Measure, cast.measures["process"])
        assert picture(measure).body == body_of(measure, pictures.judged(measure))
        assert picture(measure).body["n"] == 3 + len(days)


def test_preparing_the_database_draws_what_is_missing(in_app: Flask, cast: Cast) -> None:
    db.session.execute(sa.delete(Picture))
    db.session.commit()
    bring_up_to_date(with_demo=False)
    db.session.rollback()  # what was not committed is gone
    assert set(pictures.pictures_of(cast.measures.values())) == {cast.measures["outcome"], cast.measures["process"]}
