"""Anonymising somebody as an administrator does it, and looking for what is left of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask

from kata.activity.models import Activity
from kata.extensions import db
from kata.folding import folded
from kata.identity import traces
from tests.cast import Cast
from tests.client import Client

EVERY_WAY = ["ana novak", "novak, ana", "ana@demo.example", "ana", "novak"]


def page_of(cast: Cast, name: str) -> str:
    return f"/admin/people/{cast[name].id}/anonymity"


def anonymise(root: Client, cast: Cast, name: str, **typed: Any) -> Any:
    path = page_of(cast, name)
    return root.fill_in(path, path, **{"confirmed": cast[name].name, **typed})


def everything(app: Flask) -> str:
    """Every value of every table that the database has, the index of words too, as one text without accents."""
    with app.app_context():
        tables = sa.inspect(db.engine).get_table_names()
        rows = [tuple(row) for name in tables for row in db.session.execute(sa.text(f'select * from "{name}"'))]  # noqa: S608 - our own tables
    return folded("\n".join(str(row) for row in rows)).replace("\\xe1", "a").replace("\\u00e1", "a")


def name_her_everywhere(app: Flask) -> int:
    """Write her name into every text column of a row each, and into the record; how many texts that were."""
    count = 0
    with app.app_context():
        for model, column in list(traces._columns()):
            if not isinstance(column.type, sa.JSON):
                said = sa.select(model).where(column != "").order_by(*column.table.primary_key).limit(1)
                for row in db.session.scalars(said):
                    text = f"{getattr(row, column.name)} asked Ana Novák"
                    setattr(row, column.name, text[-(column.type.length or 900) :])
                    count += 1
        for event in db.session.scalars(sa.select(Activity).where(Activity.subject_type == "experiment")):
            event.snapshot = {**(event.snapshot or {}), "step": "ANA NOVAK did it", "status": "ana"}
        db.session.commit()
    return count
