"""What the search shows: each thing with its address, where it comes from, and the words that matched in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kata.access.policy import Viewer
from kata.learning import excerpts, wording
from kata.learning.excerpts import Piece
from kata.learning.queries import engine, languages, search
from kata.learning.queries.search import SIZE, Filters
from kata.learning.ranking import Sought
from kata.learning.wording import Meant
from kata.teams.languages import DEFAULT
from kata.web.text import day_year

KINDS: dict[str, Any] = {
    "experiment": _l("Experiments"),
    "target": _l("Target conditions"),
    "obstacle": _l("Obstacles"),
    "challenge": _l("Challenges"),
    "condition": _l("Current conditions"),
    "reflection": _l("Reflections"),
    "barrier": _l("Barriers"),
    "voice": _l("Voices"),
}

#: What stands before a text of a thing; its first text is its title and needs none.
PARTS: dict[str, Any] = {
    "expectation": _l("Expected"),
    "happened": _l("Happened"),
    "learned": _l("Learned"),
    "set_aside_reason": _l("Set aside"),
    "note": _l("How it ended"),
    "steps": _l("Steps"),
    "cost": _l("What it costs the customer"),
    "answer": _l("Answered"),
    "why": _l("Why, as the team understands it"),
}
TAUGHT = _l("What it taught")
#: How many texts beside the title a result shows.
MOST_PARTS = 3


@dataclass(frozen=True)
class Told:
    """One text of a result: what it is, its pieces, and the ink it has everywhere (expected, happened)."""

    name: str
    label: Any
    pieces: list[Piece]


@dataclass(frozen=True)
class Result:
    """One thing that was found."""

    row: Any
    what: str
    href: str
    title: list[Piece]
    told: list[Told]


@dataclass(frozen=True)
class Results:
    """A page of what was found. ``next_page`` and ``older`` say how it goes on: in this block, or in the one after."""

    rows: list[Result]
    next_page: int | None
    older: int | None
    too_common: bool = False


NOWHERE = languages.Written((), 0)


def results(viewer: Viewer, text: str, filters: Filters, page: int) -> Results:
    """The page of what the words and the filters find."""
    words = wording.looked_for(text)
    if text and not words:
        return Results([], None, None, too_common=True)
    written = languages.written() if words else NOWHERE
    meant = wording.meant(words, written.languages)
    match, sought = _match(meant), Sought(meant)
    block = _ranked(search.found(viewer, match, filters, written.last), sought)
    ids = [row.id for row in block[(page - 1) * SIZE : page * SIZE]]
    more = len(block) > page * SIZE
    whole = len(block) == search.BLOCK and not more
    return Results(
        rows=[result(row, sought) for row in search.shown(viewer, ids)],
        next_page=page + 1 if more else None,
        older=min(row.id for row in block) if whole else None,
    )


def _match(meant: Sequence[Meant]) -> str:
    here = engine.here()
    return here.every(here.spelt(meant)) if meant else ""


def _ranked(block: Sequence[Any], sought: Sought) -> Sequence[Any]:
    """The best first; of what fits alike, and without words, the newest."""
    return sorted(block, key=lambda row: -sought.fit(row.words)) if sought.words else block


def result(row: Any, sought: Sought) -> Result:
    """What is shown of a row of ``search.shown``."""
    (_name, title), *others = row.parts
    language = row.language or DEFAULT
    shown = excerpts.excerpt(title, sought, language)
    return Result(row, what(row), href(row), shown, _told(others, sought, language))


def _told(parts: Sequence[Sequence[str]], sought: Sought, language: str) -> list[Told]:
    """The texts in which a word matched, and the learning, which is what people look for."""
    told = [Told(name, PARTS.get(name, TAUGHT), excerpts.excerpt(text, sought, language)) for name, text in parts]
    return [each for each in told if each.name == "learned" or any(p.hit for p in each.pieces)][:MOST_PARTS]


def what(row: Any) -> str:
    """What a result is: Experiment 12."""
    names = {
        "experiment": lambda: _("Experiment %(number)s", number=row.experiment_number),
        "target": lambda: _("Target condition %(number)s", number=row.target_number),
        "obstacle": lambda: _("Obstacle"),
        "challenge": lambda: _("Challenge"),
        "condition": lambda: _("Current condition %(number)s", number=row.condition_number),
        "reflection": lambda: _("Reflection on the whole storyboard"),
        "barrier": lambda: _("Barrier"),
        "voice": lambda: _("Voice"),
    }
    return str(names[row.kind]())


def href(row: Any) -> str:
    """Where the thing stands."""
    if row.kind in {"barrier", "voice"}:
        return f"/{row.kind}s/{row.subject_id}"
    if row.board_id is None:
        return f"/teams?area={row.area_slug}"
    board = f"/boards/{row.board_id}"
    if row.kind == "obstacle":
        ended = row.target_ended_at is not None
        return f"{board}/conditions#target-{row.target_number}" if ended else f"{board}#obstacles"
    return {
        "experiment": f"/experiments/{row.subject_id}",
        "target": f"{board}/conditions#target-{row.target_number}",
        "challenge": f"{board}#challenge",
        "condition": f"{board}/conditions#condition-{row.condition_number}",
        "reflection": board,
    }[row.kind]


# Tried before ---------------------------------------------------------------------------------------------------------

#: Below so many words nobody has said yet what it is about; of more, the longest say most.
FEWEST, LONGEST_WORDS = 3, 6
SUGGESTED = 3
NOTHING = Sought(())


def tried(viewer: Viewer, text: str) -> list[dict[str, Any]]:
    """Up to three earlier experiments and obstacles that share words with the text, on boards that the viewer sees.

    Each says what was expected, what happened, what was learned, and whom to ask.
    """
    if len(wording.words_of(text[: wording.LONGEST_QUERY])) < FEWEST:
        return []
    words = sorted(wording.looked_for(text), key=len, reverse=True)[:LONGEST_WORDS]
    if len(words) < 2:
        return []
    written = languages.written()
    meant = wording.meant(words, written.languages, whole=True)
    match = engine.here().some(meant)
    block = _ranked(search.found(viewer, match, Filters(tried=True), written.last), Sought(meant))
    rows = [row for row in search.shown(viewer, [each.id for each in block[: 4 * SUGGESTED]]) if _was_tried(row, text)]
    return [_as_tried(row) for row in rows[:SUGGESTED]]


def _was_tried(row: Any, text: str) -> bool:
    """Whether it is an obstacle, or an experiment that came to something; and not the very words being written."""
    came_to = {name for name, _text in row.parts} & {"happened", "set_aside_reason"}
    return (row.kind == "obstacle" or bool(came_to)) and row.parts[0][1].strip() != text.strip()


def _as_tried(row: Any) -> dict[str, Any]:
    """As the browser is told it (static/js/tried.js)."""
    (_name, title), *others = row.parts
    return {
        "href": href(row),
        "title": _short(title),
        "where": ", ".join((what(row), row.team, day_year(row.at))),
        "told": [{"name": name, "label": str(PARTS[name]), "text": _short(text)} for name, text in others],
        "ask": {"name": row.learner, "href": f"/people/{row.learner_id}"},
    }


def _short(text: str) -> str:
    return "".join(piece.text for piece in excerpts.excerpt(text, NOTHING))
