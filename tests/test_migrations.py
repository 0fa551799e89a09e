"""The migrations make exactly the schema that the models describe, each can be taken back, and both engines agree."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from click.testing import Result
from flask import Flask
from flask_migrate import downgrade, upgrade

from kata.activity.models import Activity
from kata.extensions import db
from kata.web.schema import is_described, schema_state
from tests import database
from tests.conftest import MakeApp
from tests.first_version import FIRST_ROWS

pytestmark = pytest.mark.database

#: A team with a measure, a reading and a moment of truth.
OLD_ROWS = (
    *FIRST_ROWS,
    "insert into reading (id, measure_id, day, value, note, version) values (1, 1, '2026-01-02', 61.5, '', 1)",
    "insert into moment_of_truth (id, team_id, name, created_at) values (1, 1, 'I can’t get in', '2026-01-01')",
)
KEPT = """
    select measure.name, measure.preset, measure.shift, reading.value, moment_of_truth.name, moment_of_truth.version
    from measure join reading on reading.measure_id = measure.id
    join moment_of_truth on moment_of_truth.team_id = measure.team_id
"""

TOLD_ONCE = {
    "conversation": {"id": 1, "partner": "Wilhelmina Quast"},
    "conversation_held": {"id": 1, "note": "Mrs Quast wants a key."},
    "voice": {"id": 1, "note": "kept"},
}
TELL = """
    insert into activity (id, at, verb, subject_type, address, snapshot)
    values (:number, '2026-01-01 00:00:00+00:00', 'planned', :about, '', :told)
