"""Reading who is to be told, and what there is to tell."""
