"""Django-free engine of the `renders` wing."""
