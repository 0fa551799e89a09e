"""Every write of the room, one verb a function."""
