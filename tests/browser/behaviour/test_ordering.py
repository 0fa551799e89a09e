"""Ordering by hand, with mouse, finger or button."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.behaviour.harness import Site, visit


def drag(page: Page, item: int, onto: int) -> None:
    start = page.locator(f"#item-{item} [data-drag]").bounding_box()
    end = page.locator(f"#item-{onto}").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 3, start["y"] + 3)
    page.mouse.down()
    below = end["height"] - 4 if end["y"] > start["y"] else 4
    page.mouse.move(start["x"] + 3, end["y"] + below, steps=8)
    page.wait_for_timeout(50)


@pytest.mark.parametrize(("item", "onto", "order"), [(1, 3, [2, 3, 1, 4]), (4, 1, [4, 1, 2, 3])])
def test_dragging_posts_the_place_where_it_was_dropped(
    page: Page, site: Site, item: int, onto: int, order: list[int]
) -> None:
    visit(page, "/items")
    drag(page, item, onto)
    with page.expect_response("**/position"):
        page.mouse.up()
    expect(page.locator("[data-sortable] > li > a")).to_have_text([f"Item {each}" for each in order])
    assert site.order == order
    assert site.last()["to"] == str(order.index(item))


def test_escape_cancels_a_drag(page: Page, site: Site) -> None:
    visit(page, "/items")
    drag(page, 1, 3)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator("[data-sortable] > li > a").first).to_have_text("Item 1")
    assert not site.posts


def test_a_finger_drags_too(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, has_touch=True, viewport={"width": 360, "height": 640})
    page = visit(context.new_page(), "/items")
    box = page.locator("#item-1 [data-drag]").bounding_box()
    low = page.locator("#item-2").bounding_box()
    assert box
    assert low
    touch = context.new_cdp_session(page)
    x, y = box["x"] + 3, box["y"] + 3
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 6):
        point = {"x": x, "y": y + (low["y"] + low["height"] - y) * step / 5}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    page.wait_for_timeout(50)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("[data-sortable] > li > a").first).to_have_text("Item 2")
    context.close()


def test_an_order_that_could_not_be_saved_goes_back(page: Page, site: Site) -> None:
    visit(page, "/items")
    site.fault = "busy"
    drag(page, 1, 3)
    page.mouse.up()
    expect(page.get_by_role("alert")).to_contain_text("could not take this")
    expect(page.locator("[data-sortable] > li > a").first).to_have_text("Item 1")


def test_moving_by_button_keeps_the_focus_near(page: Page, site: Site) -> None:
    visit(page, "/items").get_by_role("button", name="Move 3 up").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sortable] > li > a").nth(1)).to_have_text("Item 3")
    expect(page.get_by_role("button", name="Move 3 up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sortable] > li > a").first).to_have_text("Item 3")
    expect(page.locator("#item-3 :focus")).to_have_count(1)
