"""Reading what was learned: ``search`` is the one door; ``sqlite`` and ``postgres`` say how an engine finds words."""
