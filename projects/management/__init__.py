"""projects management."""
