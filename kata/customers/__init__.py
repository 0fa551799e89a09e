"""Whom we serve, and the moments of truth at which they judge us. (Voices and listening come with the next issue.)"""
