"""The command that fills an empty installation for load and scale tests."""

from __future__ import annotations

import secrets
import sys
import time
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext

from kata.identity import passwords
from kata.identity.queries import installation_is_empty
from kata.synth import organisation
from kata.synth.places import DOMAIN
from kata.web.schema import schema_state

SECONDS_BETWEEN = 2.0


@click.command()
@click.option("--teams", type=click.IntRange(1, 5_000), required=True, help="How many teams, of twenty people each.")
@click.option("--years", type=click.IntRange(1, 10), required=True, help="How many years of practice, to yesterday.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same organisation.")
@click.option(
    "--password",
    prompt="Password of all these people",
    prompt_required=False,
    hide_input=True,
    confirmation_prompt=True,
    help="Of all these people; without a value it is asked for. Without the option one is made, and printed once.",
)
@with_appcontext
def synth(teams: int, years: int, seed: int, password: str | None) -> None:
    """Fill an EMPTY installation with an invented organisation, for load and scale tests."""
    if schema_state(current_app) != "current":
        _fail("The database has no current schema yet: run `flask --app wsgi prepare` (or bin/run) first.")
    if not installation_is_empty():
        _fail("Somebody already has an account here: an invented organisation fills an empty installation only.")
    if password is not None and (why := passwords.weakness(password)):
        _fail(why)
    chosen = password or secrets.token_urlsafe(16)
    click.echo(f"Filling the installation: {teams:,} teams, {years} years …")
    hashed = passwords.hash_password(chosen)  # once for all: it is slow, and the same for everyone here
    filled = organisation.fill(teams, years, seed, password_hash=hashed, say=_now_and_then())
    click.echo(f"{filled.people:,} people, {filled.experiments:,} experiments, {filled.events:,} events.")
    click.echo(f"Sign in as administrator@{DOMAIN}, leader.organisation@{DOMAIN} or team-1.1@{DOMAIN}, a coach.")
    if password is None:
        click.echo(f"Everybody's password, which is kept nowhere: {chosen}")


def _now_and_then() -> organisation.Say:
    """Says how far it is, but not more often than anybody would read it."""
    last = 0.0

    def say(sentence: str) -> None:
        nonlocal last
        if time.monotonic() - last > SECONDS_BETWEEN:
            last = time.monotonic()
            click.echo(f"  {sentence}")

    return say


def _fail(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
