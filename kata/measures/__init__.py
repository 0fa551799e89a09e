"""Numbers followed over time: measures and their readings."""
