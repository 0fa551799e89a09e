"""What is known of a file before anybody is asked: how it is read, and what became of files like it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kata.imports import actions, queries, recipes, store
from kata.imports.facts import Facts
from kata.imports.models import ImportRecipe, Upload
from kata.tables import Refused, Table, read
from kata.tallies import BadRecipe, from_plain

#: Keywords of ``tables.read``, as a person chose them: sheet, row of headings, encoding, delimiter.
Way = Mapping[str, Any]
#: A file that lacks more of a recipe's columns than this is another file, and not a changed one.
MOST_LACKING = 0.5
#: So many ways to read a file are tried, beside what it tells itself.
MOST_WAYS = 5


def table_of(upload: Upload) -> tuple[Table, Way]:
    """The table, and how it is read: as a person chose; else as a recipe says, where a table comes of it that the
    recipe was made for; else as the file itself tells. Raises Refused, and Vanished.
    """
    data, chosen = store.data_of(upload.sha256), upload.choices.get("table")
    if chosen is not None:
        return read(data, upload.file_name, **chosen), chosen
    for way, shapes in _ways(_candidates(upload)):
        try:
            table = read(data, upload.file_name, **way)
        except Refused:
            continue
        if table.shape in shapes:
            return table, way
    return read(data, upload.file_name), {}


def choices(upload: Upload, facts: Facts, way: Way) -> dict[str, Any]:
    """The upload's columns with what is known: what was chosen for these columns before; else the choices of a recipe
    or of the last such file; else an offer.
    """
    has_way = way or "table" in upload.choices
    found = _known(upload, facts, way)
    kept = {name: value for name, value in found["choices"].items() if name != "table"}
    return {**found, "choices": {**kept, "table": dict(way)} if has_way else kept}


def _known(upload: Upload, facts: Facts, way: Way) -> dict[str, Any]:
    if "form" in upload.choices and upload.outcome.get("shape", facts.shape) == facts.shape:
        return {"choices": upload.choices}
    fitting = _fitting(upload, facts, way)
    if fitting:
        first, *others = fitting
        if upload.recipe_id is None:
            actions.split(upload, others)
        return {"choices": _choices_of(first), "recipe_id": first.id, "measure_id": first.measure_id}
    last = queries.last_choices(upload.team_id, facts.shape, upload.id)
    if last is not None and upload.measure_id is None:
        return {"choices": {name: last[name] for name in last if name not in ("agreed_by", "recipe_name")}}
    offer = recipes.offered(facts) | ({"measure": str(upload.measure_id)} if upload.measure_id else {})
    return {"choices": {"form": offer}}


def _candidates(upload: Upload) -> list[ImportRecipe]:
    """The recipe that was meant, or all that may be."""
    if upload.recipe_id is not None:
        meant = queries.recipe(upload.recipe_id)
        return [meant] if meant else []
    return [each for each in queries.team_recipes(upload.team_id) if upload.measure_id in (None, each.measure_id)]


def _ways(known: list[ImportRecipe]) -> list[tuple[Way, set[str]]]:
    """Each way that a recipe was made with, and the shapes that such recipes fit; none where nothing was chosen."""
    found: dict[str, tuple[Way, set[str]]] = {}
    for each in known:
        if way := _way_of(each):
            found.setdefault(json.dumps(way, sort_keys=True), (way, set()))[1].add(each.shape)
    return list(found.values())[:MOST_WAYS]


def _way_of(recipe: ImportRecipe) -> dict[str, Any]:
    way: dict[str, Any] = recipe.body.get("table", {})
    return way


def _fitting(upload: Upload, facts: Facts, way: Way) -> list[ImportRecipe]:
    """The recipe that was meant, or those that fit: made for such columns (those read this way first), else content
    with them, else the nearest, so that it can be told what a changed file lacks.
    """
    known = _candidates(upload)
    if upload.recipe_id is not None:
        return known
    same = sorted((each for each in known if each.shape == facts.shape), key=lambda each: _way_of(each) != way)
    nearest = sorted((lacks, each.id, each) for each in known if (lacks := _lacks(each, facts)) <= MOST_LACKING)
    return same or [each for _lacks_so_much, _id, each in nearest[:1]]


def _lacks(recipe: ImportRecipe, facts: Facts) -> float:
    """The share of the recipe's columns that the file lacks; all of them, where the recipe cannot be read."""
    try:
        wanted = from_plain(recipe.body["recipe"]).columns
    except BadRecipe:
        return 1.0
    return len(set(wanted) - set(facts.names)) / len(wanted)


def _choices_of(recipe: ImportRecipe) -> dict[str, Any]:
    form = {**recipe.body["form"], "measure": str(recipe.measure_id)}
    return {**recipe.body, "form": form, "recipe_name": recipe.name}
