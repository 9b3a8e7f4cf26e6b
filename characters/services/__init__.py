"""characters services."""
