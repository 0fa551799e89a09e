"""What the room's templates show, computed before they render."""
