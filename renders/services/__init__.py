"""renders services."""
