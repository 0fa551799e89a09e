"""Every read of the room, a noun a file."""
