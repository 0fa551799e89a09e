"""From Settings to who did what, by keyboard alone, on a phone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PageOf
from tests.browser.hands import visit
from tests.cast import Cast
from tests.conftest import SignIn


def test_two_steps_lead_from_the_settings_to_who_did_what(as_: SignIn, cast: Cast, page_of: PageOf) -> None:
    as_("fay").get("/admin/people")
    page = visit(page_of("root", viewport={"width": 360, "height": 740}), "/settings")
    page.get_by_role("link", name="Audit log").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Audit log")).to_be_visible()
    refused = page.locator(".audit-line", has_text="Fay Quist was refused").first
    expect(refused).to_contain_text("/admin/people")
    expect(refused).to_contain_text("UTC")
    refused.get_by_role("link", name="Fay Quist").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name or e-mail")).to_have_value("Fay Quist")
    page.get_by_role("link", name="Refusals").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".audit-line")).to_have_count(1)
    page.get_by_label("Name or e-mail").fill("nobody of that name")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing of that kind is in the log")).to_be_visible()
