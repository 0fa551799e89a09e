"""Reading a chart by keyboard, by pointer, by address and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf, in_both_themes
from tests.browser.hands import visit

COMPONENTS = "/settings/components"
PROCESS, PHASES, LONG = "#chart-process", "#chart-phases", "#chart-long"
#: The labels of time axes that begin before the one to their left has ended.
TOUCHING = """() => {
    const seen = (all) => [...all].filter((element) => element.getBoundingClientRect().width);
    return seen(document.querySelectorAll('.chart-axis .ticks')).flatMap((axis) => {
        const labels = seen(axis.querySelectorAll('text'));
        const boxes = labels.map((label) => label.getBoundingClientRect());
        return labels.filter((_, place) => place && boxes[place].left < boxes[place - 1].right + 2)
            .map((label) => `${label.closest('.chart').id}: ${label.textContent}`);
    });
}"""
WIDE = {"width": 1280, "height": 900}


def _reach(page: Page, chart: str) -> None:
    page.locator(f"{chart} .chart-reach").focus()
    expect(page.locator(f"{chart} .chart-cursor")).to_be_visible()


def _read(page: Page, chart: str, *words: str) -> None:
    """The readout shows these words, and a screen reader hears the same."""
    for word in words:
        expect(page.locator(f"{chart} [data-readout]")).to_contain_text(word)
        assert word in (page.locator(f"{chart} .chart-reach").get_attribute("aria-valuetext") or "")


def test_a_chart_is_one_stop_for_the_keyboard_and_arrows_walk_its_readings(page_of: PageOf) -> None:
    page = visit(page_of("root", viewport=WIDE), COMPONENTS)
    _reach(page, PROCESS)
    _read(page, PROCESS, "30 May 2016", "96.4")
    page.keyboard.press("ArrowLeft")
    _read(page, PROCESS, "23 May 2016")
    page.keyboard.press("Home")
    _read(page, PROCESS, "29 February 2016")
    page.keyboard.press("ArrowRight")
    _read(page, PROCESS, "7 March 2016", "worse", "below the expected range", "The mail server was down")
    page.keyboard.press("End")
    _read(page, PROCESS, "30 May 2016")
    page.keyboard.press("Tab")
    expect(page.locator(f"{PROCESS} .chart-reach")).not_to_be_focused()
    expect(page.locator(f"{PROCESS} .chart-cursor")).to_be_hidden()


def test_page_up_and_down_go_to_the_signals(page_of: PageOf) -> None:
    page = visit(page_of("root", viewport=WIDE), COMPONENTS)
    _reach(page, PROCESS)
    page.keyboard.press("PageUp")
    _read(page, PROCESS, "7 March 2016")
    page.keyboard.press("PageUp")
    _read(page, PROCESS, "29 February 2016")
    _reach(page, PHASES)
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    _read(page, PHASES, "1 December 2016", "worse")


def test_a_pointer_reads_the_nearest_reading_and_a_press_gives_its_address(page_of: PageOf) -> None:
    page = visit(page_of("root", viewport=WIDE), COMPONENTS)
    surface = page.locator(f"{PROCESS} .chart-surface")
    surface.scroll_into_view_if_needed()
    box = surface.bounding_box()
    assert box is not None
    with page.expect_response("**/chart.js"):  # a chart's script comes when it is touched
        page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.wait_for_load_state("networkidle")
    page.mouse.move(box["x"] + 1, box["y"] + 20)
    _read(page, PROCESS, "29 February 2016")
    expect(page.locator(f"{PROCESS} .chart-cursor")).to_be_visible()
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**#process-2016-02-29")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#process-2016-03-07")


def test_a_link_to_a_reading_opens_the_chart_on_it(page_of: PageOf) -> None:
    page = visit(page_of("root", viewport=WIDE), f"{COMPONENTS}#phases-2017-01-01")
    expect(page.locator(f"{PHASES} .chart-reach")).to_be_focused()
    _read(page, PHASES, "1 January 2017", "78.6")
    expect(page.locator(f"{PHASES} .chart-plot")).to_be_in_viewport()
    page.evaluate("location.hash = '#long-2013-12-31'")
    expect(page.locator(f"{LONG} .chart-reach")).to_be_focused()
    _read(page, LONG, "31 December 2013")


def test_without_scripts_the_chart_its_sentence_and_its_table_are_there(page_of: PageOf) -> None:
    page = page_of("root", viewport=WIDE, java_script_enabled=False)
    page.goto(COMPONENTS)
    expect(page.get_by_role("img", name="Share resolved within the agreed time").first).to_be_visible()
    expect(page.locator(f"{PROCESS} .chart-sentence")).to_contain_text("The week of 7 March")
    expect(page.locator(f"{PROCESS} .chart-reach")).to_be_hidden()
    page.locator(f"{PROCESS} .chart-more summary").click()
    expect(page.locator("#process-2016-03-07")).to_contain_text("below the expected range")


@pytest.mark.parametrize("width", [360, 820, 1440])
def test_the_letters_of_a_chart_stay_as_large_as_they_are(width: int, page_of: PageOf) -> None:
    page = visit(page_of("root", viewport={"width": width, "height": 800}), COMPONENTS)
    sizes = page.evaluate(
        "[...document.querySelectorAll('.chart text')].filter(text => text.getBoundingClientRect().width)"
        ".map(text => parseFloat(getComputedStyle(text).fontSize))"
    )
    assert min(sizes) >= 11


@pytest.mark.parametrize("width", [360, 820, 1440])
def test_labels_on_the_time_axis_do_not_touch(width: int, page_of: PageOf) -> None:
    page = visit(page_of("root", viewport={"width": width, "height": 800}), COMPONENTS)
    touching = page.evaluate(TOUCHING)
    assert touching == []


def test_charts_are_accessible_in_both_themes(page_of: PageOf) -> None:
    page = visit(page_of("root", viewport=WIDE), COMPONENTS)
    for summary in page.locator(".chart-more details > summary").all():
        summary.click()
    assert in_both_themes(page) == []
