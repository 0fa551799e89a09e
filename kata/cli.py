"""The commands: ``flask --app wsgi …``. Wiring only; what they do lives in the rooms."""

from __future__ import annotations

import sys
from typing import NoReturn

import click
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from kata import trigrams
from kata import worker as working
from kata.access.policy import TABLE
from kata.archive.commands import backup, check, export, restore
from kata.archive.snapshot import unlimited
from kata.extensions import db
from kata.imports.commands import import_readings
from kata.leadership.actions import refresh as leadership
from kata.learning import actions as learning
from kata.measures.commands import measures
from kata.measures.pictures import fill_missing
from kata.measures.pictures import rebuild as draw_all
from kata.metrics import listener
from kata.synth.commands import synth
from kata.web.schema import SENTENCES, first_line, schema_state, silence


def register(app: Flask) -> None:
    """Add our commands to the app's."""
    measures.add_command(import_readings)
    for command in (
        prepare,
        setup,
        demo,
        synth,
        access,
        measures,
        index,
        figures,
        pictures,
        worker,
        backup,
        restore,
        export,
        check,
    ):
        app.cli.add_command(command)


def fail(sentence: str) -> NoReturn:
    """End with one sentence on stderr and exit code 1."""
    click.echo(sentence, err=True)
    sys.exit(1)


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Load the demo organisation when nobody has an account yet.")
def prepare(with_demo: bool) -> None:
    """Create or upgrade the database; what bin/run does before it serves."""
    bring_up_to_date(with_demo=with_demo)


def bring_up_to_date(*, with_demo: bool) -> None:
    """Upgrade the schema, fill what is kept ready, load the demo where nobody has an account; says why it cannot."""
    state = _state()
    if state == "newer":
        fail(SENTENCES[state])
    if state != "current":
        _upgrade()
    unlimited(db.session.connection())  # in a large organisation this takes longer than a request may
    if fill_missing() + learning.fill_missing():
        db.session.commit()
    if with_demo:
        _load_demo(quiet=True)


def _upgrade() -> None:
    try:
        upgrade()
    except OperationalError as error:  # a full disk, a server that went: each step is done whole or not at all
        fail(f"The upgrade stopped ({first_line(error)}). What was done holds; run it again to go on.")


@click.command()
def setup() -> None:
    """Make the first administrator of an empty installation: prints a one-time link."""
    from kata.identity import actions, links, queries

    _expect_schema()
    if not queries.installation_is_empty():
        fail("Somebody already has an account here: an administrator makes sign-in links under People.")
    person = actions.create_person("Administrator", None, by=None, administrator=True)
    token = links.create(person, by=None)
    db.session.commit()
    click.echo(f"{current_app.config['PUBLIC_URL']}/link/{token}")


@click.command()
def demo() -> None:
    """Load the demo organisation."""
    _expect_schema()
    _load_demo(quiet=False)


def _load_demo(*, quiet: bool) -> None:
    from kata.demo import organisation

    if organisation.is_loaded():
        if not quiet:
            click.echo("The demo organisation is there already.")
        return
    if not organisation.may_load():
        fail("This installation already has people of its own; the demo loads into an empty one only.")
    click.echo("Loading the demo organisation: a year of practice …")
    organisation.load()
    db.session.commit()
    leadership.refresh()
    organisation.give_turns()


@click.command()
def access() -> None:
    """Print every endpoint with who may reach it."""
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        mark = getattr(current_app.view_functions[rule.endpoint], "access", "")
        who = next((" or ".join(p.__name__ for p in TABLE[action]) for action in TABLE if action.name == mark), mark)
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods:6} {rule.rule:50} {who}")


@click.command()
def index() -> None:
    """Make the index of everything learned anew, from what stands in the other tables; that of names, too."""
    _expect_schema()
    unlimited(db.session.connection())
    trigrams.rebuild()
    count = learning.rebuild()
    db.session.commit()
    click.echo(f"{count:,} things that were learned can be found.")


@click.command()
def figures() -> None:
    """Count the leaders' figures anew, from what stands in the other tables."""
    _expect_schema()
    count = leadership.rebuild()
    click.echo(f"The figures of {count:,} teams are counted.")


@click.command()
def pictures() -> None:
    """Draw the pictures of all measures anew, from their readings."""
    _expect_schema()
    click.echo(f"The pictures of {draw_all():,} measures are drawn.")


@click.command()
@click.option("--once", is_flag=True, help="Run each job one time and end.")
@click.option("--beside", type=int, metavar="PID", help="End when this process, the server's, has ended.")
def worker(once: bool, beside: int | None) -> None:
    """Do what nobody asks for: write what changed, send mails, tidy up. Ends at SIGTERM, after the mail in hand.

    Any number of workers may run at once.
    """
    _expect_schema()
    listener.listen(current_app._get_current_object())  # type: ignore[attr-defined]  # as below
    working.work(current_app._get_current_object(), once=once, beside=beside)  # type: ignore[attr-defined]  # Flask's own way to the app itself


def refusal_to_serve(app: Flask) -> str:
    """Why this version must not serve the database: its schema is another one. Empty where it may.

    A database that does not answer is no reason: it may come back, and ``/readyz`` tells it meanwhile.
    """
    with app.app_context():
        try:
            return SENTENCES.get(schema_state(app), "")
        except OperationalError:
            return ""
        finally:
            db.engine.dispose()


def _state() -> str:
    if said := silence():
        fail(said)
    return schema_state(current_app)


def _expect_schema() -> None:
    state = _state()
    if state != "current":
        fail(SENTENCES[state])
