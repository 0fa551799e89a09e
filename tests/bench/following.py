"""How long two hundred walls take to show the question that a coach turned to, with two processes of the server."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from contextvars import Token
from pathlib import Path

from flask import Flask

from kata.coaching.actions import cycles as actions
from kata.coaching.card import KEYS, after
from kata.coaching.models import CoachingCycle
from kata.extensions import db, writing
from kata.storyboards.models import Storyboard
from kata.storyboards.queries import boards
from tests.bench.start import ROOT, answers, free_port
from tests.cast import Cast
from tests.conftest import SETTINGS, sign_in

WALLS, EVERY, PATIENCE = 200, 1.2, 20.0
SINCE = re.compile(rb"/question\?since=([\w.]+)")


class Walls:
    """Screens that ask for the question every 1.2 seconds, and when each heard of a move."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        self.port, self.path, self.cookie = port, path, cookie
        self.heard: dict[bytes, list[float]] = {}
        self.asked = self.refused = 0
        self.ended = False

    async def watch(self, start: float) -> None:
        """One screen, until the end."""
        await asyncio.sleep(start)
        since = b"none"
        while not self.ended:
            body = await self._ask(since)
            if found := SINCE.search(body):
                since = found[1]
                self.heard.setdefault(since, []).append(time.monotonic())
            await asyncio.sleep(EVERY)

    async def _ask(self, since: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        address = f"{self.path}/question?since={since.decode()}"
        head = f"Host: localhost\r\nHX-Request: true\r\nCookie: {self.cookie}\r\nConnection: close"
        writer.write(f"GET {address} HTTP/1.1\r\n{head}\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        self.asked += 1
        self.refused += not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 204"))
        return answer


def slowest(app: Flask, played: Cast, folder: Path) -> tuple[float, float, int]:
    """Seconds until the last of all walls showed a move, at worst and in the middle, and how many were refused.

    ``app`` writes to the database ``kata.sqlite`` of ``folder``, which the server reads.
    """
    port = free_port()
    server = serve(folder, port)
    try:
        client = sign_in(app, played["ana"].id)
        cookie = "; ".join(f"{each.key}={each.value}" for each in client._cookies.values())
        walls = Walls(port, played.board.path, cookie)
        return asyncio.run(_follow(app, played, walls))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def serve(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """The app over the database ``kata.sqlite`` of a folder, by two processes that answer already."""
    environment = {**os.environ, **SETTINGS, "KATA_DATA": str(folder), "LOG_LEVEL": "warning"}
    environment.pop("DATABASE_URL", None)
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:kata.server", "--bind", address, "wsgi:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    begun = time.monotonic()
    while not answers(port):
        if server.poll() is not None or time.monotonic() - begun > PATIENCE:
            raise RuntimeError("The server did not start.")
        time.sleep(0.05)
    return server


async def _follow(app: Flask, played: Cast, walls: Walls) -> tuple[float, float, int]:
    screens = [asyncio.create_task(walls.watch(EVERY * n / WALLS)) for n in range(WALLS)]
    await asyncio.sleep(2 * EVERY)
    moves = [_begin(app, played)]
    await asyncio.sleep(2 * EVERY)
    for key in KEYS[:-1]:
        moves.append(_turn(app, moves[0][2], key, played["ben"].id))
        await asyncio.sleep(2 * EVERY)
    walls.ended = True
    await asyncio.gather(*screens)
    late = [max(walls.heard[since]) - at for since, at, _cycle in moves if len(walls.heard.get(since, ())) == WALLS]
    missed = len(moves) - len(late)
    ordered = sorted(late)
    return ordered[-1], ordered[len(ordered) // 2], walls.refused + missed


def _begin(app: Flask, played: Cast) -> tuple[bytes, float, int]:
    with app.app_context():
        token = writing.set(True)
        board = boards.board(played.viewer("ben"), board_id=played.board.id)
        assert isinstance(board, Storyboard)
        cycle = actions.begin(board, by=played["ben"].id)
        return _committed(cycle, token)


def _turn(app: Flask, cycle_id: int, key: str, by: int) -> tuple[bytes, float, int]:
    with app.app_context():
        token = writing.set(True)
        cycle = db.session.get_one(CoachingCycle, cycle_id)
        actions.turn(cycle, key, after(key), "", None, note=None, by=by, threshold=False)
        return _committed(cycle, token)


def _committed(cycle: CoachingCycle, token: Token[bool]) -> tuple[bytes, float, int]:
    db.session.commit()
    writing.reset(token)
    return f"{cycle.id}.{cycle.version}".encode(), time.monotonic(), cycle.id
