"""``bin/bench``: measures, prints a table for each part, fails when a row misses its bar."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.bench import everywhere, large, machine, rows, served, start
from tests.bench.table import HEAD, Row

Part = Callable[[Path, int], list[Row]]
#: The parts by the headings of the document, in its order.
PARTS: dict[str, Part] = {
    "What people open every day": rows.measure_demo,
    "Every page": everywhere.measure,
    "In a browser": served.measure,
    "Growing boards": rows.measure_growth,
    "Coaching": rows.measure_coaching,
    "Stories": rows.measure_stories,
    "Ten years of a team": rows.measure_years,
    "Two thousand teams": large.measure,
    "Files and charts": rows.measure_files,
    "Start": start.measure,
}


def main() -> int:
    """Run what was asked for; the exit status."""
    options = _options()
    turns = 60 if options.quick else 250
    found: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory(prefix="kata-bench-", ignore_cleanup_errors=True) as name:
        for number, (title, part) in enumerate(_chosen(options).items()):
            folder = Path(name) / str(number)
            folder.mkdir()
            found[title] = _alone(part, folder, turns)
            sys.stdout.write("\n".join([f"## {title}", "", HEAD, *map(str, found[title]), "", ""]))
            sys.stdout.flush()
    if options.write:
        machine.write(found)
    missed = [row for part in found.values() for row in part if not row.holds]
    for row in missed:
        sys.stderr.write(f"missed: {row.what}\n")
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--only", metavar="WORD", default="", help="the parts whose heading has this word")
    parser.add_argument("--quick", action="store_true", help="fewer turns: less certain, for a look in between")
    parser.add_argument("--no-start", action="store_true", help="leave the start of the server out")
    parser.add_argument("--from-nothing", action="store_true", help="also start from a fresh copy without packages")
    parser.add_argument("--suite", action="store_true", help="also take the time of the whole suite of tests")
    parser.add_argument("--write", action="store_true", help="write what was found to docs/measurements.md")
    return parser.parse_args()


def _chosen(options: argparse.Namespace) -> dict[str, Part]:
    parts = {title: part for title, part in PARTS.items() if not (options.no_start and title == "Start")}
    parts |= {"Start from nothing": start.measure_from_nothing} if options.from_nothing else {}
    parts |= {"The whole suite": start.measure_suite} if options.suite else {}
    return {title: part for title, part in parts.items() if options.only.casefold() in title.casefold()}


def _alone(part: Part, folder: Path, turns: int) -> list[Row]:
    """The rows of one part, measured in a process of its own, as a server is one: what another part left in memory
    makes none of them slower."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(part, folder, turns).result()


if __name__ == "__main__":
    sys.exit(main())
