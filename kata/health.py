"""Health of the process and of what it stands on."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from kata.access.guard import public
from kata.extensions import db
from kata.web.schema import schema_state

blueprint = Blueprint("health", __name__)


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
