"""What a visit costs a phone's connection, and that nothing jumps about while it arrives."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageOf
from tests.browser.hands import DESK, PHONE, visit
from tests.cast import Cast

FIRST_VISIT, SCRIPTS, AGAIN = 60_000, 25_000, 15_000
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""


class Scales:
    """Counts what comes over the wire, as the browser counts it: headers and compressed bodies."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", lambda event: self.kinds.update({event["requestId"]: event["type"]}))
        wire.on("Network.loadingFinished", self._weigh)

    def _weigh(self, event: dict[str, float]) -> None:
        key = str(event["requestId"])
        self.bytes[key] = self.bytes.get(key, 0) + event["encodedDataLength"]

    def visit(self, path: str) -> tuple[float, float]:
        """All bytes of a visit, and those of scripts."""
        self.kinds.clear(), self.bytes.clear()
        visit(self.page, path)
        self.page.wait_for_load_state("networkidle")
        scripts = (weight for key, weight in self.bytes.items() if self.kinds.get(key) == "Script")
        return sum(self.bytes.values()), sum(scripts)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["/", "board"])
def test_a_visit_is_light_and_nothing_jumps(path: str, screen: dict[str, object], cast: Cast, page_of: PageOf) -> None:
    page = page_of("ana", new=True, **screen)
    page.add_init_script(SHIFTS)
    scales, address = Scales(page), cast.board.path if path == "board" else path
    whole, scripts = scales.visit(address)
    assert 5_000 < whole <= FIRST_VISIT
    assert 1_000 < scripts <= SCRIPTS
    assert page.evaluate("window.shifted") < 0.02
    whole, _scripts = scales.visit(address)
    assert 0 < whole <= AGAIN
    assert page.evaluate("window.shifted") < 0.02
