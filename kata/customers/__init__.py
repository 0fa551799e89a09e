"""Whom we serve, the moments of truth at which they judge us, and what we hear from them."""
