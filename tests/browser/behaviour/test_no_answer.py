"""When no answer comes: what happened, what was kept, what to do next."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.behaviour.harness import Site, visit


def test_a_lost_connection_keeps_the_text_and_offers_to_try_again(
    page: Page, context: BrowserContext, site: Site
) -> None:
    visit(page, "/note").get_by_label("Text").fill("On a train")
    context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("There is no connection")
    expect(problem).to_contain_text("Your text is kept in this browser.")
    expect(page.get_by_label("Text")).to_have_value("On a train")
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    expect(problem).to_be_empty()
    assert site.last()["text"] == "On a train"


def test_a_server_that_cannot_take_it_never_replaces_the_form(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("Still here")
    site.fault = "busy"
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("could not take this just now")
    expect(page.get_by_label("Text")).to_have_value("Still here")
    site.fault = ""
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Text")).to_have_value("")


def test_an_ended_session_keeps_the_text_and_links_to_sign_in(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("Long text")
    site.fault = "expired"
    page.get_by_role("button", name="Save").click()
    link = page.get_by_role("link", name="Sign in again")
    expect(link).to_have_attribute("href", "/sign-in?next=%2Fnote")
    expect(page.get_by_role("alert")).to_contain_text("Your text is kept")
    link.click()
    page.wait_for_url("**/sign-in*")
    site.fault = ""
    expect(visit(page, "/note").get_by_label("Text")).to_have_value("Long text")


def test_a_plain_form_is_not_sent_into_a_lost_connection(page: Page, context: BrowserContext) -> None:
    visit(page, "/steps").get_by_label("Step 0").fill("Pack")
    context.set_offline(True)
    page.get_by_role("button", name="Save steps").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection")
    context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_be_empty()


def test_the_servers_own_words_stay_and_can_be_tried_again(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("Still here")
    site.fault = "said"
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("We cannot save.")
    expect(page.get_by_label("Text")).to_have_value("Still here")
    site.fault = ""
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_be_empty()
    assert site.last()["text"] == "Still here"


def test_only_the_same_text_is_tried_again_as_the_same_submission(page: Page, site: Site) -> None:
    visit(page, "/note").get_by_label("Text").fill("First words")
    site.fault = "busy"
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    page.get_by_label("Text").fill("Other words")
    site.fault = ""
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#saved")).to_have_text("Saved 10:31")
    first, again, other = (form["once"] for _, form in site.posts)
    assert first == again == "once-1"
    assert other != first


def test_the_command_box_says_that_no_answer_came(page: Page, context: BrowserContext) -> None:
    visit(page, "/items").keyboard.press("/")
    page.wait_for_timeout(100)
    context.set_offline(True)
    page.keyboard.type("board")
    expect(page.locator("#go-results")).to_contain_text("No answer came")
    expect(page.locator("#problem")).to_be_empty()


def test_a_browser_that_is_wrong_about_being_offline_sends_all_the_same(page: Page, site: Site) -> None:
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })")
    visit(page, "/steps").get_by_label("Step 0").fill("Pack")
    with page.expect_navigation():
        page.get_by_role("button", name="Save steps").click()
    assert site.last()["steps-0-name"] == "Pack"
