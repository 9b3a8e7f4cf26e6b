"""renders management commands."""
