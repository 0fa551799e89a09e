"""The reader of HTML builds a browser's tree, and misses nothing that another strict reader finds."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import html5lib
import pytest

from tests import markup
from tests.cast import Cast
from tests.conftest import SignIn

TAG = re.compile(r"</?[a-z][^>]*>")
PLACED = (
    "</p>", "</b>", "<p>", "<td>", "<li>", "</li>", "<form>", '<a href="/x">', "<table>", "<b>", "</br>", "<option>",
    "<body>", "</main>", "<h2>", "<button>", "<tr>", "<svg>", "</svg>", "&foo;", "<!--", "</>", "<3", "</body>",
)  # fmt: skip
WITHIN = (" a a", '"', "'", " x=", "=", "<", ' id="q" id="q"')
Breaking = Callable[[str, int, int, random.Random], str]
BREAKINGS: dict[str, Breaking] = {
    "a tag is left out": lambda html, start, end, _dice: html[:start] + html[end:],
    "a tag comes twice": lambda html, start, _end, _dice: html[:start] + TAG.match(html, start)[0] + html[start:],  # type: ignore[index]  # a tag starts there
    "something is put in": lambda html, start, _end, dice: html[:start] + dice.choice(PLACED) + html[start:],
    "a tag is broken": lambda html, _start, end, dice: html[: end - 1] + dice.choice(WITHIN) + html[end - 1 :],
}
TIMES = 12


@pytest.fixture
def page(as_: SignIn, cast: Cast) -> str:
    """A page with something of everything: forms, drawings, lists."""
    return as_("ana").get(cast.board.path).text


def test_the_tree_is_the_one_that_another_reader_builds(page: str) -> None:
    ours, theirs = markup.tree(page), html5lib.parse(page, namespaceHTMLElements=False)
    told = [[_told(element) for element in tree.iter() if isinstance(element.tag, str)] for tree in (ours, theirs)]
    assert told[0] == told[1]
    assert markup.read(page).faults == []


@pytest.mark.parametrize("breaking", BREAKINGS)
def test_what_another_reader_finds_wrong_is_found(breaking: str, page: str) -> None:
    dice = random.Random(breaking)  # noqa: S311 - the same breakings in every run
    places = [found.span() for found in TAG.finditer(page)]
    broken = [BREAKINGS[breaking](page, *dice.choice(places), dice) for _ in range(TIMES)]
    wrong = [html for html in broken if _strictly(html)]
    assert len(wrong) > TIMES / 4, "too few breakings break anything to say something"
    assert [html for html in wrong if not markup.read(html).faults] == []


def test_a_page_without_its_doctype_is_wrong() -> None:
    assert markup.read("<html><head><title>x</title></head><body></body></html>").faults
    assert markup.read("").faults


def test_pieces_are_read_as_part_of_a_body() -> None:
    read = markup.read_pieces('<hx-partial id="a"><p id="a">x</p></hx-partial>')
    assert ([child.tag for child in read.root], read.faults) == (["hx-partial"], [])
    assert markup.read_pieces("<p>x<div>y</div></p>").faults


def _told(element: object) -> tuple[object, ...]:
    """An element's name, attributes (their blanks aside), and the words in and after it."""
    attributes = sorted((name, " ".join(value.split())) for name, value in element.attrib.items())  # type: ignore[attr-defined]  # either reader's
    return element.tag, attributes, element.text or "", element.tail or ""  # type: ignore[attr-defined]  # either reader's


def _strictly(html: str) -> list[object]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    return list(parser.errors)
