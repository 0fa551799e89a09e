"""Help in the app: its pages, its pictures, and the ways that lead there from other pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kata.help import rendering
from kata.help.catalogue import FOLDER, PAGES, PICTURES
from tests import markup
from tests.conftest import SignIn

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
#: A way into the help, as templates write it.
WAY = re.compile(
    r"help_to\('([^']+)'|(?:set help = |\bset help = '[^']+' if \S+ else )'([^']+)'|/help/([a-z-]+#[a-z0-9-]+)"
)


def test_every_page_can_be_read_and_stands_in_the_index(as_: SignIn) -> None:
    fay = as_("fay")
    index = fay.get("/help").text
    for entry in PAGES:
        answer = fay.get(f"/help/{entry.slug}")
        assert answer.status_code == 200
        assert f'href="/help/{entry.slug}"' in index
    assert fay.get("/help/nothing").status_code == 404
    assert fay.get("/help/..%2fREADME").status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client: object, as_: SignIn) -> None:
    assert client.get("/help/developers").location.startswith("/sign-in?")  # type: ignore[attr-defined]


def test_pictures_are_kept_by_the_reader_alone_and_nothing_else_is_served(as_: SignIn) -> None:
    fay = as_("fay")
    name = next(PICTURES.iterdir()).name
    answer = fay.get(f"/help/pictures/{name}")
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    again = fay.get(f"/help/pictures/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert fay.get("/help/pictures/..%2fdevelopers.md").status_code == 404
    assert fay.get("/help/pictures/none.webp").status_code == 404


def test_every_way_into_the_help_leads_to_a_section(as_: SignIn) -> None:
    anchors = {entry.slug: {each.anchor for each in _document(entry.slug).sections} for entry in PAGES}
    ways = {
        (template.name, "".join(found))
        for template in TEMPLATES.rglob("*.html")
        for found in WAY.findall(template.read_text())
    }
    assert ways
    lost = [(name, way) for name, way in ways if not _leads(way, anchors)]
    assert lost == []


def _leads(way: str, anchors: dict[str, set[str]]) -> bool:
    slug, _sign, anchor = way.partition("#")
    return slug in anchors and (not anchor or anchor in anchors[slug])


def _document(slug: str) -> rendering.Document:
    return rendering.document((FOLDER / f"{slug}.md").read_text())


def test_an_address_is_a_link_for_who_may_open_it(as_: SignIn) -> None:
    page = "/help/developers"
    assert 'href="/settings/components"' in as_("root").get(page).text
    assert 'href="/settings/components"' not in as_("ana").get(page).text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[to](coaches.md#a-cycle)", 'href="/help/coaches#a-cycle"'),
        ("[to](https://example.org)", 'rel="noopener noreferrer"'),
        ("[to](../README.md)", "<span>to</a>"),
        ("[to](javascript:alert(1))", "[to](javascript:alert(1))"),
        ("```sh\nbin/run <x>\n```", "bin/run &lt;x&gt;"),
        ("`/open` and `/shut` and `/open?x=1`", '<a href="/open"><code>/open</code></a> and <code>/shut</code>'),
    ],
)
def test_markdown_becomes(text: str, html: str) -> None:
    made = rendering.document(f"# Title\n\nFirst.\n\n{text}\n", lambda path: path == "/open")
    assert html in made.body
    assert (made.title, str(made.lead)) == ("Title", "First.")


def test_sections_have_names_of_their_own() -> None:
    made = rendering.document("# A\n\nb\n\n## Run `x`\n\n## Run x\n\n### Deep\n\n|a|\n|-|\n|1|\n\n|b|\n|-|\n|2|\n")
    assert [(each.anchor, each.level) for each in made.sections] == [("run-x", 2), ("run-x-2", 2), ("deep", 3)]
    assert [each.anchor for each in made.contents] == ["run-x", "run-x-2"]
    boxes = [each.get("aria-label") for each in markup.tree(made.body).iter("div") if each.get("role") == "region"]
    assert boxes == ["Deep", "Deep (2)"]


def test_the_menu_leads_to_the_section_about_the_page(as_: SignIn) -> None:
    root = as_("root")
    assert 'href="/help/installation#mail"' in root.get("/admin/mail").text
    assert 'href="/help"' in root.get("/help").text
