"""The short form of what ``bin/torture`` does at length: real processes, killed and raced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.database import ON_POSTGRES, let_go
from tests.faults import edited, killed, server, upgraded
from tests.faults.ledger import Proof
from tests.faults.stage import Stage

pytestmark = [pytest.mark.database, pytest.mark.slow]
ENGINE = "postgresql" if ON_POSTGRES else "sqlite"


@pytest.fixture
def stage(app: Flask, cast: Cast) -> Stage:
    """The test's own database, for processes beside it."""
    let_go(app)
    address = str(app.config["SQLALCHEMY_DATABASE_URI"]) if ON_POSTGRES else ""
    return Stage(ENGINE, Path(app.config["DATA_FOLDER"]), cast, address)


def _expect(proof: Proof) -> None:
    assert proof.errors == []
    assert proof.survived == proof.acknowledged > 0
    assert proof.holds


def test_what_was_acknowledged_survives_a_server_that_is_killed(stage: Stage) -> None:
    _expect(killed.prove(stage, 0, names=("ana", "ben", "eve")))


def test_of_twelve_who_save_one_text_at_once_one_wins_and_the_others_see_both(stage: Stage) -> None:
    proof = edited.prove(stage, 12, merge=False)
    _expect(proof)
    assert proof.acknowledged == 1


def test_an_upgrade_that_is_killed_can_be_run_again_and_two_at_once_are_one(tmp_path: Path) -> None:
    address = os.environ.get("KATA_TEST_DATABASE_URL", "")
    upgrades = upgraded.on_postgres(tmp_path, address) if address else upgraded.on_sqlite(tmp_path)
    _expect(upgraded.prove_upgrades(upgrades, ENGINE, 0, least=1))


def test_a_server_of_the_proofs_is_the_one_that_people_run() -> None:
    command = server.command(8000)
    assert {"python:kata.server", "wsgi:app"} <= set(command)
    assert command[command.index("--bind") + 1] == "127.0.0.1:8000"
