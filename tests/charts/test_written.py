"""Charts as they are written: in the page, in a file, as a picture."""

from __future__ import annotations

import gzip
import io
import struct
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask, render_template, render_template_string
from PIL import Image

from kata import charts
from kata.charts import Experiment, ProcessChart, Story
from kata.charts.png import png
from kata.spc import WHEELER
from tests.charts.series import BETTER, draw, noise, weeks
from tests.client import Client
from tests.linter import Answer
from tests.markup import SVG

MACRO = "{% from 'charts/process.html' import process_chart %}{{ process_chart(chart, 'x', title, **asked) }}"
HOSTILE = 'Late & <b>"lost"</b> {{ 7 }}'


@pytest.fixture
def in_request(shared_app: Flask) -> Iterator[None]:
    """The templates need a request's language, and no database."""
    with shared_app.test_request_context():
        yield


def write(chart: ProcessChart, title: str = "Share on time", **asked: Any) -> str:
    return render_template_string(MACRO, chart=chart, title=title, asked=asked)


def file(chart: ProcessChart, title: str = "Share on time", sentence: str = "It got better.") -> str:
    laid = charts.sheet(chart, title, sentence, "Source: made up.")
    return render_template(
        "charts/file.svg",
        chart=chart,
        sheet=laid,
        title=title,
        sentence=sentence,
        source="Source: made up.",
        language="en",
    )


def told() -> Story:
    days = weeks(len(BETTER))
    numeric = Experiment(days[5], 1, HOSTILE, "/experiments/1", 60.0, days[8], 66.0)
    return Story(
        conditions=[charts.Condition(days[4], days[-1], HOSTILE, HOSTILE, 70.0, "/targets/1")],
        experiments=[numeric, Experiment(days[5], 2, "b")],
        phases=[charts.Phase(days[14], HOSTILE, HOSTILE)],
        notes={days[3]: HOSTILE},
    )  # fmt: skip


def every_chart() -> dict[str, Callable[..., ProcessChart]]:
    days = [date(2001, 1, 1) + timedelta(number) for number in range(700)]
    return {
        "told": lambda **on: draw(BETTER, told(), better="up", target=70.0, rebase=[15], near=True, **on),
        "wheeler": lambda **on: draw(noise(30), settings=WHEELER, near=True, **on),
        "run": lambda **on: draw(BETTER[:8], **on),
        "dots": lambda **on: draw(BETTER[:3], target=60.0, **on),
        "one": lambda **on: draw([50.0], **on),
        "gaps": lambda **on: draw([None, None, None], **on),
        "long": lambda **on: draw(noise(700), days=days, better="down", moving_range=True, **on),
    }


@pytest.mark.usefixtures("in_request")
@pytest.mark.parametrize("name", every_chart())
def test_a_chart_in_a_page_is_sound_markup(name: str) -> None:
    html = write(every_chart()[name](), HOSTILE, sentence=HOSTILE, tone="better", table_href="/table")
    answer = Answer(f"<hx-partial id=p>{html}</hx-partial>", pieces=True)
    assert answer.reading.faults == []
    assert [name for name, times in answer.ids.items() if times > 1] == []
    assert "<b>&#34;lost" not in html
    assert "style=" not in html
    drawings = list(answer.all(f"{SVG}svg"))
    assert drawings
    for drawing in drawings:
        assert "None" not in str(drawing.attrib)


@pytest.mark.usefixtures("in_request")
@pytest.mark.parametrize("name", every_chart())
def test_a_chart_in_a_file_stands_alone(name: str) -> None:
    svg = file(every_chart()[name](frame=charts.FILE, range_frame=charts.FILE_RANGES), HOSTILE, HOSTILE)
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own file
    titles = root.findall("{http://www.w3.org/2000/svg}title")
    assert [title.text for title in titles] == [HOSTILE]
    assert "None" not in svg
    assert "href" not in svg
    assert "Source: made up." in svg


@pytest.mark.usefixtures("in_request")
def test_who_hears_a_chart_hears_its_name_its_sentence_and_its_readings() -> None:
    html = write(draw(BETTER, better="up"), sentence="Better since April.", tone="better")
    assert 'role="img" aria-labelledby="x-name" aria-describedby="x-words"' in html
    assert '<title id="x-name">Share on time</title>' in html
    assert "Better since April. 22 readings: 5 January 2026 – 1 June 2026." in html
    assert '<tr id="point-2026-06-01"' in html
    assert "in a long run above the centre line" in html


@pytest.mark.usefixtures("in_request")
def test_ten_thousand_readings_weigh_less_than_a_photo() -> None:
    days = [date(1998, 1, 1) + timedelta(number) for number in range(10_000)]
    html = write(draw(noise(10_000), days=days, better="up", moving_range=True, near=True), table_href="/readings")
    assert len(html.encode()) < 150_000
    assert len(gzip.compress(html.encode())) < 45_000
    assert "<table" not in html
    assert 'href="/readings"' in html
    assert "99\N{NO-BREAK SPACE}%" in html


@pytest.mark.usefixtures("in_request")
def test_several_charts_in_a_page_share_no_id() -> None:
    macro = MACRO.replace("}{{", "}{% for id in ('x', 'y') %}{{").replace("'x', title", "id, title, points=id")
    html = render_template_string(macro + "{% endfor %}", chart=draw(BETTER, told(), better="up"), title="t", asked={})
    answer = Answer(f"<hx-partial id=p>{html}</hx-partial>", pieces=True)
    assert [name for name, times in answer.ids.items() if times > 1] == []


@pytest.mark.usefixtures("in_request")
@pytest.mark.parametrize("title", ["Share on time", "Доля вовремя, 期限内の割合"])
def test_a_picture_is_twice_the_size_of_its_file_and_shows_more_than_paper(title: str) -> None:
    chart = draw(BETTER, told(), better="up", frame=charts.FILE, range_frame=charts.FILE_RANGES)
    made = png(file(chart, title))
    height = charts.sheet(chart, title, "It got better.").height
    assert struct.unpack(">II", made[16:24]) == (2000, 2 * height)
    picture = Image.open(io.BytesIO(made)).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1_000_000) or []}
    assert (255, 255, 255) in colours
    assert (0, 0x5E, 0xAE) in colours  # a signal for the better
    heading = picture.crop((40, 40, 900, 110))
    assert len(heading.getcolors(100_000) or []) > 20  # letters, smooth ones


def test_a_picture_of_no_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="SVG"):
        png("<p>no drawing</p>")


def test_the_page_of_components_shows_every_chart(as_: Callable[[str], Client]) -> None:
    html = as_("root").get("/settings/components").text
    for name in ("process", "phases", "wheeler", "neutral", "long", "run", "dots"):
        assert f'id="chart-{name}"' in html
    assert html.count("small-chart") > 5
    assert 'class="spark"' in html
