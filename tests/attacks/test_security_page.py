"""The page about security names tests and modules that exist, and forgets no requirement of the standard."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from flask import Flask

from kata.identity import actions, links, passwords, throttle
from kata.outbox import actions as outbox
from kata.storyboards import photos
from kata.tables import workbooks
from kata.web import forms

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")

#: How many requirements each section of ASVS 5.0.0 has, by the level of each in their order.
SECTIONS = """
1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123  2.1 122  2.2 112  2.3 12223  2.4 23  3.1 3  3.2 113
3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333  4.1 12233  4.2 23333  4.3 22  4.4 1222  5.1 2  5.2 112333
5.3 113  5.4 222  6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223  6.7 33  6.8 2222
7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22  8.1 1233  8.2 1123  8.3 133  8.4 23  9.1 111  9.2 1222
10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222  11.1 2233  11.2 22233  11.3 11233
11.4 1222  11.5 23  11.6 23  11.7 33  12.1 12233  12.2 11  12.3 22223  13.1 2333  13.2 222223  13.3 2233  13.4 1222233
14.1 22  14.2 12223333  14.3 122  15.1 12233  15.2 12233  15.3 1222222  15.4 3333  16.1 2  16.2 22222  16.3 2222
16.4 222  16.5 2223  17.1 23  17.2 22223333  17.3 22
"""


def _levels() -> dict[str, int]:
    parts = SECTIONS.split()
    return {
        f"V{section}.{number}": int(level)
        for section, levels in zip(parts[::2], parts[1::2], strict=True)
        for number, level in enumerate(levels, start=1)
    }


def _rows() -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith("| V")
    ]


def _numbers() -> list[str]:
    return [number for row in _rows() for number in row[0].strip("| ").split(", ")]


def test_the_standard_is_counted_as_it_counts_itself() -> None:
    assert Counter(_levels().values()) == {1: 70, 2: 183, 3: 92}


def test_each_requirement_of_levels_one_and_two_stands_there_once() -> None:
    numbers, levels = _numbers(), _levels()
    assert all(re.fullmatch(r"V\d{1,2}\.\d{1,2}\.\d{1,2}", number) for number in numbers)
    assert [number for number, times in Counter(numbers).items() if times > 1] == []
    asked = {number for number, level in levels.items() if level < 3}
    assert sorted(asked - set(numbers)) == [], "the page says nothing of these"
    assert sorted(set(numbers) - asked) == [], "the standard has no such requirement at these levels"
    assert {number.split(".")[0] for number in numbers} == {f"V{chapter}" for chapter in range(1, 18)}


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE))
    assert len(named) > 80
    missing = []
    for file, test in sorted(named):
        path = ROOT / file
        found = (
            {each.name for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.FunctionDef)}
            if path.exists()
            else set()
        )
        if test not in found:
            missing.append(f"{file}::{test}")
    assert missing == []


def test_every_module_that_is_named_exists() -> None:
    named = set(re.findall(r"`((?:kata|templates|static|tests|docs)/[\w/.]+|[\w-]+\.(?:py|toml|txt))`", PAGE))
    assert len(named) > 50
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_what_is_met_says_by_what_and_how_we_know() -> None:
    met = [row for row in _rows() if len(row) == 4]
    assert len(met) > 120
    for number, asked, by, test in met:
        assert asked, number
        assert by, number
        assert test.startswith("`tests/") or test == "*read*", f"{number}: {test}"


def test_its_figures_are_those_of_the_code(app: Flask) -> None:
    told = {
        f"{throttle.LIMIT_ACCOUNT_AND_ADDRESS} in a quarter of an hour, then": throttle.WINDOW_SECONDS == 900,
        f"| {throttle.LIMIT_ADDRESS} in a quarter of an hour |": True,
        f"| {throttle.LIMIT_ACCOUNT} in a quarter of an hour |": True,
        f"{passwords.SHORTEST} to {passwords.LONGEST} characters": True,
        f"signed out after {app.permanent_session_lifetime.days} days": True,
        f"signed out after {app.config['SESSION_LIFETIME'].days} days": True,
        f"| {actions.MAILED_LINK_LIFETIME.seconds // 3600} hours, once": True,
        f"| {links.LIFETIME.days} days, once": True,
        f"longer texts up to {forms.LONGEST_TEXT}": True,
        f"up to {forms.LARGEST}": True,
        f"up to {photos.LARGEST_FILE >> 20} MB and {photos.MOST_PIXELS // 1_000_000} million pixels": True,
        f"{workbooks.MOST_UNPACKED >> 20} MB\nunpacked": True,
        f"{app.config['MAX_CONTENT_LENGTH'] >> 20} MB with files": True,
        f"{app.config['MAX_FORM_MEMORY_SIZE'] >> 20} MB without": True,
        f"sent mails after {outbox.RETENTION.days} days": True,
    }
    assert [words for words, holds in told.items() if words not in PAGE or not holds] == []
