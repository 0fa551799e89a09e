"""How often a chart of a stable process shows a signal all the same, so that nobody hunts what chance made. Pure.

Simulated: 4,000 stable series a cell, limits from the same points (the design's ``spc.md``, section 7).
"""

from __future__ import annotations

LENGTHS = (8, 12, 16, 20, 24, 36, 60)
#: For each preset with its own thresholds: of a hundred stable charts of each length, how many show a signal.
OF_A_HUNDRED = {
    "mdc": (2.1, 4.7, 8.5, 11.9, 16.0, 26.2, 43.8),
    "wheeler": (1.9, 3.9, 5.4, 8.6, 10.7, 18.2, 31.2),
    "run": (0.0, 1.1, 0.8, 2.4, 3.3, 4.2, 4.3),
}


def one_in(preset: str, points: int) -> int | None:
    """Of how many stable charts of about this length one shows at least one signal; None where hardly any does.

    The nearest simulated length counts; beyond the last one it is the last one, and more in truth.
    """
    nearest = min(LENGTHS, key=lambda length: abs(length - points))
    share = OF_A_HUNDRED[preset][LENGTHS.index(nearest)]
    return round(100 / share) if share else None
