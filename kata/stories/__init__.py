"""A storyboard told as a story: one page that reads well, and the links by which it may be read from outside."""
