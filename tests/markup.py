"""HTML as a browser reads it: the tree that it would build, and whatever it would have to put right for that.

The parser tells what is wrong with the letters (a stray ``<``, an attribute twice, an unknown entity). What is wrong
with the order of tags it repairs in silence, so the tree is held against the tags as they stand in the text: where a
browser would move, close, open or leave out anything, the two part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from xml.etree.ElementTree import Element

import turbohtml
from turbohtml import Namespace, Text, TokenType

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = Namespace.SVG
#: Elements of HTML that have no end tag.
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
#: What stands around the pieces of a page once they are in it.
BEFORE, AFTER = "<!doctype html><html><head><title>-</title></head><body>", "</body></html>"


@dataclass(frozen=True)
class Reading:
    """A text of HTML as it was read: the root of its tree (for pieces, the body they are put into) and its faults."""

    root: Element
    faults: list[str]


def read(html: str) -> Reading:
    """Read a whole page."""
    document, root, built = _parsed(html)
    faults = [f"{error.code} in line {error.line}" for error in document.errors]
    if not html.lstrip()[:9].lower().startswith("<!doctype"):
        faults.append("the page does not begin with its doctype")
    return Reading(root, [*faults, *_repairs(html, built)])


def read_pieces(html: str) -> Reading:
    """Read pieces of a page, as they stand in its body."""
    whole = read(BEFORE + html + AFTER)
    body = whole.root.find("body")
    assert body is not None
    return Reading(body, whole.faults)


def tree(html: str) -> Element:
    """A page's tree, for who only looks for something in it."""
    return _parsed(html)[1]


@lru_cache(maxsize=2)
def _parsed(html: str) -> tuple[turbohtml.Document, Element, list[str]]:
    """A page with its tree, and the tree's tags and words in their order. Whoever fills in a form has just read it."""
    document, built = turbohtml.parse(html, positions=False), list[str]()
    return document, _element(document.root, built), built


def _element(node: turbohtml.Element, built: list[str]) -> Element:
    """The node and all below it, as the standard library's elements; names of SVG carry their namespace.

    To ``built`` go its tags and words in the order in which they stand in the tree.
    """
    tag = node.tag
    given = {name: value if isinstance(value, str) else " ".join(value or ()) for name, value in node.attrs.items()}
    made = Element(SVG + tag if node.namespace is DRAWN else tag, given)
    name = tag.lower()
    built.append(f"<{name}>")
    last, words = None, ""
    for child in node.children if tag != "template" else _held(node):
        if isinstance(child, Text):
            words += child.data
        elif isinstance(child, turbohtml.Element):
            if words:
                _put(words, made, last, built)
                words = ""
            last = _element(child, built)
            made.append(last)
    if words:
        _put(words, made, last, built)
    built.append(f"</{name}>")
    return made


def _put(words: str, made: Element, last: Element | None, built: list[str]) -> None:
    """Words that stand in an element, after the last of those in it."""
    if last is None:
        made.text = words
    else:
        last.tail = words
    if said := words.strip():
        built.append(said)


def _held(template: turbohtml.Element) -> Iterator[turbohtml.Node]:
    """What a template holds; it stands in a fragment of its own."""
    for child in template.children:
        yield from child.children if isinstance(child, turbohtml.DocumentFragment) else [child]


def _repairs(html: str, built: list[str]) -> Iterator[str]:
    """The first place at which the tree is not what is written."""
    written, lines = _written(html)
    if written == built:
        return
    for told, line, read in zip_longest(written, lines, built):
        if told != read:
            yield f"{told or 'the end'!r} in line {line or 0} is read as {read or 'the end'!r}"
            return


def _written(html: str) -> tuple[list[str], list[int]]:
    """Start tags, words and end tags in the order in which they stand in the text, and the line of each."""
    told: list[str] = []
    lines: list[int] = []
    drawings, words, line = 0, "", 0
    for token in turbohtml.tokenize(html):
        kind = token.type
        if kind is TokenType.TEXT:
            words, line = words + token.data, line if words else token.line
            continue
        if kind is not TokenType.START_TAG and kind is not TokenType.END_TAG:
            continue
        if said := words.strip():
            told.append(said)
            lines.append(line)
        words = ""
        tag = token.tag
        name = tag.lower()
        if kind is TokenType.START_TAG:
            told.append(f"<{name}>")
            lines.append(token.line)
            drawings += tag == "svg" and not token.self_closing
        if kind is TokenType.END_TAG or tag in VOID or (drawings and token.self_closing):
            told.append(f"</{name}>")
            lines.append(token.line)
            drawings -= tag == "svg" and kind is TokenType.END_TAG
    if said := words.strip():
        told.append(said)
        lines.append(line)
    return told, lines
