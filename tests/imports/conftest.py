"""A file through the page, as a person would bring it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from kata.extensions import db
from kata.imports.models import Upload
from kata.measures.models import Reading
from tests.cast import Cast
from tests.client import Client, form_fields
from tests.conftest import SignIn

Bring = Callable[..., "Import"]


@dataclass
class Import:
    """One upload in one browser; ``page`` is the last answer."""

    client: Client
    path: str
    page: TestResponse

    @property
    def id(self) -> int:
        return int(self.path.rsplit("/", 1)[1])

    def look(self) -> str:
        """The page as it stands now."""
        self.page = self.client.get(self.path)
        return self.page.text

    def choose(self, **choices: Any) -> str:
        """Change some of the choices and look at what they come to."""
        fields = form_fields(self.look(), self.path)
        answer = self.client.post(self.path, {**fields, **choices})
        self.page = self.client.get(self.path) if answer.status_code == 303 else answer
        return self.page.text

    def save(self, **more: Any) -> str:
        """Press the button below the preview."""
        fields = form_fields(self.look(), f"{self.path}/saving")
        answer = self.client.post(f"{self.path}/saving", {**fields, **more})
        self.page = self.client.get(self.path) if answer.status_code == 303 else answer
        return self.page.text

    def has_form(self, action: str) -> bool:
        return f'action="{self.path}{action}"' in self.page.text


@pytest.fixture
def ana(as_: SignIn) -> Client:
    return as_("ana")


@pytest.fixture
def bring(ana: Client, cast: Cast) -> Bring:
    """Uploads a file (text or bytes) for ana's team: ``bring("day,value\\n…")``."""

    def do(content: str | bytes, name: str = "file.csv", client: Client = ana, **more: Any) -> Import:
        data = content.encode() if isinstance(content, str) else content
        answer = client.post(
            "/measures/import", {"team": cast.heard.slug, "file": (io.BytesIO(data), name), "once": "", **more}
        )
        assert answer.status_code == 303, answer.text
        found = Import(client, answer.location, answer)
        found.look()
        return found

    return do


@pytest.fixture
def stored(app: Flask) -> Callable[[int], Upload]:
    """The upload's row."""

    def do(upload_id: int) -> Upload:
        with app.app_context():
            found = db.session.get_one(Upload, upload_id)
            db.session.expunge(found)
            return found

    return do


@pytest.fixture
def values(app: Flask) -> Callable[[int], dict[str, float]]:
    """The readings of a measure by their days."""

    def do(measure_id: int) -> dict[str, float]:
        with app.app_context():
            query = sa.select(Reading.day, Reading.value).where(Reading.measure_id == measure_id).order_by(Reading.day)
            return {day.isoformat(): value for day, value in db.session.execute(query)}

    return do
