"""``flask measures import``: readings from a file, for programs and for whoever sets the app up."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from kata import clock
from kata.extensions import db
from kata.imports import queries, recipes, words
from kata.imports.facts import Facts
from kata.imports.harvest import Harvest, harvest
from kata.imports.settle import Question, settle
from kata.measures import actions as measures
from kata.measures.actions import Comparison
from kata.measures.models import Measure
from kata.measures.queries import named
from kata.rules import DomainError
from kata.tables import Refused, Table, read
from kata.tallies import BadRecipe, Reason, Recipe, Transcription, Unfit, from_plain
from kata.teams.models import Team


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--team", "slug", required=True, help="The team's short name, as in its address.")
@click.option("--measure", "name", required=True, help="The measure's name.")
@click.option("--recipe", "recipe_name", help="The recipe that was kept under this name; else a day and a value.")
@click.option("--sheet", help="Which sheet of a workbook.")
@click.option("--dry-run", is_flag=True, help="Say what would be saved, and save nothing.")
@with_appcontext
def import_readings(
    file: Path, slug: str, name: str, recipe_name: str | None, sheet: str | None, dry_run: bool
) -> None:
    """Save the readings in FILE (CSV, XLSX, XLS or ODS), all or none; what is there already is left as it is."""
    measure = _measure(slug, name)
    chosen: dict[str, Any] = {"sheet": sheet} if sheet else {}
    recipe = None
    if recipe_name is not None:
        kept = queries.recipe_named(measure.id, recipe_name)
        if kept is None:
            _stop(f"The measure “{measure.name}” has no recipe called “{recipe_name}”.")
        recipe, chosen = from_plain(kept.body["recipe"]), {**kept.body.get("table", {}), **chosen}
    try:
        table = read(file.read_bytes(), file.name, **chosen)
        found = _found(table, recipe, measure)
        saved = _save(measure, found, dry_run=dry_run)
    except Refused as refusal:
        plain = words.plain_refusal(refusal)
        _stop(*words.refusals(plain), *_more(plain["total"], len(plain["problems"])), *refusal.choices)
    except DomainError as broken:
        _stop(broken.text)
    click.echo("\n".join(_told(found, saved, dry_run=dry_run)))


def _measure(slug: str, name: str) -> Measure:
    team = db.session.scalars(select(Team).where(Team.slug == slug)).one_or_none()
    if team is None:
        _stop(f"There is no team “{slug}”.")
    measure = named(team.id, name)
    if measure is None:
        _stop(f"The team has no measure called “{name}”. Make it first, so that it has a kind and a better direction.")
    return queries.measure(measure[0], lock=True)


def _found(table: Table, recipe: Recipe | Transcription | None, measure: Measure) -> Harvest:
    """The readings; ends with a sentence where they cannot be had without a choice."""
    zone = measure.team.time_zone
    try:
        chosen = recipe or recipes.recipe_of({**recipes.offered(Facts.of(table)), "kind": "readings"}, zone)
        settled, questions = settle(table, chosen)
    except BadRecipe:
        _stop(
            "It is not clear which columns hold the day and the value. Call them “day” and “value”"
            " (or “numerator” and “denominator”), or use --recipe."
        )
    except Unfit as unfit:
        _stop(f"The file lacks columns that the recipe names: {', '.join(unfit.columns)}.")
    if questions:
        _stop(*(_asked(question) for question in questions))
    found = harvest(table, settled, measure, today=clock.today(zone), keep_unfinished=False, tell=_silently)
    if found.flaw_total:
        _stop(*map(words.flaw, found.flaws), *_more(found.flaw_total, len(found.flaws)), "Nothing was saved.")
    return found


def _asked(question: Question) -> str:
    row, value = (question.one or question.open)[0]
    if question.about == "percent":
        return f"Column “{question.column}” has numbers with a percent sign and without: write all of them in one way."
    if question.about == "money":
        return f"Column “{question.column}” has amounts in several currencies, or some without: write all in one."
    what = "as 2026-06-12" if question.about == "order" else "with a point, and without separators"
    where = f"Row {row}, column “{question.column}”: “{value}” can be read in two ways."
    return f"{where} Write it {what}, or use --recipe."


def _save(measure: Measure, found: Harvest, *, dry_run: bool) -> Comparison:
    comparison = measures.compare(measure, found.given)
    if not dry_run:
        comparison = measures.save(measure, found.given, seen=comparison.fingerprint, by=None)
        db.session.commit()
    return comparison


def _told(found: Harvest, saved: Comparison, *, dry_run: bool) -> list[str]:
    """What came of it, a line each."""
    what = "Would save" if dry_run else "Saved"
    lines = [f"{what}: {len(saved.new)} new, {len(saved.changed)} corrected, {saved.known} known already."]
    if found.gaps:
        lines.append(f"Gaps, where nothing was measured: {found.gaps}.")
    lines += [f"Rows that {words.LEFT_OUT[Reason(why)]}: {seen['count']}." for why, seen in found.left_out.items()]
    if found.unfinished:
        lines.append(f"The period from {found.unfinished} on is not over in the file and is left out.")
    return lines


def _more(total: int, told: int) -> list[str]:
    return [f"and {total - told} more"] if total > told else []


def _silently(_done: int) -> None:
    """The command ends when it is done, and says nothing before."""


def _stop(*sentences: str) -> NoReturn:
    db.session.rollback()
    raise click.ClickException("\n".join(sentences))
