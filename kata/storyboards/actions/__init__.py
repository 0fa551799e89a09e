"""Every write of the storyboards room, one verb a function. They flush; the route or the command commits."""