"""


@pytest.fixture
def bare(make_app: MakeApp, shared_app: Flask, templates: database.Templates) -> Iterator[Flask]:
    """The app over a database in which nothing has been made yet."""
    database.let_go(shared_app)
    templates.clear()
    yield shared_app
    database.let_go(shared_app)
    templates.clear()


def test_an_empty_database_becomes_what_the_models_describe(bare: Flask) -> None:
    with bare.app_context():
        assert schema_state(bare) == "empty"
        upgrade()
        assert schema_state(bare) == "current"
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_described})
            assert compare_metadata(context, db.metadata) == []


def test_checks_and_partial_indexes_are_made_too(bare: Flask) -> None:
    """Autogenerate compares neither, so they are compared here, with what the models make."""
    with bare.app_context():
        upgrade()
        migrated = _promises(db.engine)
        db.drop_all()
        db.create_all()
        assert migrated == _promises(db.engine)


def test_an_upgrade_that_is_run_again_changes_nothing(bare: Flask) -> None:
    with bare.app_context():
        upgrade()
        upgrade()
        assert schema_state(bare) == "current"


def test_every_step_can_be_taken_back_and_again(bare: Flask) -> None:
    with bare.app_context():
        upgrade()
        made = _promises(db.engine)
        for _revision in _steps(bare):
            downgrade()
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert _promises(db.engine) == made


def test_an_upgrade_keeps_what_the_first_version_held(bare: Flask) -> None:
    """Tables that are changed are copied on SQLite; what refers to their rows must still find them."""
    with bare.app_context():
        upgrade(revision="0001")
        with db.engine.begin() as connection:
            for statement in OLD_ROWS:
                connection.execute(sa.text(statement))
        upgrade()
        with db.engine.begin() as connection:
            row = connection.execute(sa.text(KEPT)).one()
    assert tuple(row) == ("First-time fix", "mdc", 7, 61.5, "I can’t get in", 1)


def test_names_that_stood_before_are_folded_by_the_upgrade(bare: Flask) -> None:
    names = [f"Élodie {n}" for n in range(2500)]
    with bare.app_context():
        upgrade(revision="0002")
        with db.engine.begin() as connection:
            for statement in OLD_ROWS:
                connection.execute(sa.text(statement.replace("'Desk'", "'Łódź'")))
            columns = "name, language, time_zone, theme, is_administrator, created_at, version"
            values = ":name, 'en_GB', 'Europe/London', 'light', false, '2026-01-01', 1"
            people = sa.text(f"insert into person ({columns}) values ({values})")  # noqa: S608 - words of ours
            connection.execute(people, [{"name": name} for name in names])
        upgrade()
        with db.engine.begin() as connection:
            assert connection.scalar(sa.text("select name_folded from team")) == "lodz"
            kept = set(connection.scalars(sa.text("select name_folded from person")))
        downgrade(revision="0002")
        upgrade()
        with db.engine.begin() as connection:
            assert kept == set(connection.scalars(sa.text("select name_folded from person")))
    assert kept == {f"elodie {n}" for n in range(2500)}


def test_an_upgrade_takes_what_may_name_somebody_out_of_the_record(bare: Flask) -> None:
    """Until version 0005 the record told with whom a conversation is, and what was noted of it."""
    with bare.app_context():
        upgrade(revision="0002")
        with db.engine.begin() as connection:
            for number, (about, told) in enumerate(TOLD_ONCE.items(), 1):
                row = {"number": number, "about": about, "told": json.dumps(told)}
                connection.execute(sa.text(TELL), row)
        upgrade()
        with db.session() as session:
            kept = dict(session.execute(sa.select(Activity.subject_type, Activity.snapshot)).all())
    assert kept == {"conversation": {"id": 1}, "conversation_held": {"id": 1}, "voice": TOLD_ONCE["voice"]}


def test_steps_follow_one_another_in_one_line(bare: Flask) -> None:
    assert len(ScriptDirectory(str(bare.extensions["migrate"].directory)).get_heads()) == 1


def test_an_older_app_refuses_a_newer_schema_in_one_sentence(bare: Flask) -> None:
    with bare.app_context():
        upgrade()
        with db.engine.begin() as connection:
            connection.execute(sa.text("update alembic_version set version_num = 'from the future'"))
        assert schema_state(bare) == "newer"
    answer = _run(bare, "prepare")
    assert answer.exit_code == 1
    assert "newer version of this app" in answer.stderr
    assert "Traceback" not in answer.output


def test_prepare_makes_the_schema_and_may_be_run_again(bare: Flask) -> None:
    assert [_run(bare, "prepare").exit_code for _ in range(2)] == [0, 0]
    with bare.app_context():
        assert schema_state(bare) == "current"


def test_readiness_tells_whether_the_schema_is_current(bare: Flask) -> None:
    client = bare.test_client()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    _run(bare, "prepare")
    assert client.get("/readyz").status_code == 200


def _run(app: Flask, command: str) -> Result:
    with app.app_context():  # which the command line brings along
        return app.test_cli_runner().invoke(args=[command])


def _steps(app: Flask) -> list[str]:
    scripts = ScriptDirectory(str(app.extensions["migrate"].directory))
    return [script.revision for script in scripts.walk_revisions()]


def _promises(engine: sa.Engine) -> dict[str, list[str]]:
    """What each table holds people to: checks, and unique indexes with the rows they are about."""
    inspector = sa.inspect(engine)
    return {"": _of_its_own(engine)} | {
        table: sorted(
            [f"check {each['name']}" for each in inspector.get_check_constraints(table)]
            + [f"unique {each['name']}" for each in inspector.get_unique_constraints(table)]
            + [
                f"index {each['name']} {each['column_names']} {each['unique']} {_only(each)}"
                for each in inspector.get_indexes(table)
            ]
            + [f"foreign {each['name']} {each['referred_table']}" for each in inspector.get_foreign_keys(table)]
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _of_its_own(engine: sa.Engine) -> list[str]:
    """What the engine keeps beside names and texts by means of its own, as it was made."""
    kept = {
        "sqlite": "select sql from sqlite_master where type = 'trigger' or sql like 'create virtual%'",
        "postgresql": """
            select indexdef from pg_indexes where schemaname = 'public' and indexdef like '%USING gin%'
            union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
        """,
    }
    with engine.connect() as connection:
        return sorted(connection.scalars(sa.text(kept[engine.dialect.name])))


def _only(index: sa.engine.interfaces.ReflectedIndex) -> str:
    options = index.get("dialect_options", {})
    return "".join(str(value) for name, value in sorted(options.items()) if name.endswith("_where"))
