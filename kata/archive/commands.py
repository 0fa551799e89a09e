"""``flask backup``, ``restore``, ``export`` and ``check``: what an administrator reads of them."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from kata.archive import export as exporting
from kata.archive import loading, writing
from kata.archive.checks import findings
from kata.archive.checks.check import Finding
from kata.archive.form import Manifest, Refusal, sentence_of
from kata.extensions import db
from kata.learning.actions import fill_missing as fill_index
from kata.measures.pictures import fill_missing as fill_pictures
from kata.web.schema import SENTENCES, first_line, schema_state, silence

TO = click.Path(dir_okay=False, path_type=Path, resolve_path=True)
#: How long, in seconds, a check that counts anew may take, and how many lines are told of what it finds.
PATIENCE = 20.0
MOST_LINES = 5
FROM = click.Path(dir_okay=False, path_type=Path, resolve_path=True, exists=True)


@click.command()
@click.argument("file", type=TO)
@click.option("--replace", is_flag=True, help="Write over FILE where it is there already.")
def backup(file: Path, replace: bool) -> None:
    """Write everything that people put in, as it stands now, into one archive FILE; they may go on working.

    It holds password hashes and what was said in confidence: keep it as you keep the database. The secret key is not
    in it.
    """
    with _told():
        made = writing.backup(file, replace=replace)
    click.echo(f"Backed up to {file} ({_megabytes(file.stat().st_size)}): {_contents(made)}.")
    if made.missing:
        click.echo(f"{len(made.missing):,} of the files that rows name were not there; `check` names them.", err=True)
    click.echo("The secret key is not in it: keep SECRET_KEY, or the file `secret` of the data folder, somewhere else.")


@click.command()
@click.argument("file", type=FROM)
@click.option("--replace", is_flag=True, help="Delete the work of people that stands here, and restore in its place.")
@click.option("--only-look", is_flag=True, help="Check every byte of FILE, say what it holds, and change nothing.")
def restore(file: Path, replace: bool, only_look: bool) -> None:
    """Put what the archive FILE holds in the place of this installation's database and attachments.

    Stop the server and the worker first. The archive is checked whole before anything is touched, and then all of it
    is restored or nothing. It may come from SQLite or PostgreSQL, and from an older version of this app.
    """
    with _told():
        if only_look:
            click.echo(f"{file} is whole: {_contents(loading.check(file))}. Nothing was changed.")
            return
        made = loading.restore(file, replace=replace)
        if fill_pictures() + fill_index():  # what an older version did not keep
            db.session.commit()
    click.echo(f"Restored from {file}: {_contents(made)}.")
    click.echo(
        "Everybody has to sign in again, and mails that waited then are not sent. Next: run `check`, then start."
    )


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path, resolve_path=True))
def export(folder: Path) -> None:
    """Write everything as CSV and JSON into a new FOLDER, photos beside, and a page that says what is what.

    Passwords, sessions and the secrets of links are left out; what people wrote in confidence is in it.
    """
    with _told():
        _expect_schema()
        made = exporting.export(folder)
    click.echo(f"Exported to {folder}: {made.rows:,} rows of {made.tables} tables and {made.files:,} photos.")
    click.echo("What each file and column is stands in index.md. What people wrote in confidence is in it, too.")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Take as long as it takes, and leave nothing out.")
def check(everything: bool) -> None:
    """Ask everything that must hold anew: the database itself, its rules, what is kept ready, and the files.

    People may go on working. Prints a line for each; exit code 1 where something is wrong. What is counted anew is
    looked at for 20 seconds each, newest first, and the line says so where that was not all.
    """
    with _told():
        _expect_schema()
        wrong = sum(_print(each) for each in findings(None if everything else PATIENCE))
    if wrong:
        _fail(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong: docs/operations.md says what to do.")
    click.echo("Everything holds.")


def _print(found: Finding) -> bool:
    seen = found.look
    part = f" (looked at {seen.seen:,} of {seen.there:,})" if seen.seen < seen.there else ""
    click.echo(f"{'wrong' if found.wrong else 'ok':5}  {found.says}{part}")
    for mark, lines in (("-", found.wrong), ("note:", seen.remarks)):
        for line in lines[:MOST_LINES]:
            click.echo(f"       {mark} {line}")
        if len(lines) > MOST_LINES:
            click.echo(f"       {mark} and {len(lines) - MOST_LINES:,} more")
    return bool(found.wrong)


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong is one sentence, and exit code 1."""
    if said := silence():
        _fail(said)
    try:
        yield
    except Refusal as refusal:
        _fail(str(refusal))
    except OSError as error:
        _fail(f"It could not be done ({sentence_of(error)}). What stood here before is as it was.")
    except _errors_of_databases() as error:
        current_app.logger.debug("The database refused.", exc_info=error)
        _fail(f"The database could not do it ({first_line(error)}). What stood here before is as it was.")


def _errors_of_databases() -> tuple[type[Exception], ...]:
    from psycopg import Error  # loaded when something went wrong: on SQLite nothing else needs it

    return SQLAlchemyError, sqlite3.Error, Error


def _expect_schema() -> None:
    state = schema_state(current_app)
    if state != "current":
        raise Refusal(SENTENCES[state])


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)


def _contents(made: Manifest) -> str:
    moment = datetime.fromisoformat(made.made_at)
    return (
        f"{made.rows:,} rows of {len(made.tables)} tables and {len(made.files):,} files, "
        f"as of {moment:%Y-%m-%d %H:%M} UTC, schema {made.schema}"
    )


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"
