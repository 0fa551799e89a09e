"""A small site with the markup that the scripts promise to work on, so that they are tested without the rooms.

It serves the real scripts under the real policy; its pages hold nothing but the data attributes.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from playwright.sync_api import Page, expect
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from kata.web.headers import POLICY

ROOT = Path(__file__).resolve().parents[3]

FRAME = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Harness</title>{head}
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/harness.css">
<script defer src="/static/vendor/htmx/htmx.min.js"></script>
<script type="module" src="/static/js/main.js"></script></head>
<body data-person="12" {body}><header><a id="go-link" href="/go" data-opens="go">Search</a>
<a href="/elsewhere" data-key="c">Log</a>
<details data-menu><summary>Menu</summary><a href="/elsewhere">Out</a></details></header>
<main>{main}</main>
<p id="saved" role="status"></p><div id="toast" role="status">{toast}</div><div id="problem" role="alert"></div>
<dialog id="keys"><h2>Keys</h2><label><input type="checkbox" data-keys-switch> Single keys</label>
<button type="button" data-closes>Close</button></dialog>
<dialog id="go"><form action="/go"><input type="search" name="q" aria-label="Go to"
hx-get="/go" hx-trigger="input changed delay:50ms"></form><div id="go-results"></div></dialog></body></html>"""

NOTE = """<section id="note"><h2>Note</h2><form id="note-form" method="post" action="/note" hx-post="/note"
data-draft="note-1" novalidate {conflict}>
<p data-draft-note hidden>Your unsaved text from <time data-draft-at></time> is back.
<button type="button" data-draft-discard>Discard</button></p>
<input type="hidden" name="version" value="{version}"><input type="hidden" name="once" value="once-{version}">
<input type="password" name="secret" aria-label="Secret">
<input id="title" name="title" aria-label="Title" value="{title}">
<textarea id="text" name="text" aria-label="Text" {invalid}>{text}</textarea>
<label><input type="checkbox" name="done"> Done</label><button>Save</button></form>
<a href="/note/again" hx-get="/note/again">Again</a></section>"""

PANEL = """<section id="panel"><h2>Panel</h2><p>{text}</p>
<form method="post" action="/panel/up"><button>Up</button></form><a href="/panel/edit" hx-get="/panel/edit">Edit</a>
</section>"""
EDITOR = """<section id="panel"><h2>Panel</h2><form method="post" action="/panel" hx-post="/panel" data-draft="panel">
<textarea name="text" aria-label="Panel text" data-focus>{text}</textarea><button>Save</button>
<a href="/panel" hx-get="/panel" data-cancel>Cancel</a></form></section>"""

ITEM = """<li id="item-{id}" data-id="{id}" data-row><span data-drag>⠿</span><a href="/items/{id}">Item {id}</a>
<form method="post" action="/items/{id}/position" hx-post="/items/{id}/position">
<input type="hidden" name="to" value="{up}">
<button id="up-{id}" {first}>Move {id} up</button></form>
<form data-sort-form method="post" action="/items/{id}/position" hx-post="/items/{id}/position" hidden>
<input type="hidden" name="to"></form></li>"""

LINE = """<li data-line><input name="steps-{i}-name" id="steps-{i}-name" aria-label="Step {i}" value="{name}">
<input name="steps-{i}-time" id="steps-{i}-time" aria-label="Time {i}"><button type="button" data-row-up>Up</button>
<button type="button" data-row-down>Down</button><button type="button" data-row-remove>Remove {i}</button></li>"""

RULES = [
    {"name": "lack-of", "fields": ["target"], "pattern": "\\black of\\b", "flags": "i", "absent": False,
     "message": "Says what is missing.", "better": "Orders leave within 2 days."},
    {"name": "number", "fields": ["target"], "pattern": "\\d", "flags": "i", "absent": True,
     "message": "Has no number.", "better": "9 of 10 orders"},
]  # fmt: skip


@dataclass
class Site:
    """The running site: what it was sent, and how it should misbehave."""

    address: str = ""
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    note: dict[str, str] = field(default_factory=lambda: {"title": "First", "text": "", "version": "1"})
    panel: str = "As it was."
    order: list[int] = field(default_factory=lambda: [1, 2, 3, 4])
    fault: str = ""
    wall: str = "Quiet"
    seen: int = 0

    def last(self) -> dict[str, Any]:
        return self.posts[-1][1]


