"""How fast the daily pages are, as ratios against something taken in the same run on the same machine."""
