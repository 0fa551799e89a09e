"""Tabs that are kept from test to test: to start one costs as much as to visit three pages, since each is a process.

What a visit leaves behind (cookies, what scripts stored, the page with its timers, routes, emulated media and size) is
taken away in between. Only the browser's cache and the way back stay, so that a test of those asks for a new tab.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Page

#: An empty page of the app's host: on any other the browser would end the process that we mean to keep.
CLEARED = "/nothing-for-the-tests"
FORGET = "localStorage.clear(), sessionStorage.clear()"
SIZE = {"width": 1280, "height": 720}


class Tabs:
    """Lends tabs by the options of their browsers: a phone's is never lent as a desk's."""

    def __init__(self, open_tab: Callable[..., Page]) -> None:
        self.open_tab = open_tab
        self.free: dict[str, list[Page]] = defaultdict(list)
        self.lent: list[tuple[Page, str]] = []

    def lend(self, *, viewport: Any = SIZE, color_scheme: Any = "light", **options: Any) -> Page:
        """A tab as good as new, of that size and in that theme."""
        kind = json.dumps(options, sort_keys=True)
        page = self.free[kind].pop() if self.free[kind] else self.open_tab(**options)
        self.lent.append((page, kind))
        if page.viewport_size != viewport:
            page.set_viewport_size(viewport)
        page.emulate_media(media="null", color_scheme=color_scheme)
        return page

    def take_back(self) -> None:
        """Clear what was lent; what cannot be cleared is closed."""
        for page, kind in self.lent:
            if _cleared(page):
                self.free[kind].append(page)
            else:
                page.context.close()
        self.lent.clear()


def _cleared(page: Page) -> bool:
    if page.context.pages != [page]:
        return False
    try:
        page.unroute_all()
        page.goto(CLEARED)
        page.evaluate(FORGET)
        page.context.clear_cookies()
    except Error:
        return False
    return True
