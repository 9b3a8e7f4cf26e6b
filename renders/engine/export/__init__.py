"""Renders engine: export."""
