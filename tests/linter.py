"""The page linter: every HTML answer that a test's client gets is read with it, so no test has to think of it.

It looks for what a person would meet: a page without a name, a field without a label, a form that could not be sent,
a reference to something that is not there, a place where the policy would refuse a style or a script. A rule is a
function from the parsed answer to the sentences that it has against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

from werkzeug.test import TestResponse

from tests import markup

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "list", "form", "headers")
INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "summary", "iframe"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
# What an expression leaves behind when it has no value, or was never evaluated.
LEFTOVERS = re.compile(r"\{\{|\}\}|\{%|%\}|\bUndefined\b|<bound method|<function |LazyString|%\(\w+\)s")
NOTHING = re.compile(r"(?<![\w’'])None(?![\w’'])")
# One of these stands in the text of every page that the two could find something in (a comment may cut one in two).
SIGNS = ("{{", "}}", "{%", "%}", "Undefined", "<bound", "<function", "LazyString", "%(", "None", "<!--")
# The sign that the answer holds what somebody typed: the rules about leftovers do not judge people's words.
TYPED = {"textarea", "blockquote"}
# htmx reads a piece as a template, in which a line of a table may stand by itself; our reader does not.
LINE = re.compile(r"(<hx-partial\b[^>]*>)\s*(<tr\b.*?</tr>)\s*(</hx-partial>)", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """An HTML answer, parsed as a browser would."""

    html: str
    pieces: bool

    @cached_property
    def reading(self) -> markup.Reading:
        if self.pieces:
            return markup.read_pieces(LINE.sub(r"\1<table><tbody>\2</tbody></table>\3", self.html))
        return markup.read(self.html)

    @cached_property
    def elements(self) -> list[Any]:
        return list(self.reading.root.iter())

    @cached_property
    def by_attribute(self) -> dict[str, list[tuple[Any, str]]]:
        """The elements that bear an attribute, each with what it says there."""
        found: dict[str, list[tuple[Any, str]]] = {}
        for element in self.elements:
            for name, value in element.attrib.items():
                found.setdefault(name, []).append((element, value))
        return found

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(value for _element, value in self.by_attribute.get("id", ()))

    @cached_property
    def labelled(self) -> set[str]:
        return {element.get("for", "") for element in self.all("label") if text(element)}

    @cached_property
    def by_tag(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for element in self.elements:
            found.setdefault(element.tag, []).append(element)
        return found

    def all(self, *tags: str) -> Iterator[Any]:
        """The elements of these names, in the order of the page."""
        if len(tags) == 1:
            return iter(self.by_tag.get(tags[0], ()))
        there = [tag for tag in tags if tag in self.by_tag]
        return (element for element in self.elements if element.tag in there) if there else iter(())

    @cached_property
    def may_be_left_over(self) -> bool:
        """Whether something stands anywhere in the text that could be the rest of an expression."""
        written = unescape(self.html)
        return any(sign in written for sign in SIGNS)


Rule = Callable[[Answer], Iterable[str]]


def expect_clean(answer: TestResponse) -> None:
    """Fail with everything that is wrong with an HTML answer."""
    wrong = problems(answer.text)
    assert not wrong, f"{answer.request.method} {answer.request.path}:\n  " + "\n  ".join(wrong)


def problems(html: str) -> list[str]:
    """Everything that is wrong with a page, or with pieces of one."""
    pieces = html.lstrip().startswith("<hx-partial") or not html.strip()
    answer = Answer(html, pieces)
    rules = EVERYWHERE + (PIECES if pieces else PAGE)
    return [f"{rule.__name__}: {sentence}" for rule in rules for sentence in rule(answer)]


def text(element: Any) -> str:
    """The words in an element."""
    return "".join(element.itertext()).strip()


def show(element: Any) -> str:
    """An element as its start tag, to be found by."""
    return f"<{element.tag}{''.join(f' {name}={value!r}' for name, value in list(element.attrib.items())[:5])}>"


# A whole page ---------------------------------------------------------------------------------------------------------


def the_page_is_html(answer: Answer) -> Iterable[str]:
    return answer.reading.faults


def it_has_a_language(answer: Answer) -> Iterable[str]:
    root = next(answer.all("html"))
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", root.get("lang", "")):
        yield f"lang={root.get('lang')!r}"


def it_has_a_name(answer: Answer) -> Iterable[str]:
    titles = [text(title) for title in answer.all("title")]
    if len(titles) != 1 or not titles[0] or titles[0].startswith("·"):
        yield f"titles: {titles}"


def it_has_one_heading_at_the_top(answer: Answer) -> Iterable[str]:
    headings = [text(heading) for heading in answer.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"h1: {headings}"


def headings_leave_no_level_out(answer: Answer) -> Iterable[str]:
    before = 0
    for heading in answer.all("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"h{level} ({text(heading)[:40]!r}) follows h{before}"
        before = level


def it_has_one_main_part(answer: Answer) -> Iterable[str]:
    if len(list(answer.all("main"))) != 1:
        yield f"{len(list(answer.all('main')))} main elements"


def what_it_refers_to_is_there(answer: Answer) -> Iterable[str]:
    for name in REFERENCES:
        for element, value in answer.by_attribute.get(name, ()):
            for wanted in value.split():
                if wanted not in answer.ids:
                    yield f"{name}={wanted!r} of {show(element)}"
    for link in answer.all("a"):
        href = link.get("href") or ""
        if href.startswith("#") and href[1:] not in answer.ids:
            yield f"the link {show(link)}"


def the_page_can_answer(answer: Answer) -> Iterable[str]:
    """Where scripts and swaps put what the app says; a page for readers from outside has nothing to ask or to run."""
    if any("outside" in element.get("class", "").split() for element in answer.all("body")):
        yield from (
            f"for readers from outside: {show(each)}" for each in answer.all("form", "script", "button", "input")
        )
        return
    if not {"saved", "toast", "problem"} <= set(answer.ids):
        yield f"missing: {sorted({'saved', 'toast', 'problem'} - set(answer.ids))}"


# Pieces of a page -----------------------------------------------------------------------------------------------------


def the_pieces_are_html(answer: Answer) -> Iterable[str]:
    return answer.reading.faults


def every_piece_is_one_element(answer: Answer) -> Iterable[str]:
    for child in answer.reading.root:
        if child.tag != "hx-partial":
            yield f"{show(child)} stands outside a piece"
            continue
        roots = _roots(child)
        if len(roots) != 1 or (child.text or "").strip() or (roots[0].tail and roots[0].tail.strip()):
            yield f"{show(child)} holds {[show(root) for root in roots]}"
        elif (roots[0].get("id") == child.get("id")) is (child.get("hx-swap") == "afterbegin"):
            yield f"{show(child)} replaces {show(roots[0])}"


def _roots(piece: Any) -> list[Any]:
    """The elements of a piece; for a line of a table, without the table that was put around it."""
    roots = list(piece)
    return list(piece.iter("tr")) if [root.tag for root in roots] == ["table"] else roots


# Both -----------------------------------------------------------------------------------------------------------------


def ids_are_unique(answer: Answer) -> Iterable[str]:
    # A piece names the element that it replaces, so a target's id rightly comes twice in it.
    targets = Counter(element.get("id") for element in answer.all("hx-partial"))
    for name, times in (answer.ids - targets).items():
        if times > 1 or not name.strip() or " " in name:
            yield f"{name!r} comes {times} times"


def every_field_is_labelled(answer: Answer) -> Iterable[str]:
    wrapped = {id(inner) for label in answer.all("label") if text(label) for inner in label.iter()}
    for field in answer.all("input", "select", "textarea"):
        if field.get("type") in UNLABELLED:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in answer.labelled
        if not named and id(field) not in wrapped:
            yield show(field)


def everything_to_press_has_a_name(answer: Answer) -> Iterable[str]:
    for element in answer.all("a", "button", "summary"):
        named = text(element) or element.get("aria-label") or element.get("aria-labelledby")
        pictured = any(inner.get("aria-label") or inner.get("alt") for inner in element.iter() if inner is not element)
        if not named and not pictured and element.get("tabindex") != "-1" and element.get("aria-hidden") != "true":
            yield show(element)


def every_form_can_be_sent(answer: Answer) -> Iterable[str]:
    for form in answer.all("form"):
        method = (form.get("method") or "").lower()
        if method not in {"get", "post", "dialog"} or not form.get("action", "" if method != "dialog" else "-"):
            yield f"{show(form)} lacks method or action"
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token" and field.get("value")]
        if method == "post" and len(tokens) != 1:
            yield f"{show(form)} carries {len(tokens)} tokens"
        if method == "get" and tokens:
            yield f"{show(form)} would put its token into an address"
        if form.get("hx-post") is not None and form.get("hx-post") != form.get("action"):
            yield f"{show(form)} posts elsewhere without scripts"


def links_lead_somewhere(answer: Answer) -> Iterable[str]:
    for link in answer.all("a"):
        href, fetched = link.get("href"), link.get("hx-get")
        if not href or href.startswith(("javascript:", "data:")):
            yield show(link)
        if fetched is not None and not fetched.startswith("/"):
            yield f"{show(link)} fetches {fetched!r}"


def nothing_is_written_inline(answer: Answer) -> Iterable[str]:
    for name, bearers in answer.by_attribute.items():
        if name == "style" or name.startswith(("on", "hx-on", "hx-vals")):
            yield from (f"{name} of {show(element)}" for element, _value in bearers)
    for element in answer.all("style", "script"):
        data = element.get("type") == "application/json"
        if element.tag == "style" or (not element.get("src") and not data):
            yield show(element)
    for element, trigger in answer.by_attribute.get("hx-trigger", ()):
        if "[" in trigger:
            yield f"the trigger of {show(element)} needs eval"


def nothing_is_nested_that_cannot_be(answer: Answer) -> Iterable[str]:
    for element in answer.all("a", "button", "label", "summary"):
        for inner in element.iter():
            if inner is element or inner.tag not in INTERACTIVE or inner.get("type") == "hidden":
                continue
            if element.tag != "label" or inner.tag in {"a", "button", "label"}:
                yield f"{show(inner)} in {show(element)}"
    for form in answer.all("form"):
        if any(inner is not form for inner in form.iter("form")):
            yield f"a form in {show(form)}"


def every_image_says_what_it_shows(answer: Answer) -> Iterable[str]:
    for image in answer.all("img"):
        if image.get("alt") is None or not image.get("width") or not image.get("height"):
            yield f"{show(image)} lacks alt, width or height"
    for drawing in answer.all(f"{markup.SVG}svg"):
        if drawing.get("aria-hidden") != "true" and not (drawing.get("aria-label") or drawing.get("aria-labelledby")):
            yield show(drawing)


def values_are_what_they_should_be(answer: Answer) -> Iterable[str]:
    if not answer.may_be_left_over:
        return
    for element in answer.elements:
        if element.tag in TYPED:
            continue
        words = [element.text or "", *(child.tail or "" for child in element)]
        kept = {
            name: value for name, value in element.attrib.items() if name in {"href", "action", "id", "value", "src"}
        }
        for value in [*words, *kept.values()]:
            if LEFTOVERS.search(value):
                yield f"{value.strip()[:60]!r} in {show(element)}"
        for value in [*(word for word in words if word.strip() == "None"), *kept.values()]:
            if NOTHING.fullmatch(value.strip()) or (value.startswith("/") and NOTHING.search(value)):
                yield f"None in {show(element)}"


EVERYWHERE: tuple[Rule, ...] = (
    ids_are_unique,
    every_field_is_labelled,
    everything_to_press_has_a_name,
    every_form_can_be_sent,
    links_lead_somewhere,
    nothing_is_written_inline,
    nothing_is_nested_that_cannot_be,
    every_image_says_what_it_shows,
    values_are_what_they_should_be,
)
PAGE: tuple[Rule, ...] = (
    the_page_is_html,
    it_has_a_language,
    it_has_a_name,
    it_has_one_heading_at_the_top,
    headings_leave_no_level_out,
    it_has_one_main_part,
    what_it_refers_to_is_there,
    the_page_can_answer,
)
PIECES: tuple[Rule, ...] = (the_pieces_are_html, every_piece_is_one_element)
