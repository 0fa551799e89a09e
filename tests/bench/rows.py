"""What ``bin/bench`` measures: a function for each part of the table, which answers with its rows."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle as cycle_of
from itertools import pairwise
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, make_url, text

from kata.coaching.card import KEYS
from kata.extensions import db
from kata.leadership.actions import refresh
from kata.storyboards.models import Obstacle
from tests import cast, growth, postgres
from tests.bench import coached, following, importing, learned, led, stage, told, weights, years
from tests.bench.turns import Request, ratio, take_turns
from tests.conftest import listening

KB = 1024
HISTORY = "/teams/access-requests/history"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    found: float
    bar: float | None
    unit: str
    said: str = ""

    @property
    def holds(self) -> bool:
        return self.bar is None or self.found <= self.bar

    def __str__(self) -> str:
        number = f"{self.found:.1f}" if self.unit else f"{self.found:.0f}"
        bar = "–" if self.bar is None else f"{self.bar:g}{self.unit}"
        verdict = "–" if self.bar is None else "yes" if self.holds else "**no**"
        return f"| {self.what} | {number}{self.unit} | {bar} | {verdict} | {self.said} |"


def measure_demo(folder: Path, turns: int) -> list[Row]:
    """The daily pages of the demo's ana, against the bare page; on PostgreSQL too, where a server can be had."""
    app = stage.app_with(f"sqlite:///{folder / 'demo.sqlite'}", folder)
    place = stage.play_demo(app)
    asked = _pages(app, place)
    with _postgres() as address:
        beside = _pages(there := stage.app_with(address, folder), stage.play_demo(there)) if address else {}
        take_turns({**asked, **{f"{name} on PostgreSQL": request for name, request in beside.items()}}, turns)
        if address:
            with there.app_context():
                db.engine.dispose()
    bare = asked["bare"]
    rows = [
        Row(f"{name} against a bare page", ratio(asked[name], bare), bar, " ×", _milliseconds(asked[name], bare))
        for name, bar in (
            ("Today", 3),
            ("storyboard", 6),
            ("list of storyboards", 6),
            ("list of teams", 6),
            ("measure of ten years, read daily", 6),
            ("a team's measures", 6),
            ("opened editor", 2),
            ("partial update", 2),
        )
    ]
    update = asked["partial update"]
    rows.append(Row("partial update against a bare update", ratio(update, asked["bare update"]), 2, " ×"))
    for name, request in beside.items():
        if not name.startswith("bare"):
            rows.append(Row(f"{name}: PostgreSQL against SQLite", ratio(request, asked[name]), 1.6, " ×"))
    return rows + _visits(app, asked)


def _pages(app: Flask, place: stage.Place) -> dict[str, Request]:
    client = stage.signed_in(app, place.ana)
    token = client.csrf_token()
    turn = iter(range(10_000))

    def words() -> dict[str, object]:
        with app.app_context():
            version = db.session.get_one(Obstacle, place.obstacle).version
        return {"csrf_token": token, "version": version, "text": f"Approvers look once a day {next(turn)}"}

    path = f"/obstacles/{place.obstacle}"
    return {
        "bare": Request(app, client, "/bare"),
        "bare update": Request(app, client, f"/bare/{place.board}", form=words),
        "Today": Request(app, client, "/"),
        "storyboard": Request(app, client, f"/boards/{place.board}"),
        "list of storyboards": Request(app, client, "/boards"),
        "list of teams": Request(app, client, "/teams"),
        "measure of ten years, read daily": Request(app, client, f"/measures/{place.measure}"),
        "a team's measures": Request(app, client, f"/teams/{place.team}/measures"),
        "partial update": Request(app, client, path, form=words, htmx=True),
        "opened editor": Request(app, client, f"{path}/edit", htmx=True),
    }


def _milliseconds(request: Request, bare: Request) -> str:
    return f"{request.middle * 1000:.1f} ms and {bare.middle * 1000:.1f} ms, the median of {len(request.times)} turns"


@contextmanager
def _postgres() -> Iterator[str | None]:
    if postgres.find_programs() is None:
        sys.stderr.write("PostgreSQL is left out: no server was found.\n")
        yield None
        return
    with postgres.server() as address:
        yield address


