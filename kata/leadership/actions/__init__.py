"""Keeping the figures: nothing here is asked for by a person, and nothing here decides anything about one."""
