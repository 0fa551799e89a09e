"""Every read of the storyboards room: who sees which boards, what a sheet shows, and what stood on a past day."""
