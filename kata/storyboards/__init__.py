"""The improvement kata itself: one learner's storyboard and everything that hangs on it."""