def _visits(app: Flask, asked: dict[str, Request]) -> list[Row]:
    """First visit: the page and everything that it fetches. A repeat visit fetches the page alone."""
    rows = []
    for name in ("Today", "storyboard"):
        html, page = weights.of_page(asked[name].body)
        files = weights.assets(app, html)
        script = sum(size for file, size in files.items() if file.endswith(".js"))
        rows += [
            Row(f"{name}: first visit", (page + sum(files.values())) / KB, 60, " KB", f"{len(files) + 1} files, gzip"),
            Row(f"{name}: script of it", script / KB, 25, " KB"),
            Row(f"{name}: repeat visit", page / KB, 15, " KB"),
        ]
    return rows


def measure_growth(folder: Path, turns: int) -> list[Row]:
    """Statements at one row and at two hundred; a board with 5 experiments and one with 2,000."""
    small, played = _cast(folder, "small")
    with small.app_context():
        growth.experiments(played.board, played, 2)
        db.session.commit()
    large, same = _cast(folder, "large")
    with large.app_context():
        growth.experiments(same.board, same, 1997)
        db.session.commit()
    many, _ = _cast(folder, "many")
    with many.app_context():
        growth.grow(played, 200)
        db.session.commit()
    pages = {"Today": "/", "storyboard": played.board.path, "list of storyboards": "/boards", "list of teams": "/teams"}
    rows = []
    for name, path in pages.items():
        few, more = (_statements(app, played, path) for app in (small, many))
        rows.append(Row(f"{name}: statements", max(few, more), 12, "", f"{few} at one row, {more} at 200"))
    requests = {
        name: Request(app, stage.signed_in(app, played["ana"].id), path)
        for app, size in ((small, "5"), (large, "2,000"))
        for name, path in ((f"storyboard, {size}", played.board.path), (f"Today, {size}", "/"))
    }
    take_turns(requests, turns)
    for name in ("storyboard", "Today"):
        found = ratio(requests[f"{name}, 2,000"], requests[f"{name}, 5"])
        rows.append(Row(f"{name}: 2,000 experiments against 5", found, 1.3, " ×"))
    return rows


def measure_coaching(folder: Path, turns: int) -> list[Row]:
    """A coach of thirty learners, somebody with five hundred cycles, each step of a cycle; and walls that follow it."""
    place = folder / "coaching"
    app, played = _cast(place, "kata")
    with app.app_context():
        coached.thirty_learners(played)
        coached.five_hundred_cycles(played)
        cycle = coached.begin(played)
        db.session.commit()
    ben = stage.signed_in(app, played["ben"].id)
    token, keys = ben.csrf_token(), cycle_keys()

    def turn() -> dict[str, object]:
        left, to = next(keys)
        return {"csrf_token": token, "left": left, "to": to, "words": ""}

    def words() -> dict[str, object]:
        return {"csrf_token": token, "text": f"Approvers look once a day {next(numbers)}"}

    numbers = iter(range(10_000))
    asked = {
        "bare": Request(app, ben, "/bare"),
        "bare update": Request(app, ben, f"/bare/{played.board.id}", form=words),
        "page of coaching, 30 learners": Request(app, ben, "/coaching"),
        "page of somebody with 500 cycles": Request(app, ben, f"/people/{played['ana'].id}"),
        "cycle, whole": Request(app, ben, f"{played.board.path}/coach"),
        "step of a cycle": Request(app, ben, f"/cycles/{cycle}/turn", form=turn, htmx=True),
    }
    take_turns(asked, turns)
    bars = {"step of a cycle": 2}
    rows = [
        Row(f"{name} against a bare page", ratio(request, asked["bare"]), bars.get(name, 6), " ×",
            _milliseconds(request, asked["bare"]))
        for name, request in asked.items()
        if not name.startswith("bare")
    ]  # fmt: skip
    step = ratio(asked["step of a cycle"], asked["bare update"])
    rows.append(Row("step of a cycle against a bare update", step, 2, " ×"))
    for name in ("page of coaching, 30 learners", "page of somebody with 500 cycles", "cycle, whole"):
        rows.append(Row(f"{name}: statements", _statements(app, played, asked[name].path, "ben"), 12, ""))
    worst, middle, refused = following.slowest(app, played, place)
    told = f"{following.WALLS} walls, two processes; {middle:.1f} s in the middle, {refused} refused"
    return [*rows, Row("walls that follow a coach: the slowest", worst, 2, " s", told)]


