"""The work on an upload, done by a thread of the process that took it, or of any other that finds it left alone.

There is no broker and nothing is held between two steps: a step begins with the row and the file, and ends with the
row. Progress is written in short transactions of its own; readings are saved in one.
"""

from __future__ import annotations

import time
from threading import Thread
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, OperationalError

from kata import clock
from kata.extensions import db, writing
from kata.imports import actions, known, measuring, queries, store, words
from kata.imports.facts import Facts
from kata.imports.harvest import Harvest, harvest
from kata.imports.models import Upload
from kata.imports.preview import preview
from kata.imports.settle import settle
from kata.measures import actions as measures
from kata.measures.models import Measure
from kata.rules import DomainError
from kata.tables import Code, Refused, Table, is_workbook, read
from kata.tallies import BadRecipe, Recipe, Transcription, Unfit, from_plain, to_plain
from kata.teams.models import Team

#: A request that hands work over waits so long for its end, in seconds: most files take less.
PATIENCE = 1.5
_WORD_EVERY = 1.0
#: What the wrong encoding or delimiter makes of a file that is none the worse for it.
_BY_CHOICE = (Code.ENCODING, Code.QUOTES, Code.LONG_CELL, Code.TOO_WIDE, Code.NUL, Code.EMPTY)


def start(upload_id: int) -> None:
    """Begin the work, and wait a moment for its end. The caller has committed and asks the database afterwards."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's own way to the app itself
    thread = Thread(target=_in_app, args=(app, upload_id), name=f"upload-{upload_id}", daemon=True)
    thread.start()
    thread.join(app.config.get("IMPORT_PATIENCE", PATIENCE))


def see_to(upload: Upload) -> None:
    """Take up the work where nobody is at it: it waits still, or the process that did it died."""
    if upload.state == "arrived" or (upload.state in ("reading", "saving") and _is_left_alone(upload)):
        db.session.commit()  # so that what is read after the work is what the work left
        start(upload.id)


def _is_left_alone(upload: Upload) -> bool:
    return upload.alive_at is None or upload.alive_at < clock.now() - actions.ALIVE


def _in_app(app: Flask, upload_id: int) -> None:
    with app.app_context():
        work(upload_id)


def work(upload_id: int) -> None:
    """Do what has to be done next, if nobody else is at it. Nothing is raised: what went wrong stands in the row."""
    try:
        while actions.claim(upload_id):
            _step(upload_id)
    except OperationalError:  # the database is busy; whoever asks next takes it up
        db.session.rollback()
        current_app.logger.warning("The work on upload %s waits for the database", upload_id)


def _step(upload_id: int) -> None:
    upload = queries.job(upload_id)
    db.session.commit()
    try:
        if upload.state == "saving":
            _save(upload)
        else:
            _read(upload)
    except store.Vanished:
        actions.refuse(upload_id, {"why": "vanished"})
    except Refused as refusal:
        actions.refuse(upload_id, words.plain_refusal(refusal))
    except OperationalError:
        raise
    except Exception:  # whatever it is, the person must not wait for ever
        db.session.rollback()
        current_app.logger.exception("The work on upload %s failed", upload_id)
        actions.refuse(upload_id, {"why": "fault"})


class _Pulse:
    """Tells the row how far the work is, at most once a second."""

    def __init__(self, upload_id: int, total: int) -> None:
        self.upload_id, self.total, self.last = upload_id, total, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last >= _WORD_EVERY:
            actions.live(self.upload_id, min(done, self.total), self.total)
            self.last = time.monotonic()


# Reading --------------------------------------------------------------------------------------------------------------


def _read(upload: Upload) -> None:
    try:
        table, way = known.table_of(upload)
    except Refused as refusal:
        if not _is_answerable(refusal, upload):
            raise
        outcome = {"sheets": list(refusal.choices), **words.plain_refusal(refusal)}
        outcome["is_text"] = not is_workbook(store.data_of(upload.sha256))
        actions.ask(
            upload.id, {**{name: upload.outcome[name] for name in upload.outcome if name == "shape"}, **outcome}
        )
        return
    actions.live(upload.id, 0, table.height)
    facts = Facts.of(table)
    outcome = {"shape": facts.shape, "facts": facts.to_plain(), "sheets": list(facts.sheets)}
    if "said" in upload.outcome:
        outcome["said"] = upload.outcome["said"]
    columns = known.choices(upload, facts, way)
    db.session.commit()
    choices = columns["choices"]
    if "recipe" in choices:
        outcome["preview"] = _preview(upload, table, choices)
    actions.ask(upload.id, outcome, done=table.height, total=table.height, **columns)


def _is_answerable(refusal: Refused, upload: Upload) -> bool:
    """Whether another sheet or row of headings may be what was meant, or what was chosen did not fit the file."""
    if refusal.choices or refusal.code in (Code.NO_SUCH_ROW, Code.RAGGED):
        return True
    chosen = upload.choices.get("table", {})
    return refusal.code in _BY_CHOICE and bool(chosen.get("encoding") or chosen.get("delimiter"))


def _preview(upload: Upload, table: Table, choices: dict[str, Any]) -> dict[str, Any]:
    """What the choices come to; where they cannot be carried out, what is missing for it."""
    token = writing.set(False)
    try:
        recipe, questions = settle(table, from_plain(choices["recipe"]))
        if questions:
            return {"questions": [question.to_plain() for question in questions], "can_save": False}
        measure = _measure(upload, choices, recipe)
        db.session.commit()
        found = _harvest(upload, table, recipe, measure, choices)
        return {**preview(measure, found), "recipe": to_plain(recipe), "definition": words.definition(recipe)}
    except Unfit as unfit:
        return {"lacking": list(unfit.columns), "can_save": False}
    except BadRecipe:
        return {"lacking": [], "broken": True, "can_save": False}
    finally:
        db.session.rollback()
        writing.reset(token)


def _harvest(
    upload: Upload, table: Table, recipe: Recipe | Transcription, measure: Measure, choices: dict[str, Any]
) -> Harvest:
    def tell(done: int) -> None:
        token = writing.set(True)
        try:
            pulse(done)
        finally:
            writing.reset(token)

    pulse = _Pulse(upload.id, table.height)
    return harvest(
        table,
        recipe,
        measure,
        today=clock.today(upload.team.time_zone),
        keep_unfinished=bool(choices.get("keep_unfinished")),
        tell=tell,
    )


def _measure(upload: Upload, choices: dict[str, Any], recipe: Recipe | Transcription) -> Measure:
    """The measure that was chosen, or the new one as it would be."""
    wanted = choices["measure"]
    if "id" in wanted:
        return queries.measure(wanted["id"])
    team: Team = upload.team
    return measuring.draft(team, measuring.described(wanted, recipe, upload.file_name))


# Saving ---------------------------------------------------------------------------------------------------------------


def _save(upload: Upload) -> None:
    """Everything, or nothing; what was agreed to is made anew from the file and held against what was shown."""
    table = read(store.data_of(upload.sha256), upload.file_name, **upload.choices.get("table", {}))
    shown, choices = upload.outcome["preview"], upload.choices
    recipe = from_plain(shown["recipe"])
    measure = _measure(upload, choices, recipe)
    db.session.commit()
    found = _harvest(upload, table, recipe, measure, choices)
    try:
        _write(upload, recipe, found)
        db.session.commit()
    except DomainError as broken:
        _again(upload, broken.text)
    except IntegrityError:
        _again(upload, _("Somebody else saved something at the same moment. Nothing was saved: look at it again."))
    else:
        actions.clear_up(upload.sha256)


def _again(upload: Upload, said: str) -> None:
    db.session.rollback()
    actions.reopen(upload.id, said)


def _write(upload: Upload, recipe: Recipe | Transcription, found: Harvest) -> None:
    if not actions.finish(upload.id):
        return
    upload = queries.job(upload.id)
    shown, choices, by = upload.outcome["preview"], upload.choices, upload.choices["agreed_by"]
    if "id" in choices["measure"]:
        measure = queries.measure(choices["measure"]["id"], lock=True)
    else:
        described = measuring.described(choices["measure"], recipe, upload.file_name)
        measure = measures.create(upload.team_id, by=by, **described)
    saved = measures.save(measure, found.given, seen=shown["fingerprint"], by=by)
    if choices.get("recipe_name"):
        body = {
            "recipe": to_plain(recipe),
            "form": choices["form"],
            "keep_unfinished": bool(choices.get("keep_unfinished")),
            "measure": {"id": measure.id},
            "table": choices.get("table", {}),
        }
        upload.recipe_id = actions.keep_recipe(upload, measure.id, body, name=choices["recipe_name"], by=by).id
    upload.measure_id = measure.id
    upload.outcome = {
        "shape": upload.outcome["shape"],
        "new": len(saved.new),
        "changed": len(saved.changed),
        "known": saved.known,
    }
    upload.choices = {**choices, "measure": {"id": measure.id}, "form": {**choices["form"], "measure": str(measure.id)}}
