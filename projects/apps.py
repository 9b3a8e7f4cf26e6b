"""The projects app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Wing 1: the look."""

    name = "projects"