def page(main: str, head: str = "", body: str = "", toast: str = "") -> str:
    return FRAME.format(main=main, head=head, body=body, toast=toast)


def partial(name: str, html: str, status: int = 200, **saved: str) -> Response:
    pieces = {name: html}
    if saved:
        pieces["saved"] = '<p id="saved" role="status">Saved 10:31</p>'
    body = "".join(f'<hx-partial id="{id}" hx-swap="outerMorph">{piece}</hx-partial>' for id, piece in pieces.items())
    response = Response(body, status)
    if saved:
        response.headers["HX-Trigger"] = json.dumps({"kata:saved": saved})
    return response


def note(site: Site, invalid: str = "", conflict: bool = False, **typed: str) -> str:
    wrong = 'aria-invalid="true"'
    shown = {name: escape(value) for name, value in {**site.note, **typed}.items()}
    return NOTE.format(**shown, invalid=wrong if invalid else "", conflict="data-conflict" if conflict else "")


def items(site: Site) -> str:
    rows = "".join(
        ITEM.format(id=each, up=max(0, at - 1), first="disabled" if at == 0 else "")
        for at, each in enumerate(site.order)
    )
    return f'<section id="items"><h2>Items</h2><ol data-sortable>{rows}</ol></section>'


def steps() -> str:
    lines = "".join(LINE.format(i=at, name=name) for at, name in enumerate(["Pick", "", "", ""]))
    return f"""<form method="post" action="/steps" data-draft="steps"><div data-rows="steps"><ol>{lines}</ol>
<template data-row-template>{LINE.format(i="__i__", name="")}</template>
<button type="button" data-row-add>Add a step</button></div><button>Save steps</button></form>"""


