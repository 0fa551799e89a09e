"""Reading barriers."""
