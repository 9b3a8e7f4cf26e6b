"""Renders engine: motion."""
