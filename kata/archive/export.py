"""Everything as files that any program opens: a CSV and a JSON of each table, the photos beside, and what is what.

Who gets the folder gets what people wrote in confidence, too. What lets somebody in is left out: nobody who has it can
do anything here.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from kata import clock
from kata.archive import attachments, catalogue
from kata.archive.form import Refusal
from kata.archive.snapshot import kind, rows, snapshot, tables
from kata.archive.writing import sync_folder
from kata.identity.former import MARK, called
from kata.tables.export import csv_cell, harmless

#: They open the door, or count who stands before it.
DOOR = {"sign_in_session", "sign_in_link", "address_change", "attempt", "submission"}
SECRETS = {"password_hash", "token_hash", "claim"}


class Exported(NamedTuple):
    tables: int
    rows: int
    files: int


def export(folder: Path) -> Exported:
    """Write everything into ``folder``, which must not hold anything yet. Raises ``Refusal`` and ``OSError``."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(f"{folder} is there already and holds something: choose another name.")
    if not folder.parent.is_dir():
        raise Refusal(f"There is no folder {folder.parent}: make it first.")
    scratch = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    scratch.mkdir(mode=0o700)
    try:
        with snapshot() as connection:
            made = _write(connection, scratch)
        if folder.exists():
            folder.rmdir()
        scratch.replace(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    sync_folder(folder.parent)
    return made


def _write(connection: Connection, folder: Path) -> Exported:
    for name in ("csv", "json"):
        (folder / name).mkdir()
    known = tables(connection)
    told = [(each, _columns(each)) for each in known if each.name not in DOOR]
    counts = {table.name: _table(connection, folder, table, columns) for table, columns in told}
    files = sum(_file(folder, name) for name in attachments.photo_names(connection, known))
    moment = clock.now()
    (folder / "index.md").write_text(catalogue.for_people(told, counts, files, moment), encoding="utf-8")
    package = json.dumps(catalogue.for_programs(told, moment), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    return Exported(len(told), sum(counts.values()), files)


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name not in SECRETS]


def _table(connection: Connection, folder: Path, table: Table, columns: Sequence[str]) -> int:
    """Write both files of a table, a row at a time; how many there were."""
    count = 0
    with (
        (folder / "csv" / f"{table.name}.csv").open("w", encoding="utf-8-sig", errors="replace", newline="") as sheet,
        (folder / "json" / f"{table.name}.json").open("w", encoding="utf-8", errors="replace") as plain,
    ):
        writer = csv.writer(sheet, lineterminator="\r\n")
        writer.writerow(map(harmless, columns))
        for row in _told(connection, table, columns):
            writer.writerow([csv_cell(_as_text(value)) for value in row])
            plain.write(",\n" if count else "[\n")
            plain.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
            count += 1
        plain.write("\n]\n" if count else "[]\n")
    return count


def _told(connection: Connection, table: Table, columns: Sequence[str]) -> Iterator[list[Any]]:
    """The rows, without what is left out; JSON as what it says, and former colleagues as they are called."""
    wanted = [(at, _reading(table, each.name)) for at, each in enumerate(table.columns) if each.name in columns]
    for row in rows(connection, table):
        yield [read(row[at]) for at, read in wanted]


def _reading(table: Table, column: str) -> Callable[[Any], Any]:
    if table.name == "person" and column == "name":
        return lambda name: called(name) if name.startswith(MARK) else name
    if kind(table.c[column]) == "json":
        return lambda text: None if text is None else json.loads(text)
    return lambda value: value


def _as_text(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _file(folder: Path, name: str) -> bool:
    """Copy a photo; its small version says nothing more."""
    source = attachments.data_folder() / name
    if "-small" in name or not source.is_file():
        return False
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return True
