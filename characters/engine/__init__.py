"""Django-free engine of the `characters` wing."""
