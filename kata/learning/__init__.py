"""What the organisation has learned: found again by its words, and told team by team along time."""
