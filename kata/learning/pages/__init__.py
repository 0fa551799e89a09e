"""What learning shows: the search, and the history of a team."""
