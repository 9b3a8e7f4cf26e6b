"""Renders engine: timeline."""
