"""HTML as a browser reads it: the tree that it would build, and whatever it would have to put right for that.

The parser tells what is wrong with the letters (a stray ``<``, an attribute twice, an unknown entity). What is wrong
with the order of tags it repairs in silence, so the tree is held against the tags as they stand in the text: where a
browser would move, close, open or leave out anything, the two part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from xml.etree.ElementTree import Element

import turbohtml
from turbohtml import Namespace, TokenType

SVG = "{http://www.w3.org/2000/svg}"
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
    document = turbohtml.parse(html, positions=False)
    root = _element(document.root)
    faults = [f"{error.code} in line {error.line}" for error in document.errors]
    if not html.lstrip()[:9].lower().startswith("<!doctype"):
        faults.append("the page does not begin with its doctype")
    return Reading(root, [*faults, *_repairs(html, root)])


def read_pieces(html: str) -> Reading:
    """Read pieces of a page, as they stand in its body."""
    whole = read(BEFORE + html + AFTER)
    body = whole.root.find("body")
    assert body is not None
    return Reading(body, whole.faults)


def tree(html: str) -> Element:
    """A page's tree, for who only looks for something in it."""
    return _element(turbohtml.parse(html, positions=False).root)


def _element(node: turbohtml.Element) -> Element:
    """The node and all below it, as the standard library's elements; names of SVG carry their namespace."""
    made = Element((SVG if node.namespace is Namespace.SVG else "") + node.tag)
    for name, value in node.attrs.items():
        made.set(name, value if isinstance(value, str) else " ".join(value or ()))
    last = None
    for child in _children(node):
        if isinstance(child, turbohtml.Element):
            last = _element(child)
            made.append(last)
        elif isinstance(child, turbohtml.Text):
            if last is None:
                made.text = (made.text or "") + child.data
            else:
                last.tail = (last.tail or "") + child.data
    return made


def _children(node: turbohtml.Element) -> Iterator[turbohtml.Node]:
    for child in node.children:
        if isinstance(child, turbohtml.DocumentFragment):  # what a template holds
            yield from child.children
        else:
            yield child


def _repairs(html: str, root: Element) -> Iterator[str]:
    """The first place at which the tree is not what is written."""
    for (written, line), built in zip_longest(_written(html), _built(root), fillvalue=("the end", 0)):
        if written != built[0]:
            yield f"{written!r} in line {line} is read as {built[0]!r}"
            return


def _written(html: str) -> Iterator[tuple[str, int]]:
    """Start tags, words and end tags in the order in which they stand in the text."""
    drawings, words, line = 0, "", 0
    for token in turbohtml.tokenize(html):
        if token.type is TokenType.TEXT:
            words, line = words + token.data, line if words else token.line
            continue
        if token.type not in (TokenType.START_TAG, TokenType.END_TAG):
            continue
        if words.strip():
            yield words.strip(), line
        words = ""
        if token.type is TokenType.START_TAG:
            yield f"<{token.tag.lower()}>", token.line
            drawings += token.tag == "svg" and not token.self_closing
        if token.type is TokenType.END_TAG or (drawings and token.self_closing) or token.tag in VOID:
            yield f"</{token.tag.lower()}>", token.line
            drawings -= token.tag == "svg" and token.type is TokenType.END_TAG
    if words.strip():
        yield words.strip(), line


def _built(element: Element) -> Iterator[tuple[str, int]]:
    """The same of a tree."""
    name = element.tag.removeprefix(SVG).lower()
    yield f"<{name}>", 0
    yield from _words(element.text)
    for child in element:
        yield from _built(child)
        yield from _words(child.tail)
    yield f"</{name}>", 0


def _words(text: str | None) -> Iterator[tuple[str, int]]:
    if text and text.strip():
        yield text.strip(), 0
