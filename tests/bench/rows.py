"""What ``bin/bench`` measures: a function for each part of the table, which answers with its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle as cycle_of
from itertools import pairwise
from pathlib import Path

from flask import Flask

from kata.coaching.card import KEYS
from kata.extensions import db
from kata.storyboards.models import Obstacle
from kata.synth.rows import let_the_engine_count
from tests import cast, growth
from tests.bench import coached, following, importing, stage, told, weights, years
from tests.bench.table import KB, Row, against, another, postgres_server, times
from tests.bench.turns import Request, ratio, take_turns
from tests.conftest import listening

HISTORY = "/teams/access-requests/history"


def measure_demo(folder: Path, turns: int) -> list[Row]:
    """The daily pages of the demo's ana, against the bare page; on PostgreSQL too, where a server can be had."""
    app = stage.app_with(f"sqlite:///{folder / 'demo.sqlite'}", folder)
    place = stage.play_demo(app)
    asked = _pages(app, place)
    with postgres_server() as address:
        beside = _pages(there := stage.app_with(address, folder), stage.play_demo(there)) if address else {}
        take_turns({**asked, **{f"{name} on PostgreSQL": request for name, request in beside.items()}}, turns)
        if address:
            with there.app_context():
                db.engine.dispose()
    bars = {"Today": 3, "opened editor": 2, "partial update": 2}
    rows = against(asked["bare"], asked, bars)
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
    rows = against(asked["bare"], asked, {"step of a cycle": 2})
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
    rows = against(asked["bare"], asked, {})
    path = f"{played.board.path}/story"
    return [*rows, Row("story of 2,000 experiments: statements", _statements(large, played, path), 12, "")]


def measure_years(folder: Path, turns: int) -> list[Row]:
    """The history of a team with ten years behind it, against a bare page and against one year."""
    folder.mkdir(exist_ok=True)
    rows = _histories(lambda name: f"sqlite:///{folder / name}.sqlite", folder, turns, "")
    with postgres_server() as address:
        beside = (lambda name: address if name == "ten" else another(address)) if address else None
        return rows + (_histories(beside, folder, turns, " on PostgreSQL") if beside else [])


def _histories(address: Callable[[str], str], folder: Path, turns: int, where: str) -> list[Row]:
    apps, asked = [], dict[str, Request]()
    for name, count in (("one", 1), ("ten", 10)):
        app = stage.app_with(address(name), folder)
        with app.app_context():
            played = cast.play(folder)
            years.lived(played, count)
            db.session.commit()
            let_the_engine_count()
        reader = stage.signed_in(app, played["fay"].id)
        asked |= {f"bare {name}": Request(app, reader, "/bare"), name: Request(app, reader, HISTORY)}
        apps.append(app)
    take_turns(asked, turns)
    for app in apps:
        with app.app_context():
            db.engine.dispose()
    told = times(asked["ten"], asked["bare ten"])
    return [
        Row(f"history of a team with ten years{where} against a bare page", ratio(asked["ten"], asked["bare ten"]), 6,
            " ×", told),
        Row(f"history of a team{where}: ten years against one", ratio(asked["ten"], asked["one"]), 1.3, " ×"),
    ]  # fmt: skip


def cycle_keys() -> Iterator[tuple[str, str]]:
    """From each question to the next and round again."""
    return cycle_of([*pairwise(KEYS), (KEYS[-1], KEYS[0])])


def measure_files(folder: Path, turns: int) -> list[Row]:
    """A million readings from files, against the same rows through the bare driver; a chart of ten thousand; SQLite."""
    files = 2 if turns < 100 else 25  # a quick look brings fewer
    app, _played = _cast(folder, "import")
    ours, bare = importing.both(app, files)
    told = f"{files * importing.A_FILE:,} readings in {ours:.1f} s and {bare:.1f} s"
    return [Row("import against the bare driver", ours / bare, 4, " ×", told), _chart(folder)]


def _chart(folder: Path) -> Row:
    """What the picture of 10,000 readings adds to its page, as it stands there: not compressed."""
    app, played = _cast(folder, "chart")
    with app.app_context():
        measure = stage.read_daily(played.teams["access"], played["ana"].id, 10_000)
    html = stage.signed_in(app, played["ana"].id).get(f"/measures/{measure}?from=0001-01-01").text
    chart = html[html.index('id="measure-chart"') :].partition("</section>")[0]
    told = "as it stands in its page, not compressed"
    return Row("chart of 10,000 readings", len(chart.encode()) / KB, 150, " KB", told)


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
