"""Health of the process and of what it stands on."""

from __future__ import annotations

import platform
import tomllib
from pathlib import Path

from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from kata import metrics
from kata.access.guard import public
from kata.extensions import db, only_reading
from kata.metrics import Reading
from kata.web.schema import revisions, schema_state

ROOT = Path(__file__).resolve().parent.parent

blueprint = Blueprint("health", __name__)


def _build(_app: Flask) -> dict[tuple[str, ...], float]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {(project["version"], platform.python_version()): 1.0}


def _schema(app: Flask) -> dict[tuple[str, ...], float]:
    with only_reading():
        at, expected = revisions(app)
    return {(at, expected): float(at == expected)}


metrics.add(Reading("kata_build_info", "What runs here", ("version", "python"), _build))
metrics.add(Reading("kata_schema_info", "Whether the schema is the one expected", ("at", "expected"), _schema))


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    try:
        db.session.execute(text("select 1"))
        state = schema_state(current_app)
    except Exception:  # whatever the driver raises, the answer is the same: not ready
        current_app.logger.exception("The database does not answer.")
        return jsonify(status="the database does not answer"), 503
    return (jsonify(status="ok"), 200) if state == "current" else (jsonify(status=f"the schema is {state}"), 503)
