"""Markdown becomes the body of a page: headings that can be linked to, tables in a box of their own, our own pictures.

The files are ours, and still nothing in them is taken for markup: raw HTML is off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from kata.help.catalogue import FOLDER
from kata.teams.slugs import free, slug_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: What an address of the app looks like where it stands in a text as code.
ADDRESS = re.compile(r"/[a-z][a-z0-9/-]*|/")
SIBLING = re.compile(r"(?P<slug>[a-z-]+)\.md(?P<anchor>#[a-z0-9-]+)?")

#: Ids that every page has.
OF_THE_FRAME = (
    "main",
    "problem",
    "toast",
    "saved",
    "go",
    "go-results",
    "keys",
    "keys-title",
    "keys-switch",
    "contents-title",
)

Opens = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that can be linked to; ``level`` is 2 for those that its contents list."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """A page of help: its title, its first paragraph, everything below, and its sections in order."""

    title: str
    lead: Markup
    body: Markup
    sections: tuple[Section, ...]

    @property
    def contents(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.level == 2)


def document(text: str, opens: Opens = lambda _path: False) -> Document:
    """The page in a Markdown text. An address of the app that stands as code becomes a link where ``opens`` says so."""
    tokens = _parser().parse(text)
    sections = tuple(_name_sections(tokens))
    _label_tables(tokens)
    for token in tokens:
        token.children = [each for child in token.children or () for each in _dressed(child, opens)]
    title, lead, body = _parted(tokens)
    return Document(title, _rendered(lead), _rendered(body), sections)


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables. Loaded by the first page that is asked for: an app's start need not wait for it."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.add_render_rule("fence", _code)
    made.add_render_rule("code_block", _code)
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", lambda *_of: "</table></div>\n")
    return made


def _rendered(tokens: Sequence[Token]) -> Markup:
    parser = _parser()
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - by the renderer, which escapes


def _code(_renderer: object, tokens: Sequence[Token], at: int, *_more: object) -> str:
    return Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(tokens[at].content)


def _table_open(_renderer: object, tokens: Sequence[Token], at: int, *_more: object) -> str:
    label = tokens[at].meta["label"]
    box = Markup('<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="table">\n')
    return box.format(label)


def _name_sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """Give each heading below the title an anchor made of its words, and make it the link to itself."""
    taken = set(OF_THE_FRAME)
    for at, token in enumerate(tokens):
        if token.type != "heading_open" or token.tag == "h1":
            continue
        heading = tokens[at + 1]
        anchor = free(slug_of(plain(heading)), taken)
        taken.add(anchor)
        token.attrSet("id", anchor)
        heading.children = [_link_open(f"#{anchor}"), *(heading.children or ()), _token("link_close", "a", -1)]
        yield Section(anchor, plain(heading), int(token.tag[1]))


def _label_tables(tokens: Sequence[Token]) -> None:
    """Each table's box is called after the section it stands in; the second there is told apart by its number."""
    heading, seen = "", Counter[str]()
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = plain(tokens[at + 1])
        elif token.type == "table_open":
            seen[heading] += 1
            token.meta["label"] = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"


def plain(inline: Token) -> str:
    """The words of a heading or a paragraph."""
    return "".join(child.content for child in inline.children or () if child.type in {"text", "code_inline"})


def _dressed(child: Token, opens: Opens) -> Iterator[Token]:
    if child.type == "code_inline" and ADDRESS.fullmatch(child.content) and opens(child.content):
        yield from (_link_open(child.content), child, _token("link_close", "a", -1))
    elif child.type == "image":
        _place_picture(child)
        yield from (_link_open(str(child.attrGet("src"))), child, _token("link_close", "a", -1))
    elif child.type == "link_open":
        yield _led(child)
    else:
        yield child


def _led(link: Token) -> Token:
    """Where a link leads in the app. A file of the repository is none of its pages: its name stays, the link goes."""
    href = str(link.attrGet("href") or "")
    if sibling := SIBLING.fullmatch(href):
        link.attrSet("href", f"/help/{sibling['slug']}{sibling['anchor'] or ''}")
    elif urlsplit(href).scheme in {"http", "https"}:
        link.attrSet("rel", "noopener noreferrer")
    elif not href.startswith(("#", "/")):
        return _token("link_open", "span", 1)
    return link


def _place_picture(image: Token) -> None:
    """Its own address and size, so that the text does not jump when it comes."""
    name = str(image.attrGet("src") or "")
    image.attrSet("src", f"/help/{name}")
    width, height = size(name)
    for attribute, value in (("width", width), ("height", height), ("loading", "lazy"), ("decoding", "async")):
        image.attrSet(attribute, str(value))


@cache
def size(picture: str) -> tuple[int, int]:
    """Width and height of a picture in CSS pixels: they are taken for screens of twice as many."""
    from PIL import Image

    with Image.open(FOLDER / picture) as image:
        return image.width // 2, image.height // 2


def _parted(tokens: list[Token]) -> tuple[str, list[Token], list[Token]]:
    """The title's words, the first paragraph's content, and the rest."""
    title, rest = str(escape(plain(tokens[1]))), tokens[3:]
    if rest and rest[0].type == "paragraph_open":
        return title, rest[1:2], rest[3:]
    return title, [], rest


def _link_open(href: str) -> Token:
    made = _token("link_open", "a", 1)
    made.attrSet("href", href)
    return made


def _token(type_: str, tag: str, nesting: int) -> Token:
    from markdown_it.token import Token

    return Token(type_, tag, nesting)  # type: ignore[arg-type]  # -1, 0 or 1
