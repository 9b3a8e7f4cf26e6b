"""What the doors of productions read."""