def make(site: Site) -> Flask:  # noqa: C901  # one flat list of tiny pages reads best in one place
    app = Flask("harness", static_folder=None)

    @app.before_request
    def fault() -> ResponseReturnValue | None:
        if request.method == "POST":
            site.posts.append((request.path, {**request.form.to_dict(), "files": request.files.getlist("photo")}))
            for each in request.files.getlist("photo"):
                each.stream.seek(0)
                site.posts[-1][1].setdefault("sizes", []).append((each.filename, each.content_type, len(each.read())))
        if site.fault == "expired" and request.path != "/sign-in" and not request.path.startswith("/static"):
            return redirect("/sign-in?next=/", 303)
        if site.fault == "busy" and request.method == "POST":
            return page("<h1>Not now</h1>"), 503
        if site.fault == "said" and request.method == "POST":
            return partial("problem", '<div id="problem" role="alert"><p>We cannot save.</p></div>', 503)
        return None

    @app.after_request
    def policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        if request.path.startswith("/static"):
            response.headers["Cache-Control"] = "max-age=60"
        return response

    @app.get("/static/<path:name>")
    def static(name: str) -> Response:
        # Whole, since a browser that goes away in the middle would leave a file open.
        return Response((ROOT / "static" / name).read_bytes(), mimetype=guess_type(name)[0])

    @app.get("/harness.css")
    def style() -> Response:
        return Response("[data-drag] { touch-action: none; display: inline-block; padding: 1rem }", mimetype="text/css")

    @app.get("/favicon.ico")
    def icon() -> ResponseReturnValue:
        return "", 204

    @app.get("/sign-in")
    def sign_in() -> str:
        return page("<h1>Sign in</h1>")

    @app.get("/note")
    def show_note() -> str:
        saved = Markup('<meta name="kata-saved" content="note-1">') if "saved" in request.args else ""
        return page(note(site), head=saved)

    @app.post("/note")
    def save_note() -> ResponseReturnValue:
        typed = {"title": request.form["title"], "text": request.form["text"]}
        if "invalid" in typed["text"]:
            return partial("note", note(site, invalid="text", **typed), 422)
        if request.form["version"] != site.note["version"]:
            return partial("note", note(site, conflict=True, **typed), 409)
        site.note = {"title": "", "text": "", "version": str(int(site.note["version"]) + 1)}
        if "HX-Request" not in request.headers:
            return redirect("/note?saved=1", 303)
        return partial("note", note(site), draft="note-1", at="2026-06-12T10:31+00:00")

    @app.get("/note/again")
    def note_again() -> ResponseReturnValue:
        return partial("note", note(site))

    @app.get("/panel")
    def panel() -> ResponseReturnValue:
        html = PANEL.format(text=escape(site.panel))
        return partial("panel", html) if "HX-Request" in request.headers else page(html)

    @app.get("/panel/edit")
    def edit_panel() -> ResponseReturnValue:
        return partial("panel", EDITOR.format(text=escape(site.panel)))

    @app.post("/panel")
    def save_panel() -> ResponseReturnValue:
        site.panel = request.form["text"]
        return partial("panel", PANEL.format(text=escape(site.panel)), draft="panel", at="2026-06-12T10:31+00:00")

    @app.get("/items")
    def show_items() -> str:
        return page(items(site))

    @app.get("/items/<int:item>")
    def show_item(item: int) -> str:
        return page(f"<h1>Item {item}</h1>")

    @app.post("/items/<int:item>/position")
    def move_item(item: int) -> ResponseReturnValue:
        site.order.remove(item)
        site.order.insert(int(request.form["to"]), item)
        return partial("items", items(site))

    @app.route("/steps", methods=["GET", "POST"])
    def show_steps() -> str:
        return page(steps())

    @app.get("/words")
    def words() -> str:
        return page(
            '<form data-draft="words"><textarea id="w" data-wording="target" aria-label="Target"></textarea>'
            '<ul class="hints" data-hints-for="w" aria-live="polite"></ul></form>'
            '<div data-stepper><button type="button" data-by="-1">less</button>'
            '<input inputmode="decimal" aria-label="Minutes" value="1,5" data-step="0.5" data-min="0">'
            '<button type="button" data-by="1">more</button></div>'
            '<button type="button" data-copy="#w-link">Copy link</button><a id="w-link" href="/words#w">link</a>'
        )

    @app.get("/wording.json")
    def rules() -> ResponseReturnValue:
        return RULES  # type: ignore[return-value]  # Flask turns a list into JSON

    @app.route("/photos", methods=["GET", "POST"])
    def photos() -> str:
        return page(
            '<form method="post" action="/photos" enctype="multipart/form-data"><input type="file" id="photo"'
            ' name="photo" multiple accept="image/*" data-photos aria-label="Photos">'
            '<ul data-photos-for="photo"></ul><button>Send</button></form>'
        )

    @app.get("/undo")
    def undo() -> str:
        return page(
            "<h1>Board</h1>", toast='<p>Left.</p><form method="post" action="/undo"><button>Undo</button></form>'
        )

    @app.get("/wall")
    def wall() -> ResponseReturnValue:
        html = f'<section id="board" data-since="{site.seen}">{site.wall}</section>'
        if request.args.get("since") == str(site.seen):
            return "", 204
        if "HX-Request" in request.headers:
            return partial("board", html)
        return page(html, body='data-follow="/wall?since=0" data-every="0.2"')

    @app.get("/wall-whole")
    def wall_whole() -> ResponseReturnValue:
        if request.args.get("since") == str(site.seen):
            return "", 204
        return page(
            f'<section id="board">{site.wall}</section>',
            body=f'data-follow="/wall-whole?since={site.seen}" data-every="0.2"',
        )

    @app.get("/go")
    def go() -> ResponseReturnValue:
        term = request.args.get("q", "")
        found = "".join(f'<li><a href="/items/{n}">{escape(term)} {n}</a></li>' for n in (1, 2))
        html = f'<div id="go-results"><ul>{found}</ul></div>'
        return partial("go-results", html) if "HX-Request" in request.headers else page(html)

    return app


class Quick(WSGIRequestHandler):
    """Keeps connections open, as the real server does: a page fetches many small modules."""

    protocol_version = "HTTP/1.1"
    timeout = 5

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


class Server:
    """The site on a port of its own, for as long as the ``with`` lasts."""

    def __init__(self) -> None:
        self.site = Site()
        self._server: BaseWSGIServer = make_server("127.0.0.1", 0, make(self.site), True, request_handler=Quick)
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True)

    def __enter__(self) -> Site:
        self.site.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread.start()
        return self.site

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def visit(tab: Page, path: str) -> Page:
    """Opens an address and waits until the scripts listen."""
    tab.goto(path)
    expect(tab.locator("html[data-scripted]")).to_have_count(1)
    return tab


def drafts(tab: Page) -> str:
    """Everything that this browser keeps."""
    return str(tab.evaluate("() => JSON.stringify(localStorage)"))
