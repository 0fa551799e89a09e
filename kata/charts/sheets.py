"""A chart as a file of its own: a sheet with title, sentence, story and source around the plot, all in pixels.

Draw the chart on `FILE` and `FILE_RANGES`, lay it out with `sheet`, write it with `charts/file.svg`.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import accumulate

from kata.charts.parts import ProcessChart
from kata.charts.scales import Frame

FILE, FILE_RANGES = Frame(760, 320), Frame(760, 84)
WIDTH, LEFT, EDGE = 1000, 72, 24
#: Heights of a line of the title, of text, and of a lane above the plot.
TITLE, TEXT, LANE = 30, 20, 26
#: Letters of a line of the title and of text: SVG breaks no lines of itself.
TITLE_LETTERS, TEXT_LETTERS = 70, 118
#: Lines of the story at most; a file is a picture, not the record.
STORY_LINES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where its foot stands."""

    y: float
    text: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where everything lies: the tops of lanes, plot, moving ranges and axis, and the lines of text around them."""

    height: float
    title: tuple[Line, ...]
    sentence: tuple[Line, ...]
    lanes: float
    plot: float
    moving: float
    axis: float
    story: tuple[Line, ...]
    source: Line
    width: float = WIDTH
    left: float = LEFT
    edge: float = EDGE


def sheet(chart: ProcessChart, title: str, sentence: str = "", source: str = "") -> Sheet:
    """Lay out a chart that was drawn on `FILE`: everything below follows from the lines that the texts need."""
    titles, sentences = textwrap.wrap(title, TITLE_LETTERS), textwrap.wrap(sentence, TEXT_LETTERS)
    story = [(event.sign, line) for event in chart.events for line in _told(event.name, event.words, event.day)]
    after_title = EDGE + TITLE * len(titles)
    lanes = after_title + TEXT * len(sentences) + 16
    plot = lanes + LANE * chart.lanes + 6
    moving = plot + FILE.height + 34
    axis = moving + FILE_RANGES.height if chart.moving else plot + FILE.height
    below = axis + 56
    story_lines = _lines(below, story[:STORY_LINES])
    foot = below + TEXT * len(story_lines) + 8
    return Sheet(
        height=foot + EDGE,
        title=tuple(Line(EDGE + TITLE * number - 8, text) for number, text in enumerate(titles, start=1)),
        sentence=_lines(after_title + TEXT, [("", text) for text in sentences]),
        lanes=lanes,
        plot=plot,
        moving=moving,
        axis=axis,
        story=story_lines,
        source=Line(foot, source),
    )


def _lines(top: float, texts: list[tuple[str, str]]) -> tuple[Line, ...]:
    heights = accumulate([top, *[TEXT] * (len(texts) - 1)]) if texts else ()
    return tuple(Line(y, text, sign) for y, (sign, text) in zip(heights, texts, strict=True))


def _told(name: str, words: str, day: str) -> list[str]:
    """A line of the story, shortened rather than broken: the page tells the whole."""
    return [textwrap.shorten(f"{name + ': ' if name else ''}{words} ({day})", TEXT_LETTERS, placeholder=" …")]
