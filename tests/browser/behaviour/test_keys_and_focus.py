"""All of it without a mouse: keys, and a focus that is never lost."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.behaviour.harness import Site, visit


def test_control_enter_submits_the_form_that_has_the_focus(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("By keyboard")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    assert site.last()["text"] == "By keyboard"
    expect(page.get_by_label("Text")).to_be_focused()


def test_a_second_press_does_not_send_twice(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("Once")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    page.wait_for_timeout(200)
    assert len(site.posts) == 1


def test_a_refused_form_focuses_its_first_invalid_field_and_keeps_the_text(page: Page) -> None:
    visit(page, "/note").get_by_label("Text").fill("invalid words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Text")).to_be_focused()
    expect(page.get_by_label("Text")).to_have_value("invalid words")
    expect(page.get_by_text("Your unsaved text from")).to_be_hidden()


def test_focus_goes_into_an_editor_and_back_to_its_link(page: Page) -> None:
    visit(page, "/panel").get_by_role("link", name="Edit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Panel text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Edit")).to_be_focused()


def test_slash_opens_the_command_box_and_escape_gives_the_focus_back(page: Page) -> None:
    visit(page, "/items").get_by_role("link", name="Item 2").focus()
    page.keyboard.press("/")
    box = page.get_by_label("Go to")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("typed")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.get_by_role("link", name="Item 2")).to_be_focused()


def test_the_command_box_goes_where_the_arrow_keys_point(page: Page) -> None:
    visit(page, "/note").get_by_label("Text").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("board")
    expect(page.get_by_role("link", name="board 2")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="board 2")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/2")


def test_enter_in_the_command_box_goes_to_the_first_result(page: Page) -> None:
    visit(page, "/items").get_by_role("link", name="Search").click()
    page.keyboard.type("x")
    expect(page.get_by_role("link", name="x 1")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/1")


def test_enter_before_the_results_came_searches_on_a_page(page: Page) -> None:
    visit(page, "/items")
    page.keyboard.press("/")
    page.keyboard.type("quick")
    page.keyboard.press("Enter")
    page.wait_for_url("**/go?q=quick")


def test_j_and_k_move_and_enter_opens(page: Page) -> None:
    visit(page, "/items")
    for key in "jjjk":
        page.keyboard.press(key)
    expect(page.locator("#item-2")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/2")


def test_single_keys_are_text_while_typing_and_can_be_switched_off(page: Page) -> None:
    visit(page, "/note").get_by_label("Text").click()
    page.keyboard.type("j/?c")
    expect(page.get_by_label("Text")).to_have_value("j/?c")
    visit(page, "/items").keyboard.press("?")
    page.get_by_label("Single keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.locator("#go")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Go to")).to_be_focused()


def test_c_logs(page: Page) -> None:
    visit(page, "/items").keyboard.press("c")
    page.wait_for_url("**/elsewhere")


def test_a_menu_closes_with_escape_or_a_press_beside_it(page: Page) -> None:
    menu = visit(page, "/items").locator("details")
    page.get_by_text("Menu").click()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    page.get_by_text("Menu").click()
    page.get_by_role("main").click(position={"x": 1, "y": 1})
    expect(menu).not_to_have_attribute("open", "")
