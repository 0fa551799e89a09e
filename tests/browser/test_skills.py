"""Skills by keyboard alone: the catalogue put in order, a level written down, growth read point by point."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from kata.extensions import db
from tests.browser.conftest import PageOf, in_both_themes
from tests.browser.hands import DESK, PHONE, expect_focus_kept, press, reach, visit, write
from tests.cast import TODAY, Cast
from tests.cast_coaching import EVIDENCE
from tests.coaching.practised import practise, predict


@pytest.fixture
def ana_path(app: Flask, cast: Cast) -> str:
    """Ana's page, with some practice behind her."""
    with app.app_context():
        practise(cast, 20)
        predict(cast, [(12.0, 19.0), (12.0, 12.0)])
        db.session.commit()
    return f"/people/{cast['ana'].id}"


def test_a_catalogue_is_put_in_order_and_worded_by_keyboard(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("root", **DESK), "/admin/skills")
    names = page.locator("[aria-labelledby=improvement-title] h3")
    up = page.get_by_role("button", name="Move up: Predict and learn")
    up.focus()
    page.keyboard.press("Enter")
    expect(names.nth(4)).to_have_text("Predict and learn")
    expect(up).to_be_focused()
    press(page, f"#skill-{cast.coached.skill} a[href$='/edit']")
    expect(page.locator(f"#skill-{cast.coached.skill} [name=name]")).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Predict, then learn")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(names.nth(4)).to_have_text("Predict, then learn")
    expect_focus_kept(page)


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["wide", "phone"])
def test_growth_is_read_point_by_point(ana_path: str, cast: Cast, page_of: PageOf, options: dict[str, object]) -> None:
    page = visit(page_of("ana", **options), ana_path)
    chart = page.locator(f"#skill-{cast.coached.skill}")
    reach(page, f"#skill-{cast.coached.skill} .chart-reach")
    page.keyboard.press("Home")
    readout = chart.locator("[data-readout]")
    first = chart.locator("[data-at]").first
    expect(readout).to_contain_text(first.locator("td").nth(1).text_content() or "-")
    page.keyboard.press("End")
    expect(readout).to_contain_text("Ben Okafor")
    page.wait_for_url("**#level-*")


def test_a_point_of_growth_has_an_address(cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ben", **DESK), f"/people/{cast['ana'].id}#level-{cast.coached.level}")
    expect(page.locator(f"#skill-{cast.coached.skill} .chart-reach")).to_be_focused()
    expect(page.locator(f"#skill-{cast.coached.skill} [data-readout]")).to_contain_text(EVIDENCE["ana"])


def test_a_coach_writes_down_what_they_saw_without_a_mouse(ana_path: str, cast: Cast, page_of: PageOf) -> None:
    page = visit(page_of("ben", **DESK), ana_path)
    press(page, "#level-new a")
    press(page, f"#level-new a[href$='skill={cast.coached.skill}']")
    expect(page.locator("#level-new [name=level]").first).to_be_focused()
    for _step in range(4):
        page.keyboard.press("ArrowDown")
    write(page, "evidence", "Said what she had thought wrong.")
    page.keyboard.press("ControlOrMeta+Enter")
    chart = page.locator(f"#skill-{cast.coached.skill}")
    expect(chart.locator(".chart-sentence")).to_contain_text("Expert")
    expect(chart.locator("[data-readout]")).to_contain_text("Said what she had thought wrong.")
    expect(page.locator("#toast")).to_contain_text("Written down.")
    expect_focus_kept(page)


def test_without_scripts_a_level_is_written_down_as_well(cast: Cast, page_of: PageOf) -> None:
    page = page_of("ben", java_script_enabled=False, **DESK)
    page.goto(f"/people/{cast['ana'].id}")
    page.locator("#level-new a").click()
    page.locator(f"#level-new a[href$='skill={cast.coached.skill}']").click()
    page.get_by_label("Competent").check()
    page.locator("[name=evidence]").fill("Counted first.")
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url("**/people/*")
    expect(page.locator(f"#skill-{cast.coached.skill} [data-readout]")).to_contain_text("Counted first.")


@pytest.mark.parametrize("options", [DESK, PHONE], ids=["wide", "phone"])
def test_the_coachs_view_is_accessible(ana_path: str, cast: Cast, page_of: PageOf, options: dict[str, object]) -> None:
    page = page_of("ben", **options)
    later = (TODAY - timedelta(days=5)).isoformat()
    new = f"{ana_path}/levels/new?skill={cast.coached.skill}&cycle={cast.coached.cycle}"
    for path in (ana_path, f"{ana_path}?before={later}.999", f"{ana_path}/levels", new):
        assert in_both_themes(visit(page, path)) == []
