"""projects commands."""
