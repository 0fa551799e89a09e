"""What a digest says, worked out before any template: facts first, then sections for each of the reader's roles."""
