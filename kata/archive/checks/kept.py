"""What is kept ready equals what it is made of: the record, the pictures, the leaders' figures, the index of words."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, cast, exists, func, select, text

from kata.activity.models import Activity, Recorded
from kata.archive.checks.check import Check, Look
from kata.coaching.models import CoachingCycle
from kata.extensions import Model, db
from kata.leadership import figures
from kata.leadership.actions.refresh import packed
from kata.leadership.figures import TOTALS
from kata.leadership.models import TeamFigures, area_figures
from kata.leadership.queries import facts, touched
from kata.leadership.queries.outcomes import outcomes_of
from kata.learning.actions import with_language
from kata.learning.documents import SOURCES, Document
from kata.learning.models import Learned
from kata.measures.glance import body_of
from kata.measures.models import Measure, Picture, Reading
from kata.measures.pictures import judged
from kata.teams.languages import DEFAULT
from kata.trigrams import KEPT

ROWS_AT_ONCE = 500
TEAMS_AT_ONCE = 10


# The record -----------------------------------------------------------------------------------------------------------


def newest_snapshots(connection: Connection, look: Look) -> Iterator[str]:
    """What the record tells last of a thing is what stands; rows that came by the hundred are told of by another."""
    models = [each.class_ for each in Model.registry.mappers if issubclass(each.class_, Recorded)]
    for model in sorted(models, key=lambda each: each.__tablename__):
        yield from _snapshots(model, connection, look)


def _snapshots(model: Any, connection: Connection, look: Look) -> Iterator[str]:
    name = model.__tablename__
    whole = cast(Activity.snapshot, Text).like('{"id":%')  # other events about it tell something beside
    told = select(func.max(Activity.id)).where(Activity.subject_type == name, whole).group_by(Activity.subject_id)
    last = sorted(connection.scalars(told), reverse=True)
    some = [last[at : at + ROWS_AT_ONCE] for at in range(0, len(last), ROWS_AT_ONCE)]
    for ids in look.each(some):
        events = connection.execute(select(Activity.subject_id, Activity.snapshot).where(Activity.id.in_(ids))).all()
        there = db.session.scalars(select(model).where(model.id.in_([each.subject_id for each in events])))
        rows = {row.id: row for row in there}
        for id_, snapshot in events:
            if id_ in rows and (fields := _differs(rows[id_], snapshot)):
                yield f"{name} {id_} is told otherwise: {', '.join(fields)}"
        db.session.expunge_all()


def _differs(row: Any, told: dict[str, Any]) -> list[str]:
    if isinstance(row, CoachingCycle) and row.running:  # where it stands is no event
        return []
    stands = json.loads(json.dumps(row.snapshot()))
    return [name for name, value in stands.items() if name in told and told[name] != value]


# Pictures -------------------------------------------------------------------------------------------------------------


def pictures(connection: Connection, look: Look) -> Iterator[str]:
    read = select(Reading.measure_id).distinct()
    drawn = {row.measure_id: row.body for row in connection.execute(select(Picture.measure_id, Picture.body))}
    for measure_id in look.each(sorted({*connection.scalars(read), *drawn}, reverse=True)):
        measure = db.session.get_one(Measure, measure_id)
        if measure_id not in drawn:
            yield f"measure {measure_id} has readings and no picture"
        elif drawn[measure_id] != json.loads(json.dumps(body_of(measure, judged(measure)))):
            yield f"the picture of measure {measure_id} is not what its readings make"
        db.session.expunge_all()


# Leaders' figures -----------------------------------------------------------------------------------------------------


def figures_of_teams(connection: Connection, look: Look) -> Iterator[str]:
    """Teams about which something happened since the figures were made are counted by the worker in a moment."""
    state = touched.state()
    if state is None:
        look.remarks.append("the worker has not counted any yet")
        return
    waiting = set(touched.teams_touched(state.upto, touched.last_event()))
    kept = {row.team_id: row.steps for row in connection.execute(select(TeamFigures.team_id, TeamFigures.steps))}
    teams = sorted(kept.keys() - waiting, reverse=True)
    for some in look.each([teams[at : at + TEAMS_AT_ONCE] for at in range(0, len(teams), TEAMS_AT_ONCE)]):
        outcomes, _new = outcomes_of(some, {})
        for team_id, found in facts.facts_of(some, outcomes).items():
            if kept[team_id] != packed(figures.steps(found)):
                yield f"the figures of team {team_id} are not what stands in its rows"
        db.session.expunge_all()


def totals_of_areas(connection: Connection, look: Look) -> Iterator[str]:
    """Each day's total of an area is the sum of what its teams contribute up to that day."""
    steps: dict[int, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in connection.execute(select(TeamFigures.way, TeamFigures.steps)):
        for day, named in row.steps.items():
            for area in row.way:
                steps[area][date.fromisoformat(day)].update(named)
    kept: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(select(area_figures).order_by(area_figures.c.area_id, area_figures.c.day)):
        kept[row.area_id].append(row)
    for area in look.each(sorted(steps.keys() | kept.keys())):
        day = _first_other(steps[area], kept[area])
        if day is not None:
            yield f"the totals of area {area} on {day} are not the sum of its teams"


def _first_other(steps: dict[date, Counter[str]], kept: list[Any]) -> date | None:
    """The first day of which something else is kept than what the steps come to."""
    total = Counter[str]()
    told = {row.day: Counter({name: getattr(row, name) for name in TOTALS}) for row in kept}
    standing = Counter[str]()
    for day in sorted(steps.keys() | told.keys()):
        total.update(steps.get(day, {}))
        standing = told.get(day, standing)
        if total != standing:  # counters that hold nothing of a name equal those that hold none
            return day
    return None


# The index of what was learned ----------------------------------------------------------------------------------------


def index(connection: Connection, look: Look) -> Iterator[str]:
    """Everything that can be found is in the index as it stands, and nothing else is."""
    for source in SOURCES:
        table = source.model.__table__
        own = Learned.kind == source.kind
        yield from _without_source(connection, source.kind, own & ~exists().where(table.c.id == Learned.subject_id))
        ids = list(connection.scalars(select(table.c.id).order_by(table.c.id.desc())))
        for some in look.each([ids[at : at + ROWS_AT_ONCE] for at in range(0, len(ids), ROWS_AT_ONCE)]):
            found = connection.execute(select(Learned).where(own, Learned.subject_id.in_(some)))
            kept = {row.subject_id: row for row in found}
            for row in connection.execute(with_language(source, table).where(table.c.id.in_(some))):
                document = source.document(connection, row, row.team_language or DEFAULT)
                if said := _in_index(document, kept.get(row.id)):
                    yield f"{source.kind} {row.id} {said} in the index"


def _without_source(connection: Connection, kind: str, which: Any) -> Iterator[str]:
    query = select(Learned.subject_id).where(which).order_by(Learned.subject_id)
    yield from (f"{kind} {each} is in the index and nowhere else" for each in connection.scalars(query))


def _in_index(document: Document | None, kept: Any) -> str:
    """What is wrong with what the index holds of a thing; empty where nothing is."""
    if document is None or kept is None:
        return "" if document is kept else "is still" if kept else "is not"
    same = all(getattr(kept, name) == value for name, value in document.columns.items())
    return "" if same else "stands otherwise"


def words(connection: Connection, look: Look) -> Iterator[str]:
    key = "rowid" if connection.dialect.name == "sqlite" else "id"
    words_of = set(connection.scalars(text(f"select {key} from learned_text")))  # noqa: S608 - one of two names of ours
    things = set(connection.scalars(select(Learned.id)))
    yield from (f"entry {each} of the index has no words" for each in sorted(things - words_of))
    yield from (f"the words {each} of the index belong to nothing" for each in sorted(words_of - things))


def parts_of_names(connection: Connection, look: Look) -> Iterator[str]:
    """PostgreSQL keeps them in an index of its own, SQLite beside the rows."""
    for of in sorted(KEPT) if connection.dialect.name == "sqlite" else ():
        kept = set(connection.scalars(text(f"select id from {of}_trigrams_docsize")))  # noqa: S608 - a name of ours
        there = set(connection.scalars(text(f"select id from {of}")))  # noqa: S608 - likewise
        yield from (f"{of} {each} is not found by parts of its name" for each in sorted(there - kept))
        yield from (f"{of} {each} is found by its name and is not there" for each in sorted(kept - there))


CHECKS = (
    Check("What the record tells last of each thing is what stands", newest_snapshots),
    Check("Pictures of measures are what their readings make", pictures),
    Check("Leaders' figures are what stands in the teams' rows", figures_of_teams),
    Check("Totals of areas are the sums of their teams", totals_of_areas),
    Check("Everything learned is in the index as it stands", index),
    Check("Everything in the index has its words", words),
    Check("Names are found by their parts", parts_of_names),
)
