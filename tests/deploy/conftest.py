"""A data folder of its own with the cast in it, for processes that are really started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cast import Cast
from tests.database import OTHERS, SqliteTemplates, Templates
from tests.deploy.nginx import IS_HERE, Nginx
from tests.deploy.serving import Browser, end, environment, free_ports, listens, server_command, start, wait_for

MakeFolder = Callable[[Path], Path]


@pytest.fixture(scope="session")
def cast_in(played: Cast, templates: Templates, folder: Path) -> MakeFolder:
    """Puts the cast into a folder: its database (where that is a file) and what was attached."""

    def put(place: Path) -> Path:
        place.mkdir(parents=True, exist_ok=True)
        for kept in folder.iterdir():
            if kept.is_dir() and kept.name != "metrics":
                shutil.copytree(kept, place / kept.name)
        if isinstance(templates, SqliteTemplates):
            shutil.copyfile(folder / "cast.template", place / "kata.sqlite")
        return place

    return put


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, cast_in: MakeFolder, played: Cast, shared_app: Flask, templates: Templates
) -> Iterator[Site]:
    """Two processes of the app on one database behind one nginx, with the cast in it; one for all tests here."""
    if not IS_HERE:
        pytest.skip("there is no nginx here")
    place = tmp_path_factory.mktemp("site")
    data = cast_in(place / "data")
    with _database(shared_app, templates) as database:
        made = Site(place, environment(data, TRUSTED_PROXIES="1", **database))
        try:
            made.begin()
            yield made
        finally:
            made.end()


@contextmanager
def _database(shared_app: Flask, templates: Templates) -> Iterator[dict[str, str]]:
    """On PostgreSQL a database of the site's own with the cast in it; SQLite's lies in the data folder."""
    if isinstance(templates, SqliteTemplates):
        yield {}
        return
    templates.restore(shared_app, "cast")
    templates.inside.dispose()
    name = f"{templates.own}_site"
    with templates.maintenance.connect() as connection:
        connection.exec_driver_sql(OTHERS.replace("current_database()", f"'{templates.own}'"))
        connection.exec_driver_sql(f'create database "{name}" template "{templates.own}"')
    yield {"DATABASE_URL": sa.make_url(templates.address).set(database=name).render_as_string(hide_password=False)}
    with templates.maintenance.connect() as connection:
        connection.exec_driver_sql(f'drop database if exists "{name}" with (force)')


class Site:
    """Where to ask: ``through`` asks nginx, ``at(0)`` and ``at(1)`` the processes themselves."""

    def __init__(self, place: Path, env: dict[str, str]) -> None:
        self.place, self.env = place, env
        first, second, plain, tls = free_ports(4)
        self.ports = (first, second)
        self.nginx = Nginx(place / "nginx", self.ports, plain, tls)
        self.apps: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        self.apps = [self._app(port) for port in self.ports]
        self.nginx.start()
        for port in self.ports:
            wait_for(lambda port=port: listens(port), "the app")

    def _app(self, port: int) -> subprocess.Popen[bytes]:
        return start([*server_command(port), "--workers", "1"], self.place / f"{port}.log", self.env)

    def kill(self, number: int) -> None:
        """End a process and those that it forked as a machine does that loses its power."""
        os.killpg(self.apps[number].pid, signal.SIGKILL)
        self.apps[number].wait()

    def again(self, number: int) -> None:
        """Start a process again that was ended."""
        end(self.apps[number])
        self.apps[number] = self._app(self.ports[number])
        wait_for(lambda: listens(self.ports[number]), "the app")

    def through(self, cookies: dict[str, str] | None = None) -> Browser:
        return Browser(self.nginx.tls, tls=True, cookies=cookies or {})

    def at(self, number: int, cookies: dict[str, str]) -> Browser:
        """A browser at one of the processes, past nginx, which would have said by what it was asked."""
        return Browser(self.ports[number], cookies=cookies)

    def log(self) -> str:
        """What nginx and the app have written down."""
        return self.nginx.log() + "".join((self.place / f"{port}.log").read_text() for port in self.ports)

    def end(self) -> None:
        if hasattr(self.nginx, "process"):
            self.nginx.end()
        for app in self.apps:
            end(app)
