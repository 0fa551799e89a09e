"""The local address on which the figures of all processes of this machine are told.

Each process would answer; one holds a lock and does. When it ends, another one takes over at once, so that the
figures are there as long as any process is.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import AF_INET, AF_INET6
from socketserver import TCPServer
from threading import Thread
from typing import TYPE_CHECKING

from kata import metrics
from kata.metrics import places

if TYPE_CHECKING:
    from flask import Flask
    from prometheus_client import Metric

_log = logging.getLogger(__name__)
#: Seconds until an address that is taken is tried again.
PAUSE = 5.0


def listen(app: Flask) -> None:
    """Tell the figures on the address that the settings name, or be ready to, for as long as this process lives."""
    address, folder = app.config.get("METRICS"), metrics.folder()
    if address and folder:
        Thread(target=_hold, args=(app, folder, address), name="metrics", daemon=True).start()


def _hold(app: Flask, folder: Path, address: tuple[str, int]) -> None:
    network = Path("/proc/self/ns/net")  # a container has one of its own, where the same address is another one
    name = f"listener-{network.stat().st_ino if network.exists() else 0}.lock"
    lock = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    while True:
        try:
            server = _server(app, folder, address)
        except OSError as trouble:
            _log.error("The metrics cannot be told on %s port %s: %s.", *address, trouble.strerror)
            time.sleep(PAUSE)
        else:
            server.serve_forever(poll_interval=3600)


def _server(app: Flask, folder: Path, address: tuple[str, int]) -> TCPServer:
    class Answer(BaseHTTPRequestHandler):
        timeout = 5
        server_version = "kata"
        sys_version = ""

        def do_GET(self) -> None:
            asked = self.path.partition("?")[0] == "/metrics"
            body = told(app, folder) if asked else b"There is /metrics here, and nothing else.\n"
            self.send_response(200 if asked else 404)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody needs to read every fifteen seconds that Prometheus asked."""

    class Server(TCPServer):  # an HTTPServer would ask for this machine's name first
        allow_reuse_address = True
        address_family = AF_INET6 if ":" in address[0] else AF_INET

    return Server(address, Answer)


def told(app: Flask, folder: Path) -> bytes:
    """The figures of all processes and those that are read now, as Prometheus takes them."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    places.forget_the_dead(folder)
    registry = CollectorRegistry(auto_describe=False)
    MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]  # it has no types
    registry.register(_Readings(app))
    return generate_latest(registry)


class _Readings:
    """What is read when somebody looks. Where the database does not answer, that is what is told."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        answers = 1.0
        with self.app.app_context():
            for reading in metrics.readings:
                family = GaugeMetricFamily(reading.name, reading.words, labels=reading.labels)
                try:
                    for labels, value in reading.read(self.app).items():
                        family.add_metric(labels, value)
                except Exception:  # whatever the driver raises: the figures of the processes are told all the same
                    answers = 0.0
                yield family
        yield GaugeMetricFamily("kata_database_up", "Whether the database answered just now", value=answers)
