"""What the leaders' pages show, worked out before the template."""
