"""renders management."""
