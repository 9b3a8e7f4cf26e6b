"""Renders engine: grading."""
