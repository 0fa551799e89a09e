"""What each file and each column of an export is: for people as a page of text, for programs as a *Data Package*.

A table is described by the first sentence of its model, a column by its name in words, unless more has to be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Float, Integer, Table

from kata.archive.snapshot import kind
from kata.extensions import Model, db

Told = Sequence[tuple[Table, Sequence[str]]]

TABLES = {
    "activity": "What somebody did: when, to which thing, and what stood afterwards.",
    "area_figures": "The totals of an area at the end of each day on which one of them changed.",
    "figures_state": "How far the leaders' figures follow what happened; one row.",
    "learned": "What can be found by a search, with its texts; it repeats what other tables say.",
    "listening": "Whether a team keeps its voices to itself.",
    "measure_picture": "What a measure's chart says now; it follows from its readings.",
    "team_figures": "What a team contributes to the figures of its areas; it follows from other tables.",
}
COLUMNS = {
    "id": "the number of the row",
    "version": "how often it was edited, counted from 1",
    "at": "when",
    "board_id": "the storyboard to which it belongs",
    "team_id": "the team to which it belongs",
    "person_id": "whom it is about, or who did it",
    "before": "what stood before",
    "after": "what stands since then",
    "field": "which text",
    "created_at": "when it was made",
    "ended_at": "when it ended; empty while it goes on",
    "archived_at": "when it was put away; empty while it is in use",
    "removed_at": "when it was taken off; empty while it stands",
    "struck_at": "when it was struck out; empty where it counts",
    "struck_reason": "why it was struck out",
    "disabled_at": "when the account was closed",
    "closed_at": "when it was closed; empty while it is open",
    "by_id": "who did it",
    "lead_id": "the barrier with which it was put together",
    "serves_id": "the challenge that it serves",
    "parent_id": "the area above it",
    "slug": "its name in addresses",
    "practice_days": "the days of the week on which the team practises: the sum of 1 for Monday, 2, 4 … 64 for Sunday",
    "days": "days of the week: the sum of 1 for Monday, 2, 4 … 64 for Sunday",
    "name_folded": "the name as it is looked for, without case and accents",
    "text_folded": "the text as it is looked for, without case and accents",
    "focus_process_folded": "the name as it is looked for, without case and accents",
    "snapshot": "what stood afterwards, or what else was told",
    "subject_type": "the table of the thing to which it happened",
    "subject_id": "the row of the thing to which it happened",
    "verb": "what was done",
    "address": "from where, or to which address",
    "sha256": "the checksum of the file; a photo is attachments/<its first two signs>/<sha256>.jpg",
    "per": "what a share is told by: 100 for a percentage; empty for a plain number",
    "better": "the direction in which it is better",
    "position": "its place in the order",
    "place": "its place in the order, or where it stands",
    "way": "the areas to which it counts",
    "steps": "its steps in their order, or what changed on which day",
    "closed": "whether it is closed to its team",
    "practice": "whether it is for practising only",
    "told": "whether it is told, or kept to itself because of too few people",
    "seals": "fingerprints of charts",
    "stamp": "how often it was drawn anew",
}
KINDS = {"moment": "datetime", "day": "date", "time": "time", "truth": "boolean", "json": "object"}
CHOICE = re.compile(r"^(\w+) in \((.+)\)$")


def describe(table: Table) -> str:
    """What a row of the table is."""
    if table.name in TABLES:
        return TABLES[table.name]
    model = next((each.class_ for each in Model.registry.mappers if each.class_.__tablename__ == table.name), None)
    said = (model.__doc__ or "") if model else table.name.replace("_", " ")
    first = re.split(r"(?<=[.:])\s", " ".join(said.split()), maxsplit=1)[0]
    return first.rstrip(":.").replace("``", "") + "."


def column(of: Column[Any]) -> str:
    """What stands in the column."""
    words = COLUMNS.get(of.name, of.name.removesuffix("_id").replace("_", " "))
    key = next(iter(of.foreign_keys), None)
    if key is not None:
        words += f" (the id of a row of {key.column.table.name})"
    if choices := _choices(of):
        words += f": {', '.join(choices)}"
    return words


def _choices(of: Column[Any]) -> list[str]:
    """The words that a condition of the table allows."""
    for rule in db.metadata.tables[of.table.name].constraints:
        found = CHOICE.match(str(rule.sqltext)) if isinstance(rule, CheckConstraint) else None
        if found and found[1] == of.name:
            return re.findall(r"'([^']*)'", found[2])
    return []


def type_of(of: Column[Any]) -> str:
    """The type of the column, in the words of a Data Package."""
    if isinstance(of.type, Integer):
        return "integer"
    return "number" if isinstance(of.type, Float) else KINDS.get(kind(of), "string")


def for_people(told: Told, counts: Mapping[str, int], files: int, moment: datetime) -> str:
    return "\n".join(_lines(told, counts, files, moment)) + "\n"


def _lines(told: Told, counts: Mapping[str, int], files: int, moment: datetime) -> Iterator[str]:
    yield "# Everything that this installation held"
    yield ""
    yield (
        f"As of {moment:%Y-%m-%d %H:%M} UTC. Each table is there twice: `csv/` for spreadsheets (UTF-8, with a comma), "
        f"`json/` for programs (an array, a row a line). `attachments/` holds {files:,} photos. "
        "`datapackage.json` tells programs what is told here."
    )
    yield ""
    yield (
        "Moments are in UTC. A text that a spreadsheet would run as a formula has an apostrophe before it in the CSV, "
        "never in the JSON. Left out is what lets somebody in: passwords, sessions, and the secrets of links. "
        "**What people wrote in confidence is in it, such as notes of coaching: "
        "give it to nobody who may not read them.**"
    )
    for table, columns in sorted(told, key=lambda each: each[0].name):
        yield ""
        yield f"## {table.name}"
        yield ""
        yield f"{describe(table)} {counts[table.name]:,} rows."
        yield ""
        yield "| column | type | what it is |"
        yield "| --- | --- | --- |"
        yield from (f"| {name} | {type_of(table.c[name])} | {column(table.c[name])} |" for name in columns)


def for_programs(told: Told, moment: datetime) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "kata",
        "created": moment.isoformat(timespec="seconds"),
        "resources": [_resource(table, columns) for table, columns in told],
    }


def _resource(table: Table, columns: Sequence[str]) -> dict[str, Any]:
    fields = [{"name": name, "type": type_of(table.c[name]), "description": column(table.c[name])} for name in columns]
    keys = [
        {
            "fields": key.parent.name,
            "reference": {
                "resource": "" if key.column.table is table else key.column.table.name,
                "fields": key.column.name,
            },
        }
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name)
        if key.parent.name in columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"csv/{table.name}.csv",
        "description": describe(table),
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {"fields": fields, "primaryKey": table.primary_key.columns.keys(), "foreignKeys": keys},
    }
