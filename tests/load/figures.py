"""What the crowd wrote down, as tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

HEAD = ("kind", "requests", "p50 ms", "p95 ms", "p99 ms", "max ms", "not as wanted")
WANTED = {200, 204, 303}
Noted = tuple[str, float, float, int]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of all lies; the values in order."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def by_kind(found: dict[str, Any]) -> list[tuple[str, ...]]:
    """A row for each kind outside the burst, the most frequent first; then one for all, and one for the burst."""
    first, last = found["burst"]
    over = last + _drained(found)
    told: list[Noted] = [tuple(each) for each in found["noted"]]
    kinds: dict[str, list[Noted]] = defaultdict(list)
    calm = [each for each in told if not first <= each[1] < over]
    for each in calm:
        kinds[each[0]].append(each)
    rows = [_row(kind, of) for kind, of in sorted(kinds.items(), key=lambda pair: -len(pair[1]))]
    rows.append(_row("**all of these**", calm))
    rows.append(_row("in the burst", [each for each in told if first <= each[1] < last]))
    rows.append(_row("after it, as long as anybody waited", [each for each in told if last <= each[1] < over]))
    return rows


def _drained(found: dict[str, Any]) -> float:
    """Seconds after the burst until everything that was asked in it had its answer."""
    first, last = found["burst"]
    ends = [due + took for _kind, due, took, _status in found["noted"] if first <= due < last]
    return max([0.0, *(end - last for end in ends)])


def _row(kind: str, of: Iterable[Noted]) -> tuple[str, ...]:
    asked = list(of)
    took = sorted(1000 * each[2] for each in asked)
    wrong = Counter(each[3] for each in asked if each[3] not in WANTED)
    told = ", ".join(f"{count} × {status or 'no answer'}" for status, count in sorted(wrong.items()))
    times = [f"{percentile(took, share):,.0f}" for share in (0.5, 0.95, 0.99)]
    return (kind, f"{len(asked):,}", *times, f"{took[-1]:,.0f}" if took else "0", told)


def sentences(found: dict[str, Any], survived: int) -> list[str]:
    """What came of it, in words."""
    first, last = found["burst"]
    told = found["noted"]
    asked_in_burst = [each for each in told if first <= each[1] < last]
    answered_in_burst = sum(1 for _kind, due, took, status in told if status and first <= due + took < last)
    statuses = Counter(each[3] for each in told)
    failed = sum(count for status, count in statuses.items() if status >= 500 or not status)
    said = len(found["acknowledged"])
    return [
        f"{len(told):,} requests in {found['ended']:.0f} s; {failed} answered 5xx or not at all; "
        f"{sum(statuses[status] for status in statuses if 400 <= status < 500)} refused (4xx).",
        f"In the burst of {last - first:.0f} s {len(asked_in_burst):,} were asked "
        f"({len(asked_in_burst) / max(1, last - first):.0f} a second) and {answered_in_burst:,} answered "
        f"({answered_in_burst / max(1, last - first):.0f} a second); the last of them had its answer "
        f"{_drained(found):.0f} s after the burst.",
        f"{said:,} writes were acknowledged, {survived:,} of them found again, {said - survived} lost.",
    ]


def table(rows: list[tuple[str, ...]], *, markdown: bool) -> str:
    """The rows under their head."""
    if markdown:
        return "".join(f"| {' | '.join(row)} |\n" for row in (HEAD, ("---",) * len(HEAD), *rows))
    rows = [HEAD, *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )
