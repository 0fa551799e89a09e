"""A coherent year of practice in an invented organisation, on real data."""
