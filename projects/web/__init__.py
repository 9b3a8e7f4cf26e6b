"""projects web."""
