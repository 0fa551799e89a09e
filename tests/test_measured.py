"""What the bench writes down: the parts that were measured anew, and nothing else; and which pages it finds."""

from __future__ import annotations

import re

from flask import Flask

from tests.bench import machine, pages
from tests.bench.table import HEAD, Row
from tests.cast import Cast

OLD = f"""# Measurements

Words.

## The machine

- old

## Coaching

{HEAD}
| page of coaching | 9.9 × | 6 × | **no** |  |

## Start

{HEAD}
| restart, until it answers | 1.0 s | 2 s | yes |  |

## What misses, and why

The reason.
"""
README = (
    f"# Kata\n\n{HEAD}\n| storyboard: first visit | 58.2 KB | 60 KB | yes | x |\n| gone | 1 | 2 | yes |  |\n\nWords.\n"
)


def test_a_part_is_written_anew_and_the_others_stay() -> None:
    new = machine.with_parts(OLD, {"Coaching": [Row("page of coaching", 4.0, 6, " ×")]})
    assert "| page of coaching | 4.0 × | 6 × | yes |  |" in new
    assert "9.9" not in new
    assert "| restart, until it answers | 1.0 s | 2 s | yes |  |" in new
    assert re.findall("^## (.*)$", new, re.MULTILINE) == ["The machine", "Coaching", "Start", machine.MISSES]
    assert new.endswith("The reason.\n")


def test_the_machine_is_described_without_its_name() -> None:
    said = machine.described()
    assert re.search(r"\d+ cores .*, \d+ GB of memory", said)
    assert "SQLite" in said
    assert "/" not in said


def test_the_readme_keeps_its_short_table_in_order() -> None:
    rows = [Row("restart, until it answers", 1.5, 2, " s"), Row("Today against a bare page", 2.0, 3, " ×")]
    table = machine.with_short_rows(README, rows).split(HEAD)[1]
    assert re.findall(r"^\| (.*?) \|", table, re.MULTILINE) == [
        "Today against a bare page",
        "storyboard: first visit",
        "restart, until it answers",
    ]
    assert table.endswith("\n\nWords.\n")


def test_every_list_of_the_map_is_among_the_pages(app: Flask, cast: Cast) -> None:
    with app.app_context():
        given = pages.place("access-requests")
    found = {page.rule for page in pages.pages(app, given)}
    assert {"/", "/boards", "/customers", "/barriers", "/coaching", "/teams", "/challenges", "/admin/people"} <= found
    assert {"/admin/mail", "/teams/<slug>/voices", "/teams/<slug>/measures", "/people/<person_id>"} <= found
    assert not [rule for rule in found if rule.endswith((".csv", "/edit", "/new"))]
