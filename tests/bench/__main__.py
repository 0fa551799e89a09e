"""``bin/bench``: measures, prints the table, fails when a row misses its bar."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.bench import rows, start


def main() -> int:
    """Run what was asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer turns: less certain, for a look in between")
    parser.add_argument("--no-start", action="store_true", help="leave the start of the server out")
    options = parser.parse_args()
    turns = 60 if options.quick else 250
    files = 2 if options.quick else 25
    with tempfile.TemporaryDirectory(prefix="kata-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        found = [
            *_alone(rows.measure_demo, folder, turns),
            *_alone(rows.measure_growth, folder, turns),
            *_alone(rows.measure_chart, folder),
            *_alone(rows.measure_coaching, folder, turns),
            *_alone(rows.measure_stories, folder / "stories", turns),
            *_alone(rows.measure_years, folder / "years", turns),
            *_alone(rows.measure_learning, folder / "learning", turns),
            *_alone(rows.measure_leadership, folder / "leadership", turns),
            *_alone(rows.measure_import, folder, files),
        ]
        if not options.no_start:
            found += [rows.Row("restart, until it answers", start.restart(folder / "started"), 2, " s")]
    head = "| what | found | at most | holds | how |\n| --- | --- | --- | --- | --- |"
    sys.stdout.write("\n".join([head, *map(str, found), ""]))
    missed = [row for row in found if not row.holds]
    for row in missed:
        sys.stderr.write(f"missed: {row.what}\n")
    return 1 if missed else 0


def _alone(measure: Callable[..., list[rows.Row]], *given: Any) -> list[rows.Row]:
    """The rows of one part, measured in a process of its own, as a server is one: what another part left in memory
    makes none of them slower."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(measure, *given).result()


if __name__ == "__main__":
    sys.exit(main())
