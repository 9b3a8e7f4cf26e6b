"""renders web."""
