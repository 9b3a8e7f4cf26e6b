"""What the doors of the cast read."""
