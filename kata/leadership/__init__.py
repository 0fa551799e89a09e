"""What a leader sees of an area: does the ability to improve grow, do customers feel it, and what do teams wait for.

Nothing is counted while a page is made. What one team contributes follows from its own facts (``figures``, pure), is
kept per team and added up per area by ``actions.refresh``, which the activity record tells what changed. Groups of
fewer than five people are withheld, and so is whatever would tell of them by a difference (``disclosure``, pure).
"""
