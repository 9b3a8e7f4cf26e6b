"""Django-free engine of the `projects` wing."""
