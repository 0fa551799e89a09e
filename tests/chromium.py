"""Finds the browser for the browser tests: one that the machine has, never one that is downloaded.

``python -m tests.chromium`` prints where it is, or fails; ``CHROMIUM`` names another one.
"""

from __future__ import annotations

import os
import shutil
import sys

#: The shell first: it is the same browser without its windows, and its tests take three quarters of the processor.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find() -> str | None:
    """The program's path, or ``None`` where there is none."""
    names = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


if __name__ == "__main__":
    found = find()
    sys.stdout.write(f"{found}\n" if found else "")
    sys.exit(0 if found else "No Chromium was found.")
