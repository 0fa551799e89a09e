"""What a story shows: ``story`` puts its chapters together, ``felt`` draws what the customer felt meanwhile."""
