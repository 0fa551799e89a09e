"""What the room's pages show, worked out before a template sees it."""