def measure_stories(folder: Path, turns: int) -> list[Row]:
    """The demo's longest story, read from outside by a link; and the story of a board with 2,000 experiments."""
    folder.mkdir(exist_ok=True)
    app = stage.app_with(f"sqlite:///{folder / 'kata.sqlite'}", folder)
    place = stage.play_demo(app)
    with app.app_context():
        token = told.finish_and_share(place.board, place.ana)
    large, played = _cast(folder, "large")
    with large.app_context():
        growth.experiments(played.board, played, 1997)
        db.session.commit()
    reader = stage.signed_in(large, played["ana"].id)
    asked = {
        "bare": Request(app, stage.signed_in(app, place.ana), "/bare"),
        "story of a board by its link": Request(app, app.test_client(), f"/stories/{token}"),
        "story of 2,000 experiments": Request(large, reader, f"{played.board.path}/story"),
        "a page of a chapter of 2,000": Request(large, reader, f"{played.board.path}/story/chapters/2"),
    }
    take_turns(asked, turns)
    rows = [
        Row(
            f"{name} against a bare page", ratio(request, asked["bare"]), 6, " ×", _milliseconds(request, asked["bare"])
        )
        for name, request in asked.items()
        if name != "bare"
    ]
    path = f"{played.board.path}/story"
    return [*rows, Row("story of 2,000 experiments: statements", _statements(large, played, path), 12, "")]


def measure_years(folder: Path, turns: int) -> list[Row]:
    """The history of a team with ten years behind it, against a bare page and against one year."""
    folder.mkdir(exist_ok=True)
    rows = _histories(lambda name: f"sqlite:///{folder / name}.sqlite", folder, turns, "")
    with _postgres() as address:
        beside = (lambda name: address if name == "ten" else _another(address)) if address else None
        return rows + (_histories(beside, folder, turns, " on PostgreSQL") if beside else [])


def _another(address: str) -> str:
    """A second database on the same server."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("create database another"))
    engine.dispose()
    return make_url(address).set(database="another").render_as_string(hide_password=False)


def _histories(address: Callable[[str], str], folder: Path, turns: int, where: str) -> list[Row]:
    apps, asked = [], dict[str, Request]()
    for name, count in (("one", 1), ("ten", 10)):
        app = stage.app_with(address(name), folder)
        with app.app_context():
            played = cast.play(folder)
            years.lived(played, count)
            db.session.commit()
            learned.let_the_engine_count()
        reader = stage.signed_in(app, played["fay"].id)
        asked |= {f"bare {name}": Request(app, reader, "/bare"), name: Request(app, reader, HISTORY)}
        apps.append(app)
    take_turns(asked, turns)
    for app in apps:
        with app.app_context():
            db.engine.dispose()
    told = _milliseconds(asked["ten"], asked["bare ten"])
    return [
        Row(f"history of a team with ten years{where} against a bare page", ratio(asked["ten"], asked["bare ten"]), 6,
            " ×", told),
        Row(f"history of a team{where}: ten years against one", ratio(asked["ten"], asked["one"]), 1.3, " ×"),
    ]  # fmt: skip


def measure_learning(folder: Path, turns: int) -> list[Row]:
    """The search in 200,000 experiments, for rare words, common ones and beginnings."""
    folder.mkdir(exist_ok=True)
    rows = _searches(f"sqlite:///{folder / 'kata.sqlite'}", folder, turns, "")
    with _postgres() as address:
        return rows + (_searches(address, folder, turns, " on PostgreSQL") if address else [])


def _searches(address: str, folder: Path, turns: int, where: str) -> list[Row]:
    app = stage.app_with(address, folder)
    with app.app_context():
        played = cast.play(folder)
        count = learned.two_hundred_thousand(played)
        db.session.commit()
        learned.let_the_engine_count()
    fay = stage.signed_in(app, played["fay"].id)
    asked = {
        "bare": Request(app, fay, "/bare"),
        "rare words": Request(app, fay, "/learning?q=valvea+badgec"),
        "words of nearly every experiment": Request(app, fay, "/learning?q=approver+noon"),
        "the beginning of a word": Request(app, fay, "/learning?q=ledg"),
        "tried before": Request(app, fay, "/learning/tried.json?q=ask+approver+noon+valvea"),
    }
    take_turns(asked, turns)
    with app.app_context():
        db.engine.dispose()
    return [
        Row(f"{name} in {count:,} experiments{where} against a bare page", ratio(request, asked["bare"]), 6, " ×",
            _milliseconds(request, asked["bare"]))
        for name, request in asked.items()
        if name != "bare"
    ]  # fmt: skip


def measure_leadership(folder: Path, turns: int) -> list[Row]:
    """The leaders' page over 2,000 teams and three years, today and on a past day; and how stale its figures get."""
    folder.mkdir(exist_ok=True)
    rows = _leaders(f"sqlite:///{folder / 'kata.sqlite'}", folder, turns, "")
    with _postgres() as address:
        return rows + (_leaders(address, folder, turns, " on PostgreSQL") if address else [])


