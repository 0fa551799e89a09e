"""The crowd: a process of its own that asks at the moments at which people would, whatever the server is busy with.

``python -m tests.load.client PLAN RESULT`` reads what there is to work on and writes down each request. Requests come
at their moments (an *open loop*): one that is answered late delays no other, and is counted from the moment at which
it should have left.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.load.scripts import Ask, Heard, Place, Script, start

#: Somebody reads for so long, in the middle, before the next click.
READING = 1.5
#: How long an answer is waited for at most; people would long have gone.
PATIENCE = 240.0
TIMES = 10
#: How long an idle connection stays open at our end.
KEPT = 3.0
#: Where fewer are here than would be, so many of those who come are new ones: nobody opens the doors at once.
COMING = 0.35


class Unanswered(Exception):
    """The connection ended without an answer."""


@dataclass
class Window:
    """Somebody's open window: their cookie, the connection that stays, and what they do next."""

    port: int
    cookie: str
    script: Script
    ask: Ask
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    since: float = 0.0

    async def send(self) -> Heard:
        """Ask what is next; over a new connection where the old one was closed meanwhile, as browsers do."""
        kept = self.writer is not None
        try:
            return await self._send()
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            if not kept:
                raise Unanswered(repr(error)) from None
        try:
            return await self._send()
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            raise Unanswered(repr(error)) from None

    async def _send(self) -> Heard:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        self.writer.write(self._request())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers = int(head[0].split(" ")[1]), [line.partition(": ")[::2] for line in head[1:] if line]
        told = {name.lower(): value for name, value in headers}
        body = b""
        if length := int(told.get("content-length", 0)):
            body = await self.reader.readexactly(length)
        for name, value in headers:
            if name.lower() == "set-cookie":
                self.cookie = value.partition(";")[0]
        if told.get("connection", "").lower() == "close":
            self.close()
        text = gzip.decompress(body) if told.get("content-encoding") == "gzip" else body
        return Heard(status, text.decode("utf-8", "replace"), told.get("location", ""))

    def _request(self) -> bytes:
        asked, body = self.ask, b""
        head = ["Host: localhost", f"Cookie: {self.cookie}", "Accept-Encoding: gzip"]
        if asked.htmx:
            head.append("HX-Request: true")
        if asked.fields is not None:
            body = urlencode(asked.fields).encode()
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        method = "GET" if asked.fields is None else "POST"
        return "\r\n".join([f"{method} {asked.path} HTTP/1.1", *head, "", ""]).encode() + body

    def close(self) -> None:
        """Close the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass
class Crowd:
    """Everybody, and what was written down of them: kind, moment due, seconds until the answer, status."""

    port: int
    place: Place
    ready: deque[Window] = field(default_factory=deque)
    noted: list[tuple[str, float, float, int]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    offered: int = 0
    troubles: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    busy: set[asyncio.Task[None]] = field(default_factory=set)
    begun: float = 0.0

    async def come(self, rate: float, until: float) -> None:
        """Ask ``rate`` times a second, on average and by chance, until so many seconds after the beginning."""
        due = time.monotonic() - self.begun
        while (due := due + self.place.chance.expovariate(rate)) < until:
            if (wait := due - (time.monotonic() - self.begun)) > 0:
                await asyncio.sleep(wait)
            elif len(self.noted) % 20 == 0:
                await asyncio.sleep(0)
            task = asyncio.create_task(self._ask(self._window(rate), due))
            self.busy.add(task)
            task.add_done_callback(self.busy.discard)

    async def tidy(self) -> None:
        """Close what nobody has used for a while, as the server has done at its end."""
        while True:
            await asyncio.sleep(1)
            for window in self.ready:
                if window.since < time.monotonic() - KEPT:
                    window.close()

    def _window(self, rate: float) -> Window:
        """Whoever has read what they asked for; somebody new where fewer are here than would be."""
        fewer = len(self.ready) < rate * READING and self.place.chance.random() < COMING
        if self.ready and not fewer:
            return self.ready.popleft()
        cookie, script = start(self.place)
        return Window(self.port, cookie, script, next(script))

    async def _ask(self, window: Window, due: float) -> None:
        asked = window.ask
        self.offered += bool(asked.text)
        try:
            heard = await asyncio.wait_for(window.send(), PATIENCE)
        except (Unanswered, TimeoutError) as error:
            window.close()
            window.script.close()
            self._note(asked, due, 0, f"{error!r}")
            return
        self._note(asked, due, heard.status, heard.location)
        try:
            window.ask = window.script.send(heard)
        except StopIteration:
            window.close()
        except Exception as error:  # a script that stumbles over an answer must not pass for one that ended
            self.broken.append(repr(error))
            window.close()
        else:
            window.since = time.monotonic()
            self.ready.append(window)

    def _note(self, asked: Ask, due: float, status: int, told: str) -> None:
        self.noted.append((asked.kind, due, time.monotonic() - self.begun - due, status))
        if asked.text and status == 303 and not told.startswith("/sign-in"):
            self.acknowledged.append(asked.text)
        if status not in {200, 204, 303} or (status == 303 and told.startswith("/sign-in")):
            self.troubles.append(f"{status} {asked.kind} {asked.path} {told}")


async def _work(plan: dict[str, Any]) -> dict[str, Any]:
    crowd = Crowd(plan["port"], Place(plan["work"], random.Random(plan["seed"])))  # noqa: S311 - a crowd by chance
    seconds, burst, rate = plan["seconds"], plan["burst"], plan["rate"]
    before = (seconds - burst) / 2
    crowd.begun = time.monotonic()
    tidying = asyncio.create_task(crowd.tidy())
    await crowd.come(rate, before)
    await crowd.come(rate * TIMES, before + burst)
    await crowd.come(rate, seconds)
    while crowd.busy:
        await asyncio.wait(list(crowd.busy), timeout=PATIENCE + 10)
    tidying.cancel()
    return {
        "noted": crowd.noted,
        "acknowledged": crowd.acknowledged,
        "offered": crowd.offered,
        "troubles": crowd.troubles,
        "broken": crowd.broken,
        "burst": [before, before + burst],
        "ended": time.monotonic() - crowd.begun,
    }


def main() -> None:
    """The command line above."""
    plan, result = map(Path, sys.argv[1:3])
    found = asyncio.run(_work(json.loads(plan.read_text())))
    result.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
