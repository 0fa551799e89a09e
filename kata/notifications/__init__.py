"""What changed: the digest that each person gets by mail, made of what they may read when it is sent."""
