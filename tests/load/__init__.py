"""A day's work of an organisation in minutes, against the real server: ``bin/load``."""
