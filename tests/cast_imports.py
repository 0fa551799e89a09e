"""A file of the cast's: ana chose it, it was read, and it waits for her to agree to its preview."""

from __future__ import annotations

from kata.extensions import db
from kata.imports import actions, jobs, queries
from kata.tallies import DateColumn, Transcription, to_plain

FILE = b"day,value\n2026-05-04,12\n2026-05-05,9.5\n2026-05-06,\n"
FORM = {"kind": "readings", "date": "day", "value": "value", "period": "week"}


def bring_file(team_id: int, measure_id: int, by: int) -> int:
    """Upload a small file for the measure and look at what becomes of it; commits. Answers the upload's id."""
    upload_id = actions.take_in(team_id, FILE, "values.csv", by=by).id
    db.session.commit()
    jobs.work(upload_id)
    upload = queries.job(upload_id)
    recipe = Transcription(date=DateColumn("day"), zone=upload.team.time_zone, value="value", missing=())
    form = {**FORM, "measure": str(measure_id)}
    actions.choose(upload, {"form": form, "recipe": to_plain(recipe), "measure": {"id": measure_id}})
    db.session.commit()
    jobs.work(upload_id)
    return upload_id


def form_of(upload_id: int) -> dict[str, str]:
    """What the form of the choices would send."""
    return {name: value for name, value in queries.job(upload_id).choices["form"].items() if value}


def seen(upload_id: int) -> str:
    """The fingerprint of the preview."""
    fingerprint: str = queries.job(upload_id).outcome["preview"]["fingerprint"]
    return fingerprint
