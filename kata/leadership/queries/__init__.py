"""Reading what figures are made of, the figures that are kept, and what stands behind each."""
