"""Every write of this room, by noun, one verb a function."""
