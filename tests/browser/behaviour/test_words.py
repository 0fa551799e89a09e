"""What the scripts say, in the language of the page."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.behaviour.harness import Site, visit

WORDS = """<script type="application/json" id="words">
{"Try again": "Noch einmal", "There is no connection to the server.": "Der Server ist nicht zu erreichen."}</script>"""


def in_german(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("</head>", f"{WORDS}</head>"))


def test_the_scripts_speak_as_the_page_does(page: Page, context: BrowserContext, site: Site) -> None:
    page.route("**/note", in_german)
    visit(page, "/note").get_by_label("Text").fill("Im Zug")
    context.set_offline(True)
    page.unroute("**/note")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Der Server ist nicht zu erreichen.")
    expect(page.get_by_role("button", name="Noch einmal")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Your text is kept in this browser.")  # not translated yet
