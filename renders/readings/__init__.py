"""What pages read, one subject a file; `selectors.py` holds the board."""
