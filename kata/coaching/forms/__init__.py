"""What the room asks for, a noun a file."""
