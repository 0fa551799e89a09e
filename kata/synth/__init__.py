"""A plausible organisation of any size, for load and scale tests: invented from a seed, written in bulk.

Nothing here asks the rooms' actions, which would take a day for two thousand teams; it writes the rows and the events
that they would have left, and then lets the rooms keep ready what they keep ready.
"""
