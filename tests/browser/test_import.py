"""From a service desk's export to two charts: the file, what becomes of its rows, the preview, the measure."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, PageOf
from tests.browser.hands import DESK, ready, visit

FILE = Path(__file__).parent.parent / "data" / "imports" / "incidents.csv"
SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def _one_group(page: Page) -> None:
    page.locator('[name="kind"][value="events"]').check()
    page.locator('[name="date"]').select_option("opened_at")
    page.locator('[name="group"]').select_option('["assignment_group", "Group 24"]')
    page.locator('[name="period"][value="week"]').check()


def _new_measure(page: Page, name: str, better: str) -> None:
    page.locator('[name="measure"]').select_option("new")
    page.locator('[name="name"]').fill(name)
    page.locator('[name="measure_kind"][value="outcome"]').check()
    page.locator(f'[name="better"][value="{better}"]').check()


def _look(page: Page) -> None:
    page.locator(".import-choices [type=submit]").click()
    expect(page.locator("#preview-title")).to_have_text("This is what would be saved")
    expect(page.locator("#preview-title")).to_be_focused()


def test_two_measures_from_one_export(page_of: PageOf, expect_accessible: Look) -> None:
    page = visit(page_of("ana", **DESK), "/measures/import")
    page.locator('[name="file"]').set_input_files(FILE)
    page.get_by_role("button", name="Look at it").click()
    expect(ready(page).locator("#file-title")).to_have_text("763 rows below the headings")

    # Only the fields that matter are there.
    _one_group(page)
    expect(page.locator('[name="value"]')).to_be_hidden()
    expect(page.locator('[name="start"]')).to_be_hidden()
    page.locator('[name="what"][value="share"]').check()
    page.locator('[name="share"]').select_option('["made_sla", "true"]')
    expect(page.locator('[name="average"]')).to_be_hidden()
    _new_measure(page, "Resolved within the agreed time", "up")
    _look(page)
    expect(page.locator(".import-preview")).to_contain_text("13 new readings")
    expect(page.locator(".import-preview")).to_contain_text("do not meet the conditions")
    expect_accessible(page)
    page.locator('[name="again"]').check()
    page.get_by_role("button", name="Save 13 readings").click()
    expect(page.locator("#done-title")).to_have_text("Saved")

    page.get_by_role("link", name="Go on: count something else").click()
    ready(page)
    page.locator('[name="what"][value="time"]').check()
    page.locator('[name="start"]').select_option("opened_at")
    page.locator('[name="end"]').select_option("resolved_at")
    page.locator('[name="average"]').select_option("median")
    _new_measure(page, "Hours to resolve", "down")
    _look(page)
    page.locator(".import-preview [type=submit]").click()
    expect(page.locator("#done-title")).to_have_text("Saved")

    page.get_by_role("link", name="Look at “Hours to resolve”").click()
    chart = ready(page).locator("#measure-chart")
    expect(chart.locator(".chart-sentence")).not_to_be_empty()
    expect(page.locator("main")).to_contain_text("The median of the time from “opened_at” to “resolved_at”, in hours")


def test_the_next_file_is_one_upload_on_a_phone(page_of: PageOf, expect_accessible: Look) -> None:
    page = visit(page_of("ana", viewport={"width": 360, "height": 740}), "/measures/import")
    page.locator('[name="file"]').set_input_files(
        {"name": "values.csv", "mimeType": "text/csv", "buffer": b"day,value\n2026-05-11,12\n2026-05-12,9\n"}
    )
    page.get_by_role("button", name="Look at it").click()
    ready(page)
    _new_measure(page, "Waiting", "down")
    _look(page)
    assert page.evaluate(SIDEWAYS) == 0
    page.get_by_role("button", name="Save 2 readings").click()
    expect(page.locator("#done-title")).to_be_focused()

    visit(page, "/measures/import")
    page.locator('[name="file"]').set_input_files(
        {"name": "next.csv", "mimeType": "text/csv", "buffer": b"day,value\n2026-05-12,9\n2026-05-18,7\n"}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(ready(page).locator(".import-preview")).to_contain_text("one new reading")
    expect(page.locator(".import-preview")).to_contain_text("one is there already")
    expect_accessible(page)


def test_the_whole_way_without_scripts(page_of: PageOf) -> None:
    page = page_of("ana", java_script_enabled=False)
    page.goto("/measures/import")
    page.locator("summary", has_text="Or paste rows").click()
    page.locator('[name="pasted"]').fill("day\tvalue\n2026-05-11\t12\n")
    page.get_by_role("button", name="Look at it").click()
    _new_measure(page, "Waiting", "down")
    page.locator(".import-choices [type=submit]").click()
    page.get_by_role("button", name="Save one reading").click()
    expect(page.locator("#done-title")).to_have_text("Saved")
