"""Renders engine: sound."""
