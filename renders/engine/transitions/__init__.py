"""Renders engine: transitions."""
