"""What the pages of this room show, read afresh so that they are right after a commit and after a rollback."""

from kata.measures.pages.changes import added, rewritten
from kata.measures.pages.due import due, due_form, due_line, read_line
from kata.measures.pages.figures import View
from kata.measures.pages.grid import grid, open_grid
from kata.measures.pages.measure import (
    Stand,
    about,
    about_form,
    chart,
    head,
    new_reading,
    page_of,
    phases,
    rules,
    rules_form,
    sheet,
    today,
    together,
    whole,
)
from kata.measures.pages.parts import WORDS, measure, reading
from kata.measures.pages.pasting import given, paste_form, preview
from kata.measures.pages.table import Editor, Place, day_of, history, readings
from kata.measures.pages.team import team_measures

__all__ = [
    "WORDS",
    "Editor",
    "Place",
    "Stand",
    "View",
    "about",
    "about_form",
    "added",
    "chart",
    "day_of",
    "due",
    "due_form",
    "due_line",
    "given",
    "grid",
    "head",
    "history",
    "measure",
    "new_reading",
    "open_grid",
    "page_of",
    "paste_form",
    "phases",
    "preview",
    "read_line",
    "reading",
    "readings",
    "rewritten",
    "rules",
    "rules_form",
    "sheet",
    "team_measures",
    "today",
    "together",
    "whole",
]
