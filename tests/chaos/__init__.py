"""Workers that stop, databases that are real."""
