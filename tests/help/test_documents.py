"""What the documents name exists: commands with their options, addresses, files, variables, links, and the app's words.

Read are README and every file of ``docs/``. In pages for people what stands in bold is a text of the app itself.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click import Group, Option
from flask import Flask
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kata.help import rendering
from kata.help.catalogue import FOLDER, PAGES
from kata.identity.zones import is_zone

ROOT = FOLDER.parent
README = ROOT / "README.md"
DOCUMENTS = [README, *sorted(FOLDER.glob("*.md"))]
#: Pages that lead somebody from button to button.
FOR_PEOPLE = {"team-members", "coaches", "leaders", "administrators"}
#: Where the environment is read.
READERS = ("config.py", "wsgi.py", "bin/*", "kata/**/*.py", "tests/chromium.py")
VARIABLE = re.compile(r"\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT|BIND)\b(?:=\S*)?")
#: An address of the app; what begins like these is a place on the machine.
ADDRESS = re.compile(r"/(?!(?:etc|home|opt|run|srv|tmp|usr|var)\b)[a-z][\w./<>:-]*|/")
FILE = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|css|html|txt)")
#: Made where the app runs or a command writes, and therefore not in the repository.
MADE = ("instance/", ".venv/bin/flask", "kata/translations/de/", "attachments/", "uploads/", "tables/", "index.md")
#: What follows an address in README where it stands for several.
HANGING = {"/print"}


def _ids(path: Path) -> str:
    return path.stem


every_document = pytest.mark.parametrize("path", DOCUMENTS, ids=_ids)


@cache
def _tokens(path: Path) -> tuple[Token, ...]:
    parsed = MarkdownIt("commonmark", {"html": False}).enable("table").parse(path.read_text(encoding="utf-8"))
    return tuple(each for token in parsed for each in (token, *(token.children or ())))


def _code(path: Path) -> Iterator[str]:
    """Each piece of code on one line: what stands between backticks, and the lines of blocks."""
    for token in _tokens(path):
        if token.type == "code_inline":
            yield token.content
        elif token.type == "fence":
            yield from (line.strip() for line in token.content.splitlines() if line.strip())


def test_every_file_is_a_page_and_every_page_a_file() -> None:
    assert sorted(entry.slug for entry in PAGES) == sorted(path.stem for path in FOLDER.glob("*.md"))


@every_document
def test_it_begins_with_its_title_and_a_sentence(path: Path) -> None:
    tags = [token.tag for token in _tokens(path) if token.type == "heading_open"]
    assert (tags[0], tags.count("h1")) == ("h1", 1)
    assert path.read_text().startswith("# ")
    after = next(at for at, token in enumerate(_tokens(path)) if token.type == "heading_close") + 1
    assert _tokens(path)[after].type == "paragraph_open"


@every_document
def test_commands_exist_with_their_options(path: Path, app: Flask) -> None:
    wrong = [code for code in _code(path) if not all(_runs(words, app) for words in _commands(code))]
    assert wrong == []


def _commands(code: str) -> Iterator[list[str]]:
    """The commands in a line, each as its words, without the variables that are set before it."""
    for part in re.split(r"[;|&]+", code):
        try:
            words = shlex.split(part, comments=True)
        except ValueError:
            continue
        while words and VARIABLE.fullmatch(words[0]):
            words = words[1:]
        if words and (words[0].startswith("bin/") or words[0] in {"flask", ".venv/bin/flask"}):
            yield words


def _runs(words: list[str], app: Flask) -> bool:
    if words[0].startswith("bin/"):
        script = ROOT / words[0]
        options = [word for word in words[1:] if word.startswith("-") and words[0] != "bin/test"]
        return script.exists() and all(option.split("=")[0] in _read_with_its_module(script) for option in options)
    return _is_command(app.cli, words[3:] if words[1:3] == ["--app", "wsgi"] else words[1:])


def _read_with_its_module(script: Path) -> str:
    """What a script says, and the module of the tests to which it passes its options on."""
    text = script.read_text()
    called = re.search(r"\btests\.(\w+)", text)
    main = ROOT / "tests" / called[1] / "__main__.py" if called else None
    return text + (main.read_text() if main and main.exists() else "")


def _is_command(command: object, words: list[str]) -> bool:
    """Whether the words are a command of ours, and every option among them one of its own."""
    if words == ["…"]:  # any of them
        return True
    while words and isinstance(command, Group) and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    if command is None or isinstance(command, Group):
        return not words
    known = {name for each in command.params if isinstance(each, Option) for name in each.opts}  # type: ignore[attr-defined]
    return all(word.split("=")[0] in known | {"--help"} for word in words if word.startswith("-"))


@every_document
def test_addresses_are_served(path: Path, app: Flask) -> None:
    rules = {_blank(rule.rule) for rule in app.url_map.iter_rules()}
    named = {code for code in _code(path) if ADDRESS.fullmatch(code)} - HANGING
    assert sorted(address for address in named if not _served(address, rules)) == []


def _blank(rule: str) -> str:
    return re.sub(r"<[^>]*>", "*", rule)


def _served(address: str, rules: set[str]) -> bool:
    """Written with what it stands for (``/boards/<id>``), or as it is called (``/teams/access``)."""
    wanted = _blank(address.rstrip("/") or "/").split("/")
    return any(
        len(rule) == len(wanted) and all(one in ("*", other) for one, other in zip(rule, wanted, strict=True))
        for rule in (each.split("/") for each in rules)
    )


@every_document
def test_variables_are_read_by_the_app(path: Path) -> None:
    read = "\n".join(file.read_text() for pattern in READERS for file in ROOT.glob(pattern) if file.is_file())
    named = {found[1] for code in _code(path) for found in VARIABLE.finditer(code.split(" ")[0])}
    assert sorted(name for name in named if not re.search(rf"\b{name}\b", read)) == []


@every_document
def test_files_are_there(path: Path) -> None:
    named = {code for code in _code(path) if FILE.fullmatch(code)}
    names = {name for name in named if not name.startswith(MADE) and not is_zone(name)}
    assert sorted(name for name in names if not _is_file(name)) == []


def _is_file(name: str) -> bool:
    if "/" in name:
        return (ROOT / name).exists() or (ROOT / f"{name}.py").exists()
    return (
        any(file for folder in ("kata", "docs", "tests", "bin") for file in (ROOT / folder).rglob(name))
        or (ROOT / name).exists()
    )


@every_document
def test_links_pictures_and_anchors_lead_somewhere(path: Path) -> None:
    lost = [target for target in _targets(path) if not _leads(path, target)]
    assert lost == []


def _targets(path: Path) -> Iterator[str]:
    for token in _tokens(path):
        if token.type == "link_open":
            yield str(token.attrGet("href"))
        elif token.type == "image":
            assert len(token.content) > 10, "a picture needs words for those who do not see it"
            yield str(token.attrGet("src"))


def _leads(path: Path, target: str) -> bool:
    if target.startswith(("http://", "https://")):
        return True
    name, _sign, anchor = target.partition("#")
    file = path.parent / name if name else path
    return file.exists() and (not anchor or anchor in _anchors(file))


@cache
def _anchors(file: Path) -> frozenset[str]:
    return frozenset(section.anchor for section in rendering.document(file.read_text()).sections)


@cache
def _words() -> frozenset[str]:
    """What the app says: every text of the catalogue, and both forms of those that count."""
    with (ROOT / "kata" / "translations" / "messages.pot").open("rb") as file:
        entries = [message.id for message in read_po(file) if message.id]
    return frozenset(text for entry in entries for text in (entry if isinstance(entry, tuple) else (entry,)))


@pytest.mark.parametrize("slug", sorted(FOR_PEOPLE & {entry.slug for entry in PAGES}))
def test_what_stands_in_bold_are_words_of_the_app(slug: str) -> None:
    tokens, said = _tokens(FOLDER / f"{slug}.md"), []
    for at, token in enumerate(tokens):
        if token.type == "strong_open":
            said.append(tokens[at + 1].content)
    assert sorted({text for text in said if text not in _words()}) == []


def test_the_pictures_are_all_shown_and_light() -> None:
    shown = {target for path in DOCUMENTS for target in _targets(path) if "pictures/" in target}
    pictures = {f"pictures/{file.name}" for file in (FOLDER / "pictures").iterdir()}
    assert pictures <= shown
    assert sum((FOLDER / name).stat().st_size for name in pictures) < 1_000_000
