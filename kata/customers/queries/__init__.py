"""Every read of this room, by noun. What a team heard is read through ``voices.heard_by`` only."""
