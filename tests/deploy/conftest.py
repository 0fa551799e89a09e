"""A data folder of its own with the cast in it, for processes that are really started."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.database import SqliteTemplates, Templates

MakeFolder = Callable[[Path], Path]


@pytest.fixture(scope="session")
def cast_in(played: Cast, templates: Templates, folder: Path) -> MakeFolder:
    """Puts the cast into a folder: its database (where that is a file) and what was attached."""

    def put(place: Path) -> Path:
        place.mkdir(parents=True, exist_ok=True)
        for kept in folder.iterdir():
            if kept.is_dir() and kept.name != "metrics":
                shutil.copytree(kept, place / kept.name)
        if isinstance(templates, SqliteTemplates):
            shutil.copyfile(folder / "cast.template", place / "kata.sqlite")
        return place

    return put