def _leaders(address: str, folder: Path, turns: int, where: str) -> list[Row]:
    app = stage.app_with(address, folder)
    with app.app_context():
        played = cast.play(folder)
        began = time.perf_counter()
        count = led.two_thousand_teams(played)
        took = time.perf_counter() - began
        learned.let_the_engine_count()
    dev = stage.signed_in(app, played["dev"].id)
    asked = {
        "bare": Request(app, dev, "/bare"),
        "leaders' page": Request(app, dev, "/leadership/northfield"),
        "leaders' page of two years ago": Request(app, dev, "/leadership/northfield?on=2024-06-01"),
        "Today of a leader": Request(app, dev, "/"),
    }
    take_turns(asked, turns)
    with app.app_context():
        led.write_something(played)
        began = time.perf_counter()
        refresh.refresh()
        fresh = time.perf_counter() - began
        db.session.remove()
        db.engine.dispose()
    said, bars = f"2,000 teams, {count:,} experiments{where}", {"Today of a leader": 3}
    rows = [
        Row(f"{name}, {said} against a bare page", ratio(request, asked["bare"]), bars.get(name, 10), " ×",
            _milliseconds(request, asked["bare"]))
        for name, request in asked.items()
        if name != "bare"
    ]  # fmt: skip
    told = f"written and counted from scratch in {took:.0f} s"
    return [*rows, Row(f"leaders' figures after one write{where}", fresh, 20, " s", told)]


def cycle_keys() -> Iterator[tuple[str, str]]:
    """From each question to the next and round again."""
    return cycle_of([*pairwise(KEYS), (KEYS[-1], KEYS[0])])


def measure_import(folder: Path, files: int) -> list[Row]:
    """Readings from files, against the same rows through the bare driver; SQLite."""
    app, _played = _cast(folder, "import")
    ours, bare = importing.both(app, files)
    told = f"{files * importing.A_FILE:,} readings in {ours:.1f} s and {bare:.1f} s"
    return [Row("import against the bare driver", ours / bare, 4, " ×", told)]


def measure_chart(folder: Path) -> list[Row]:
    """What the picture of 10,000 readings adds to its page, as it stands there: not compressed."""
    app, played = _cast(folder, "chart")
    with app.app_context():
        measure = stage.read_daily(played.teams["access"], played["ana"].id, 10_000)
    html = stage.signed_in(app, played["ana"].id).get(f"/measures/{measure}?from=0001-01-01").text
    chart = html[html.index('id="measure-chart"') :].partition("</section>")[0]
    told = "as it stands in its page, not compressed"
    return [Row("chart of 10,000 readings", len(chart.encode()) / KB, 150, " KB", told)]


def _cast(folder: Path, name: str) -> tuple[Flask, cast.Cast]:
    folder.mkdir(exist_ok=True)
    app = stage.app_with(f"sqlite:///{folder / name}.sqlite", folder)
    with app.app_context():
        return app, cast.play(folder)


def _statements(app: Flask, played: cast.Cast, path: str, who: str = "ana") -> int:
    client = stage.signed_in(app, played[who].id)
    with listening(app) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
