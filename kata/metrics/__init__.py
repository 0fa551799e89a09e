"""What the processes count, for a Prometheus that asks: requests, statements, refusals, jobs, connections.

Off until ``begin`` is called with a folder; then each process counts into files of its own there, and whoever answers
on the local address adds up those of all processes (``listener``). A count costs some microseconds, so that none is
taken where nobody asks.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kata.metrics.places import Place

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge, Histogram

#: Seconds: most answers take some milliseconds, an import some seconds.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Reading(NamedTuple):
    """A figure that is asked for when somebody looks: ``read(app)`` answers values by the values of ``labels``."""

    name: str
    words: str
    labels: tuple[str, ...]
    read: Callable[[Any], dict[tuple[str, ...], float]]


readings: list[Reading] = []


def add(reading: Reading) -> None:
    """Tell ``reading`` to whoever looks; adding one again takes the place of the one of its name."""
    readings[:] = [*(each for each in readings if each.name != reading.name), reading]


@dataclass
class Figures:
    """The figures of this process, and what is counted at a kind of request, found once."""

    folder: Path
    requests: Counter
    seconds: Histogram
    statements: Counter
    refusals: dict[int, Counter]
    job_runs: Counter
    job_seconds: Gauge
    job_success: Gauge
    connections: Gauge
    kinds: dict[tuple[str, str, int], tuple[Callable[..., None], ...]] = field(default_factory=dict)

    def of(self, route: str, method: str, status: int) -> tuple[Callable[..., None], ...]:
        """What counts a request of this kind: itself, its seconds, its statements; and a refusal, where it is one."""
        counting = [
            self.requests.labels(route, method, f"{status // 100}xx").inc,
            self.seconds.labels(route).observe,
            self.statements.labels(route).inc,
        ]
        if status in self.refusals:
            counting.append(self.refusals[status].labels(route).inc)
        self.kinds[route, method, status] = found = tuple(counting)
        return found


_figures: Figures | None = None


def begin(folder: Path) -> None:
    """Count from here on, into a folder below ``folder`` that this version of the figures has for itself.

    Called once in a process, before the app is made; processes that are forked from it count for themselves.
    """
    global _figures
    own = folder / "metrics" / _digest()
    own.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(own)
    from prometheus_client import Counter, Gauge, Histogram, values

    values.ValueClass = values.MultiProcessValue(Place(own).number)  # type: ignore[no-untyped-call]  # it has no types
    counter, gauge = partial(Counter, registry=None), partial(Gauge, registry=None)
    _figures = Figures(
        folder=own,
        requests=counter(
            "kata_requests", "Requests answered, by route and class of status", ["route", "method", "status"]
        ),
        seconds=Histogram(
            "kata_request_seconds",
            "Time until the answer was made, by route",
            ["route"],
            buckets=BUCKETS,
            registry=None,
        ),
        statements=counter("kata_statements", "Statements put to the database by requests, by route", ["route"]),
        refusals={
            409: counter("kata_conflicts", "Saves that met somebody else's change (409), by route", ["route"]),
            429: counter(
                "kata_throttled", "Tries at passwords and secrets that were put off (429), by route", ["route"]
            ),
            503: counter(
                "kata_unavailable", "Requests that the database left without an answer (503), by route", ["route"]
            ),
        },
        job_runs=counter("kata_job_runs", "Rounds of the worker's jobs, by job and outcome", ["job", "outcome"]),
        job_seconds=gauge(
            "kata_job_seconds", "How long a job's last round took", ["job"], multiprocess_mode="mostrecent"
        ),
        job_success=gauge(
            "kata_job_success_time_seconds", "When a job last ended well (Unix time)", ["job"], multiprocess_mode="max"
        ),
        connections=gauge(
            "kata_database_connections_in_use",
            "Connections in the hands of requests and jobs",
            multiprocess_mode="livesum",
        ),
    )


def folder() -> Path | None:
    """Where this process counts; ``None`` where it does not."""
    return _figures.folder if _figures else None


def request(route: str, method: str, status: int, seconds: float, statements: int) -> None:
    """Count a request that was answered."""
    if _figures is None:
        return
    counting = _figures.kinds.get((route, method, status)) or _figures.of(route, method, status)
    counting[0]()
    counting[1](seconds)
    if statements:
        counting[2](statements)
    for refused in counting[3:]:
        refused()


def job(name: str, seconds: float, *, done: bool) -> None:
    """Count a round of a job of the worker's."""
    if _figures is None:
        return
    _figures.job_runs.labels(name, "done" if done else "failed").inc()
    _figures.job_seconds.labels(name).set(seconds)
    if done:
        _figures.job_success.labels(name).set_to_current_time()


def watch(engine: Any) -> None:
    """Count the connections of ``engine`` that are in use."""
    if _figures is None:
        return
    from sqlalchemy import event

    connections = _figures.connections
    event.listen(engine, "checkout", lambda *_: connections.inc())
    event.listen(engine, "checkin", lambda *_: connections.dec())


def _digest() -> str:
    """The checksum of what defines the figures: counts of another version are not added to those of this one."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(here.glob("*.py")))).hexdigest()[:12]
