"""How often Python looks for garbage that holds itself in a circle.

It looks after every few hundred new objects, and now and then at all that there are. An import makes a hundred
thousand objects that live and are no garbage: two thirds of its time went into looking at them again and again. Objects
that nothing refers to are freed at once all the same; those in a circle wait a little longer.
"""

from __future__ import annotations

import gc

#: New objects until the youngest are looked at; then how often that happens until the older ones are, and the oldest.
PATIENCE = (50_000, 20, 20)


def collect_rarely() -> None:
    """Set it for the whole process."""
    gc.set_threshold(*PATIENCE)
