"""The app factory: the only place that knows every room, and wires them together."""

# ruff: noqa: E402 - what is imported is what the first line is for.
from __future__ import annotations

from kata import memory

memory.collect_rarely()

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from kata import cli, extensions, health, logs, metrics, specimen
from kata.access import guard
from kata.access.policy import Action, Viewer
from kata.web import assets, compress, cookie, errors, forms, headers, language, requests, text

ROOT = Path(__file__).resolve().parent.parent


class App(Flask):
    """Flask but for two habits.

    It would write the address of a request that failed into the log, and with it a secret or a search; and it would
    ask of each function that a request calls whether it is asynchronous, a dozen times a request. None here is.
    """

    def log_exception(self, exc_info: Any) -> None:
        self.logger.error("A request failed.", exc_info=exc_info)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


class RowId(IntegerConverter):
    """The id of a row in an address, in plain digits. What no table can hold names nothing: 404, no overflow."""

    regex = r"[0-9]+"

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **{"max": 2**31 - 1, **kwargs})


@dataclass(frozen=True)
class Wiring:
    """What lower rooms need of higher ones, handed down here so that no import points upwards."""

    viewer_of: Callable[[Any], Viewer]
    on_refusal: Callable[..., None]


def observe(settings: Mapping[str, Any], *, serving: bool) -> None:
    """Let this process write its log and count, as ``settings`` say; before the app is made, and once a process."""
    logs.configure(
        form=settings["LOG_FORMAT"], level=settings["LOG_LEVEL"], at_hand=bool(settings["DEMO"]) or not serving
    )
    if serving and settings["METRICS"]:
        metrics.begin(settings["DATA_FOLDER"])


def create_app(settings: Mapping[str, object]) -> Flask:
    """Build the app from ``config.from_environment``'s settings; raises when an endpoint is left unguarded."""
    app = App(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(settings)
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", extensions.engine_options(address))
    app.url_map.converters["int"] = RowId
    app.url_map.merge_slashes = False  # else an address with two is answered by a redirect that names a host
    _templates(app)
    _extensions(app)
    _rooms(app)
    requests.know_secrets(app)
    if proxies := app.config.get("TRUSTED_PROXIES"):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]  # Flask documents wrapping it so
    assets.register(app, ROOT / "static", Path(str(app.config["DATA_FOLDER"])))
    guard.check_every_endpoint(app)
    return app


def _templates(app: Flask) -> None:
    # Each template is compiled once and never forgotten, which spares a look-up under a lock for each piece of a page.
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined, "cache_size": -1}
    app.jinja_env.auto_reload = False
    app.jinja_env.globals.update(Action=Action, may=guard.may)
    text.register(app)


def _extensions(app: Flask) -> None:
    requests.register(app)
    headers.register(app)
    app.session_interface = cookie.Sessions()
    extensions.db.init_app(app)
    extensions.migrate.init_app(app, extensions.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    extensions.csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = forms.csrf_token
    extensions.login_manager.init_app(app)
    language.register(app, ROOT / "static" / "js")
    errors.register(app)
    compress.register(app)
    with app.app_context():
        extensions.prepare_engine(extensions.db.engine)


def _rooms(app: Flask) -> None:
    from kata.activity.actions import note_refusal
    from kata.alignment import models as _alignment  # noqa: F401 - its tables belong to the schema
    from kata.alignment import routes as alignment
    from kata.audit import routes as audit
    from kata.coaching import models as _coaching  # noqa: F401 - likewise
    from kata.coaching import routes as coaching
    from kata.customers import models as _customers  # noqa: F401 - likewise
    from kata.customers import routes as customers
    from kata.dashboards import routes as dashboards
    from kata.founding import routes as founding
    from kata.help import routes as help_pages
    from kata.identity import routes as identity
    from kata.imports import models as _imports  # noqa: F401 - likewise
    from kata.imports import routes as imports
    from kata.leadership import models as _leadership  # noqa: F401 - likewise
    from kata.leadership import routes as leadership
    from kata.learning import models as _learning  # noqa: F401 - likewise
    from kata.learning import routes as learning
    from kata.measures import models as _measures  # noqa: F401 - likewise
    from kata.measures import routes as measures
    from kata.notifications import models as _notifications  # noqa: F401 - likewise
    from kata.notifications import routes as notifications
    from kata.outbox import models as _outbox  # noqa: F401 - likewise
    from kata.outbox import routes as outbox
    from kata.stories import models as _stories  # noqa: F401 - likewise
    from kata.stories import routes as stories
    from kata.storyboards import models as _storyboards  # noqa: F401 - likewise
    from kata.storyboards import routes as storyboards
    from kata.teams import routes as teams
    from kata.teams.queries import viewer_of
    from kata.web import tidying as _tidying  # noqa: F401 - its job of the worker

    app.extensions["kata"] = Wiring(viewer_of=viewer_of, on_refusal=note_refusal)
    below = (health, outbox, identity, teams, measures, customers, imports)
    above = (alignment, learning, stories, leadership, dashboards, founding, audit, notifications, help_pages, specimen)
    for room in (*below, storyboards, coaching, *above):
        app.register_blueprint(room.blueprint)
    cli.register(app)
